/**
 * The addresses of agent documents, as authority and path of a URI. An agent:
 * `<organizationId>/agents/<agentId>/<Name>.md`. A draft: `<organizationId>/new/<nonce>/New Agent.md`. A version by
 * someone else, to compare with: `<organizationId>/theirs/<agentId>/<nonce>/<Name>.md`. File names are only for the
 * reader.
 */
export type AgentAddress =
  | { readonly kind: 'agent'; readonly organizationId: string; readonly agentId: number }
  | { readonly kind: 'new'; readonly organizationId: string; readonly nonce: string }
  | { readonly kind: 'theirs'; readonly organizationId: string; readonly agentId: number; readonly nonce: string };

/** Undefined: not the address of an agent document. Organization IDs ignore case, because a URI's authority does. */
export function parseAgentAddress(authority: string, path: string): AgentAddress | undefined {
  const organizationId = authority.toLowerCase();
  const [root, kind, first = '', second = '', ...rest] = path.split('/');
  if (organizationId === '' || root !== '' || second === '') return undefined;
  if (kind === 'agents' && rest.length === 0 && isId(first))
    return { kind: 'agent', organizationId, agentId: Number(first) };
  if (kind === 'new' && rest.length === 0 && first !== '') return { kind: 'new', organizationId, nonce: first };
  if (kind === 'theirs' && rest.length === 1 && rest[0] !== '' && isId(first))
    return { kind: 'theirs', organizationId, agentId: Number(first), nonce: second };
  return undefined;
}

/** Whether a path is a folder above an agent document. Editors ask for these folders before they write. */
export function isAgentFolder(path: string): boolean {
  return /^\/(?:(?:agents|new|theirs)(?:\/[^/]+)?\/?)?$/.test(path);
}

export function agentPath(agent: { readonly id: number; readonly name: string }): string {
  return `/agents/${String(agent.id)}/${fileNameOf(agent.name)}`;
}

export function newAgentPath(nonce: string, name = 'New Agent'): string {
  return `/new/${nonce}/${fileNameOf(name)}`;
}

export function theirsPath(agent: { readonly id: number; readonly name: string }, nonce: string): string {
  return `/theirs/${String(agent.id)}/${nonce}/${fileNameOf(agent.name)}`;
}

/** A file name that every file system accepts and every tab can show. */
export function fileNameOf(agentName: string): string {
  const plain = agentName
    .replace(/[\\/:*?"<>|#%\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .replace(/^\.+/, '');
  return `${Array.from(plain).slice(0, 80).join('').trim() || 'Agent'}.md`;
}

function isId(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

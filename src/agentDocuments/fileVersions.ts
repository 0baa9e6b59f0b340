import { agentFieldsOf, isSame } from '../core/agentFile/changes';
import type { FileVersion } from '../core/agentFile/documentFile';
import type { Agent, AgentFields } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';

/** The document of an agent, with its fields. Loads YAML on first use. */
export async function versionOf(agent: Agent, session: AgentsSession): Promise<FileVersion> {
  const { formatAgent } = await import('../core/agentFile/format');
  const text = formatAgent(agent, { nameOf: (id) => session.store.agent(id)?.name });
  return { fields: agentFieldsOf(agent), text };
}

/** A document's text with its fields. */
export async function asVersion(text: string): Promise<FileVersion> {
  const { parseAgentDocument } = await import('../core/agentFile/parse');
  return { text, fields: parseAgentDocument(text).fields };
}

/** Whether a listed agent differs from a document in the fields that the list has. */
export function differs(listed: Agent, document: AgentFields): boolean {
  const fields = agentFieldsOf(listed);
  if (listed.systemPrompt === undefined) delete fields.systemPrompt;
  return (Object.keys(fields) as (keyof AgentFields)[]).some((field) => !isSame(field, fields, document));
}

/** Finds what is wrong with a document, compared with the agent as it was when the document was opened. */
import type { AgentFields } from '../api/model';
import { isSame, removedFields } from './changes';
import { say, type Words } from '../words/words';
import { isAgentKey, type AgentKey } from './keys';
import type { AgentDocument, Problem } from './parse';

/**
 * All problems of a document. An error in a field that the user did not change becomes a warning: the field is not sent,
 * so it must not block a save. A removed key becomes an error if the API cannot unset it.
 * @param base the agent that the document was made from. Undefined for a new agent.
 */
export function reviewDocument(document: AgentDocument, base: AgentFields | undefined): readonly Problem[] {
  if (!base) return document.problems;
  const found = document.problems.map((problem) =>
    isUnchanged(problem, document.fields, base) ? { ...problem, severity: 'warning' as const } : problem,
  );
  // If the front matter or a value cannot be read, its field only looks removed.
  if (document.keys.size === 0) return found;
  const unreadable = new Set(found.filter(({ severity }) => severity === 'error').map(({ key }) => key));
  const removed = removedFields(base, document.fields)
    .filter(isAgentKey)
    .filter((key) => !unreadable.has(key) && key !== 'name');
  return [...found, ...removed.map((key) => removal(key, document))];
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === 'error');
}

function isUnchanged(problem: Problem, fields: AgentFields, base: AgentFields): boolean {
  return problem.key !== undefined && fields[problem.key] !== undefined && isSame(problem.key, fields, base);
}

function removal(key: AgentKey, document: AgentDocument): Problem {
  const fence = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
  const message = CANNOT_UNSET[key] ?? say('agentFile.removed', key);
  return { message, severity: 'error', key, range: document.keys.get(key) ?? fence };
}

const CANNOT_UNSET: Readonly<Partial<Record<AgentKey, Words>>> = {
  model: say('agentFile.removedModel'),
  tools: say('agentFile.removedTools'),
  public: say('agentFile.removedPublic'),
  useQCC: say('agentFile.removedUseQCC'),
};

/** What is wrong with a document, given what the agent was when it was opened. */
import type { AgentFields } from '../api/model';
import { isSame, removedFields } from './changes';
import { isAgentKey, type AgentKey } from './keys';
import type { AgentDocument, Problem } from './parse';

/**
 * All problems of a document. An error in a field that stands as QuantConnect itself answered it becomes a warning: it
 * is not sent, and must not keep the rest from being saved. A key that was removed although the API cannot unset it
 * becomes an error.
 */
export function reviewDocument(document: AgentDocument, base: AgentFields | undefined): readonly Problem[] {
  if (!base) return document.problems;
  const found = document.problems.map((problem) =>
    isStanding(problem, document.fields, base) ? { ...problem, severity: 'warning' as const } : problem,
  );
  // Where the front matter cannot be read or a value is wrong, its field only seems to be missing.
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

function isStanding(problem: Problem, fields: AgentFields, base: AgentFields): boolean {
  return problem.key !== undefined && fields[problem.key] !== undefined && isSame(problem.key, fields, base);
}

function removal(key: AgentKey, document: AgentDocument): Problem {
  const place = document.keys.get(key) ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
  return {
    ...place,
    key,
    severity: 'error',
    message: `“${key}” was removed, but ${CANNOT_UNSET[key] ?? 'the API knows no way to unset it. Write a value.'}`,
  };
}

const CANNOT_UNSET: Readonly<Partial<Record<AgentKey, string>>> = {
  model: "the API knows no way back to the organization's default model. Write a model.",
  tools: 'that does not say which tools the agent may use. Write “tools: []” for none.',
  public: 'that does not say who sees the agent. Write “public: false” or “public: true”.',
  useQCC: 'that does not say what the agent runs on. Write “useQCC: true” or “useQCC: false”.',
};

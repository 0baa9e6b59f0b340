/** Compares what a document says about an agent with what the agent was and is now. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Agent, AgentFields } from '../api/model';
import { withPlainLineBreaks } from '../markdownFile/text';

type Field = keyof AgentFields;

/**
 * The fields of an agent that a document shows. The system prompt is always set, because a document always has a body.
 * Chained agents and sub-agents keep only what may be sent, because answers may expand them to whole agents.
 */
export function agentFieldsOf(agent: Agent): AgentFields {
  return withoutUndefined({
    name: agent.name,
    description: agent.description,
    model: agent.model,
    reasoningEffort: agent.reasoningEffort,
    maxTurns: agent.maxTurns,
    toolChoice: agent.toolChoice,
    tools: agent.tools,
    public: agent.public,
    useQCC: agent.useQCC,
    chainedAgents: agent.chainedAgents?.map(({ agentId, step }) => ({ agentId, step })),
    subAgents: agent.subAgents?.map(({ agentId, callableCount }) =>
      callableCount === undefined ? { agentId } : { agentId, callableCount },
    ),
    pipeline: agent.pipeline,
    profileImage: agent.profileImage,
    systemPrompt: agent.systemPrompt ?? '',
  });
}

/**
 * What a removed key means, where an empty value exists: an empty description, an empty chain. For all other fields, no
 * documented request unsets a value (docs/decisions/007-agent-documents.md).
 */
const NOTHING: AgentFields = { description: '', chainedAgents: [], subAgents: [], systemPrompt: '' };

/**
 * The changes to send to get from `base` to `mine`. Leaves out fields that `mine` removed and the API cannot unset: see
 * {@link removedFields}.
 */
export function changedFields(base: AgentFields, mine: AgentFields): AgentFields {
  const changes: AgentFields = {};
  for (const field of fieldsOf(base, mine))
    if (!isSame(field, base, mine)) copyField(field, { ...NOTHING, ...mine }, changes);
  return changes;
}

/** The fields that `base` has, `mine` lacks, and the API cannot unset. */
export function removedFields(base: AgentFields, mine: AgentFields): readonly Field[] {
  return fieldsOf(base, NOTHING).filter(
    (field) => base[field] !== undefined && mine[field] === undefined && !(field in NOTHING),
  );
}

/**
 * The fields that someone else changed since `base` to a value that `mine` does not have. If both changed a field to
 * the same value, there is no conflict. So a save whose answer was lost can be repeated.
 */
export function conflicts(base: AgentFields, theirs: AgentFields, mine: AgentFields): readonly Field[] {
  return fieldsOf(base, theirs).filter((field) => !isSame(field, base, theirs) && !isSame(field, theirs, mine));
}

export function isSameAgent(a: AgentFields, b: AgentFields): boolean {
  return fieldsOf(a, b).every((field) => isSame(field, a, b));
}

export function isSame(field: Field, a: AgentFields, b: AgentFields): boolean {
  const [left, right] = [a[field] ?? NOTHING[field], b[field] ?? NOTHING[field]];
  if (field === 'systemPrompt' && typeof left === 'string' && typeof right === 'string')
    return withPlainLineBreaks(left) === withPlainLineBreaks(right);
  return isDeepStrictEqual(left, right);
}

function fieldsOf(...agents: readonly AgentFields[]): readonly Field[] {
  return [...new Set(agents.flatMap((agent) => Object.keys(agent) as Field[]))];
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- it ties a key to the type of its value
function copyField<F extends Field>(field: F, from: AgentFields, to: AgentFields): void {
  const value = from[field];
  if (value !== undefined) to[field] = value;
}

function withoutUndefined(fields: { readonly [F in Field]-?: AgentFields[F] | undefined }): AgentFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

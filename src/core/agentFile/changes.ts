/** What a document says about an agent, held against what the agent was and what it is now. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Agent, AgentFields } from '../api/model';
import { withPlainLineBreaks } from '../markdownFile/text';

type Field = keyof AgentFields;

/**
 * The fields of an agent that a document shows. The system prompt is always there, as a document always has a body; of
 * chained and sub-agents only what may be sent back is kept, as answers may expand them to whole agents.
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
 * What a removed key says where "nothing" can be said: no description is an empty one, no chain is an empty one. For
 * every other field the absence of a value is a state of its own, which no request is documented to bring about
 * (docs/decisions/007-agent-documents.md).
 */
const NOTHING: AgentFields = { description: '', chainedAgents: [], subAgents: [], systemPrompt: '' };

/**
 * What must be sent to get from `base` to `mine`: only what changed. Fields that `mine` dropped and that cannot be
 * unset are not in it: see {@link removedFields}.
 */
export function changedFields(base: AgentFields, mine: AgentFields): AgentFields {
  const changes: AgentFields = {};
  for (const field of fieldsOf(base, mine))
    if (!isSame(field, base, mine)) copyField(field, { ...NOTHING, ...mine }, changes);
  return changes;
}

/** The fields that `base` has, `mine` has not, and the API knows no way to unset. */
export function removedFields(base: AgentFields, mine: AgentFields): readonly Field[] {
  return fieldsOf(base, NOTHING).filter(
    (field) => base[field] !== undefined && mine[field] === undefined && !(field in NOTHING),
  );
}

/**
 * The fields that somebody else changed since `base` and that are now neither what they were nor what `mine` wants them
 * to be.
 * A field that both changed to the same value is none of them: so a save that got through without its answer can be
 * repeated.
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

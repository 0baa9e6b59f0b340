/** Saves an agent document at QuantConnect: sends only what changed, overwrites nobody's work, creates nothing twice. */
import type { NewAgent, NewProviderToken } from '../api/api';
import { AtMostOnce, type Attempt, type Finding } from '../api/oneTimeRequest';
import { isApiError } from '../api/errors';
import type { Agent, AgentFields } from '../api/model';
import type { OrganizationStore } from '../organization/store';
import { agentFieldsOf, changedFields, conflicts } from './changes';

export type AgentSource = Pick<
  OrganizationStore,
  'snapshot' | 'readAgent' | 'createAgent' | 'updateAgent' | 'refreshAgents'
>;

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly agent: Agent }
  /** Somebody else changed these fields. Nothing was sent. */
  | { readonly kind: 'conflict'; readonly theirs: Agent; readonly fields: readonly (keyof AgentFields)[] }
  /** The agent is not in the organization any more. Nothing was sent. */
  | { readonly kind: 'deleted' };

/**
 * Saves an agent that exists. Reads it first, because the API has no conditional update. A change between this read and
 * the update goes unnoticed. Throws `ApiError`; saving again is safe then.
 */
export async function saveAgent(
  source: AgentSource,
  agentId: number,
  base: AgentFields,
  mine: AgentFields,
): Promise<SaveOutcome> {
  let theirs: Agent;
  try {
    theirs = await source.readAgent(agentId);
  } catch (error) {
    if (isApiError(error) && error.kind === 'rejected' && (await isGone(source, agentId))) return { kind: 'deleted' };
    throw error;
  }
  const theirFields = agentFieldsOf(theirs);
  const fields = conflicts(base, theirFields, mine);
  if (fields.length > 0) return { kind: 'conflict', theirs, fields };
  const changes = changedFields(theirFields, mine);
  if (Object.keys(changes).length === 0) return { kind: 'saved', agent: theirs };
  return { kind: 'saved', agent: await source.updateAgent(agentId, changes) };
}

/**
 * Whether the agent is missing from a complete list that was read just now. A refused read proves nothing, because the
 * API does not say how it answers for a deleted agent.
 */
export async function isGone(source: AgentSource, agentId: number): Promise<boolean> {
  await source.refreshAgents();
  const { value, problem, unreadable } = source.snapshot.agents;
  return value !== undefined && !problem && unreadable === 0 && !value.some(({ id }) => id === agentId);
}

/** Creates one agent at most once, even with several attempts. */
export class AgentCreation {
  private readonly once = new AtMostOnce<Agent>();
  /** The last request without an answer. Helps to recognize the agent that it created. */
  private lost: { readonly name: string; readonly knownIds: ReadonlySet<number> } | undefined;

  /** Creates the agent, unless an earlier attempt did or may have. Throws `ApiError` if nothing was created. */
  async create(source: AgentSource, agent: NewAgent, token?: NewProviderToken): Promise<Attempt<Agent>> {
    return this.once.attempt({
      send: async () => {
        if (!source.snapshot.agents.value) await source.refreshAgents();
        const knownIds = new Set(source.snapshot.agents.value?.map(({ id }) => id));
        return source.createAgent(agent, token).catch((error: unknown) => {
          if (isApiError(error) && error.mayHaveHappened) this.lost = { name: agent.name, knownIds };
          throw error;
        });
      },
      look: () => this.look(source),
    });
  }

  private async look(source: AgentSource): Promise<Finding<Agent>> {
    const { lost } = this;
    await source.refreshAgents();
    const { value, problem, unreadable } = source.snapshot.agents;
    const found = lost && value?.find(({ id, name }) => name === lost.name && !lost.knownIds.has(id));
    if (found) return { kind: 'found', value: await source.readAgent(found.id) };
    return !value || problem || unreadable > 0 ? { kind: 'unclear' } : { kind: 'absent' };
  }
}

/** The fields of a create request: all that are not empty. */
export function newAgentFrom(fields: AgentFields): NewAgent {
  return { name: '', ...changedFields({}, fields) };
}

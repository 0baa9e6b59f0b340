/** Carries a document to QuantConnect: sends only what changed, overwrites nobody's work, creates nothing twice. */
import type { NewAgent, NewProviderToken } from '../api/api';
import { isApiError, type ApiError } from '../api/errors';
import type { Agent, AgentFields } from '../api/model';
import type { OrganizationStore } from '../organization/store';
import { agentFieldsOf, changedFields, conflicts } from './changes';

export type AgentSource = Pick<
  OrganizationStore,
  'snapshot' | 'readAgent' | 'createAgent' | 'updateAgent' | 'refreshAgents'
>;

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly agent: Agent }
  /** Somebody else changed `fields` meanwhile. Nothing was sent. */
  | { readonly kind: 'conflict'; readonly theirs: Agent; readonly fields: readonly (keyof AgentFields)[] }
  /** The agent is not in the organization any more. Nothing was sent. */
  | { readonly kind: 'deleted' };

/**
 * Saves an agent that exists. It is read first: the API has no conditional update, so a change in the moment between
 * this read and the update cannot be noticed. Throws `ApiError`; after one, saving again is safe.
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
 * Whether a complete, fresh list of the organization's agents is without this one. How a refused read reads is
 * unpublished, so it proves nothing.
 */
export async function isGone(source: AgentSource, agentId: number): Promise<boolean> {
  await source.refreshAgents();
  const { value, problem, unreadable } = source.snapshot.agents;
  return value !== undefined && !problem && unreadable === 0 && !value.some(({ id }) => id === agentId);
}

export type CreateOutcome =
  | { readonly kind: 'created'; readonly agent: Agent }
  /**
   * The request may have been carried out. `looked`: the agent was looked for and is not there (yet), so the user may
   * try again.
   */
  | { readonly kind: 'uncertain'; readonly looked: boolean; readonly error: ApiError };

/**
 * The creation of one agent, which happens at most once. After an answer that leaves it open, the next attempt looks
 * for the agent first and creates it only if it is not there.
 */
export class AgentCreation {
  private doubt:
    { readonly name: string; readonly knownIds: ReadonlySet<number>; readonly error: ApiError } | undefined;

  async create(source: AgentSource, agent: NewAgent, token?: NewProviderToken): Promise<CreateOutcome> {
    if (this.doubt) {
      const found = await this.look(source);
      if (found !== 'absent') return found;
    }
    if (!source.snapshot.agents.value) await source.refreshAgents();
    const knownIds = new Set(source.snapshot.agents.value?.map(({ id }) => id));
    try {
      return { kind: 'created', agent: await source.createAgent(agent, token) };
    } catch (error) {
      if (!isApiError(error) || !error.mayHaveHappened) throw error;
      this.doubt = { name: agent.name, knownIds, error };
      const found = await this.look(source);
      return found === 'absent' ? { kind: 'uncertain', looked: true, error } : found;
    }
  }

  private async look(source: AgentSource): Promise<CreateOutcome | 'absent'> {
    const { doubt } = this;
    if (!doubt) return 'absent';
    await source.refreshAgents();
    const { value, problem, unreadable } = source.snapshot.agents;
    const found = value?.find(({ id, name }) => name === doubt.name && !doubt.knownIds.has(id));
    if (found) {
      const agent = await source.readAgent(found.id);
      this.doubt = undefined;
      return { kind: 'created', agent };
    }
    if (!value || problem || unreadable > 0) return { kind: 'uncertain', looked: false, error: doubt.error };
    return 'absent';
  }
}

/** What a create request holds: the fields with something in them. */
export function newAgentFrom(fields: AgentFields): NewAgent {
  return { name: '', ...changedFields({}, fields) };
}

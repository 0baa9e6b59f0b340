import type { CastMember } from './agents/behaviors/behavior';
import type { StoredAgent } from './state';

/** The model of an agent that names none. */
export const DEFAULT_MODEL = 'claude-opus-4-7';

/** The agent that runs, and those that it calls or hands over to. A chain runs as one agent; sub-agents make a desk. */
export function castOf(
  agents: readonly StoredAgent[],
  agent: StoredAgent,
): { readonly agent: CastMember; readonly others: readonly CastMember[] } {
  const ids =
    agent.chainedAgents.length > 0
      ? [...agent.chainedAgents].sort((one, other) => one.step - other.step).map(({ agentId }) => agentId)
      : agent.subAgents.map(({ agentId }) => agentId);
  const others = ids.flatMap((id) => agents.filter((other) => other.id === id)).map(memberOf);
  const role = agent.predefined
    ? agent.role
    : agent.chainedAgents.length > 0
      ? 'chain'
      : agent.subAgents.length > 0
        ? 'desk'
        : agent.role;
  return { agent: { ...memberOf(agent), role }, others };
}

function memberOf({ id, name, role }: StoredAgent): CastMember {
  return { id, name, role };
}

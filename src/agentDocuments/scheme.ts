/** The scheme of agents' documents. */
export const AGENT_SCHEME = 'quantagents';

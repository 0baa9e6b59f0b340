import { setProviderToken as ask } from '../agentDocuments/providerToken';
import type { Command } from './command';
import { targetAgent } from './targets';

export const setProviderToken: Command = {
  doing: "set the agent's provider token",
  async run(services, target) {
    const agent = await targetAgent(services, target, 'Set Provider Token');
    if (agent) await ask(agent.session, agent.on);
  },
};

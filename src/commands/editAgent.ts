import type { Command } from './command';
import { targetAgent } from './targets';

export const editAgent: Command = {
  doing: 'open the agent',
  async run(services, target) {
    const agent = await targetAgent(services, target, 'Edit Agent');
    if (agent) await services.agentDocuments.openAgent(agent.on);
  },
};

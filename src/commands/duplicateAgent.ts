import type { Command } from './command';
import { targetAgent } from './targets';

export const duplicateAgent: Command = {
  doing: 'duplicate the agent',
  async run(services, target) {
    const agent = await targetAgent(services, target, 'Duplicate Agent');
    // The copy is a draft until it is saved: nothing is created by looking at it.
    if (agent) await services.agentDocuments.openNewAgent(await agent.session.store.readAgent(agent.on.id));
  },
};

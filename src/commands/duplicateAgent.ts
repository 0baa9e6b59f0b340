import { say } from '../core/words/words';
import type { Command } from './command';
import { targetAgent } from './targets';

export const duplicateAgent: Command = {
  doing: say('duplicate the agent'),
  async run(services, target) {
    const agent = await targetAgent(services, target, say('Duplicate Agent'));
    // The copy is a draft until it is saved: nothing is created by looking at it.
    if (agent)
      await (await services.agentDocuments.get()).openNewAgent(await agent.session.store.readAgent(agent.on.id));
  },
};

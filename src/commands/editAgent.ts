import { say } from '../core/words/words';
import type { Command } from './command';
import { targetAgent } from './targets';

export const editAgent: Command = {
  doing: say('open the agent'),
  async run(services, target) {
    const agent = await targetAgent(services, target, say('Edit Agent'));
    if (agent) await (await services.agentDocuments.get()).openAgent(agent.on);
  },
};

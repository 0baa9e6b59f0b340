import { say } from '../core/words/words';
import { setProviderToken as ask } from '../agentDocuments/providerToken';
import type { Command } from './command';
import { targetAgent } from './targets';

export const setProviderToken: Command = {
  doing: say("set the agent's provider token"),
  async run(services, target) {
    const agent = await targetAgent(services, target, say('Set Provider Token'));
    if (agent) await ask(agent.session, agent.on);
  },
};

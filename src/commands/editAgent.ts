import { say } from '../core/words/words';
import type { Command } from './command';

export const editAgent: Command<'agent'> = {
  on: 'agent',
  doing: say('open the agent'),
  title: say('Edit Agent'),
  async run(services, { agent }) {
    await (await services.agentDocuments.get()).openAgent(agent);
  },
};

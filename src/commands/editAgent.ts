import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const editAgent: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toOpenAgent),
  title: say(TEXTS.editAgent),
  async run(services, { agent }) {
    await (await services.agentDocuments.get()).openAgent(agent);
  },
};

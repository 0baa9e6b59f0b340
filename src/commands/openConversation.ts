import { say } from '../core/words/words';
import type { Command } from './command';

export const openConversation: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the conversation'),
  title: say('Open Conversation'),
  skipsInFront: true,
  async run(services, { session, deployment }) {
    await (await services.conversations.get()).panels.open(session, deployment);
  },
};

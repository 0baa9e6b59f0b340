import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const openConversation: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toOpenConversation),
  title: say(TEXTS.openConversation),
  skipsInFront: true,
  async run(services, { session, deployment }) {
    await (await services.conversations.get()).panels.open(session, deployment);
  },
};

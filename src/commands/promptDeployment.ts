import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const promptDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toOpenPromptBox),
  title: say(TEXTS.sendPrompt),
  async run(services, { session, deployment }) {
    // The panel's prompt box has several lines and saves what is typed. An input box has and does neither.
    await (await services.conversations.get()).panels.open(session, deployment, { focusPrompt: true });
  },
};

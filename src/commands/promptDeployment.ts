import { say } from '../core/words/words';
import type { Command } from './command';

export const promptDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the prompt box'),
  title: say('Send Prompt'),
  async run(services, { session, deployment }) {
    // The panel's prompt box has several lines and saves what is typed. An input box has and does neither.
    await (await services.conversations.get()).panels.open(session, deployment, { focusPrompt: true });
  },
};

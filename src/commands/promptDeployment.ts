import { say } from '../core/words/words';
import type { Command } from './command';

export const promptDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say('open the prompt box'),
  title: say('Send Prompt'),
  async run(services, { session, deployment }) {
    // A prompt deserves more than an input box: the panel has one that grows and keeps what was typed.
    await (await services.conversations.get()).panels.open(session, deployment, { focusPrompt: true });
  },
};

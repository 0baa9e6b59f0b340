import { say } from '../core/words/words';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const promptDeployment: Command = {
  doing: say('open the prompt box'),
  async run(services, target) {
    const deployment = await targetDeployment(services, target, say('Send Prompt'));
    // A prompt deserves more than an input box: the panel has one that grows and keeps what was typed.
    if (deployment)
      await (await services.conversations.get()).panels.open(deployment.session, deployment.on, { focusPrompt: true });
  },
};

import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const deployPromptFile: Command<'prompt file'> = {
  on: 'prompt file',
  doing: say(TEXTS.toDeployPromptFile),
  run: async ({ promptFiles }, file) => (await promptFiles.get()).deploy(file),
};

import { say } from '../core/words/words';
import type { Command } from './command';

export const deployPromptFile: Command<'prompt file'> = {
  on: 'prompt file',
  doing: say('deploy the prompt file'),
  run: async ({ promptFiles }, file) => (await promptFiles.get()).deploy(file),
};

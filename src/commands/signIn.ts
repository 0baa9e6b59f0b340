import { say } from '../core/words/words';
import type { Command } from './command';

export const signIn: Command<'nothing'> = {
  on: 'nothing',
  doing: say('sign in'),
  run: async ({ signIn }) => (await signIn.get()).withToken(),
};

import { say } from '../core/words/words';
import type { Command } from './command';

export const signIn: Command = {
  doing: say('sign in'),
  run: async ({ signIn }) => (await signIn.get()).withToken(),
};

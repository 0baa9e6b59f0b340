import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const signIn: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toSignIn),
  run: async ({ signIn }) => (await signIn.get()).withToken(),
};

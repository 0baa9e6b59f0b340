import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const trySandbox: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toOpenSandbox),
  run: async ({ signIn }) => (await signIn.get()).toSandbox(),
};

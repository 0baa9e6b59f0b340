import { say } from '../core/words/words';
import type { Command } from './command';

export const trySandbox: Command<'nothing'> = {
  on: 'nothing',
  doing: say('open the sandbox'),
  run: async ({ signIn }) => (await signIn.get()).toSandbox(),
};

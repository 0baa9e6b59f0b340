import { say } from '../core/words/words';
import type { Command } from './command';

export const useLeanCredentials: Command<'nothing'> = {
  on: 'nothing',
  doing: say('sign in with the Lean CLI credentials'),
  run: async ({ signIn }) => (await signIn.get()).withLeanCredentials(),
};

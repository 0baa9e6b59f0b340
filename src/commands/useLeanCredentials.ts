import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const useLeanCredentials: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toUseLean),
  run: async ({ signIn }) => (await signIn.get()).withLeanCredentials(),
};

import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const createAgent: Command<'session'> = {
  on: 'session',
  doing: say(TEXTS.toOpenNewAgent),
  run: async ({ agentDocuments }) => (await agentDocuments.get()).openNewAgent(),
};

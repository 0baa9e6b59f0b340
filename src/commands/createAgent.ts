import { say } from '../core/words/words';
import type { Command } from './command';

export const createAgent: Command<'session'> = {
  on: 'session',
  doing: say('open a new agent'),
  run: async ({ agentDocuments }) => (await agentDocuments.get()).openNewAgent(),
};

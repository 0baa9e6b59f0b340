import { say } from '../core/words/words';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const refresh: Command<'session'> = {
  on: 'session',
  doing: say('refresh'),
  run: (_services, { store }) => inExplorer(() => store.refreshAll()),
};

import { say } from '../core/words/words';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const refresh: Command<'session'> = {
  on: 'session',
  doing: say(TEXTS.toRefresh),
  run: (_services, { store }) => inExplorer(() => store.refreshAll()),
};

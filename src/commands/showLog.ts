import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const showLog: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toShowLog),
  run({ log }) {
    log.show();
    return Promise.resolve();
  },
};

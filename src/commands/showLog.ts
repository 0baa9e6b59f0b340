import { say } from '../core/words/words';
import type { Command } from './command';

export const showLog: Command<'nothing'> = {
  on: 'nothing',
  doing: say('show the log'),
  run({ log }) {
    log.show();
    return Promise.resolve();
  },
};

import type { Command } from './command';

export const showLog: Command = {
  doing: 'show the log',
  run({ log }) {
    log.show();
    return Promise.resolve();
  },
};

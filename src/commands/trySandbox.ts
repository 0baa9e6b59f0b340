import type { Command } from './command';

export const trySandbox: Command = {
  doing: 'open the sandbox',
  run: ({ signIn }) => signIn.toSandbox(),
};

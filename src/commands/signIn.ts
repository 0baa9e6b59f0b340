import type { Command } from './command';

export const signIn: Command = {
  doing: 'sign in',
  run: ({ signIn }) => signIn.withToken(),
};

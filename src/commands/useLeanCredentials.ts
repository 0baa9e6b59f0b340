import type { Command } from './command';

export const useLeanCredentials: Command = {
  doing: 'sign in with the Lean CLI credentials',
  run: ({ signIn }) => signIn.withLeanCredentials(),
};

import * as vscode from 'vscode';
import type { Command } from './command';

export const signOut: Command = {
  doing: 'sign out',
  async run({ sessions, accounts }) {
    const session = await sessions.ready();
    if (!session) {
      await vscode.window.showInformationMessage('You are not signed in.');
      return;
    }
    // Ends the session here and in every other window; drafts stay where they are.
    await accounts.remove(session.account.id);
  },
};

import { say } from '../core/words/words';
import * as vscode from 'vscode';
import type { Command } from './command';

/** The one setting there is decides where requests go; a wrong one keeps everybody from signing in. */
export const openSettings: Command<'nothing'> = {
  on: 'nothing',
  doing: say('open the settings'),
  run: async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'quantAgents.apiBaseUrl');
  },
};

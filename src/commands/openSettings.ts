import { say } from '../core/words/words';
import * as vscode from 'vscode';
import type { Command } from './command';
import { TEXTS } from './texts';

/** Opens our only setting. It says where requests go, and a wrong value prevents every sign-in. */
export const openSettings: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toOpenSettings),
  run: async () => {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'quantAgents.apiBaseUrl');
  },
};

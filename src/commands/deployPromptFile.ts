import { say } from '../core/words/words';
import * as vscode from 'vscode';
import type { Command } from './command';

export const deployPromptFile: Command = {
  doing: say('deploy the prompt file'),
  run: async ({ promptFiles }, target, editor) =>
    (await promptFiles.get()).deploy(target instanceof vscode.Uri ? target : editor),
};

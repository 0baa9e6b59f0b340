import * as vscode from 'vscode';
import type { Command } from './command';

export const deployPromptFile: Command = {
  doing: 'deploy the prompt file',
  run: ({ promptFiles }, target) => promptFiles.deploy(target instanceof vscode.Uri ? target : undefined),
};

import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Text } from '../core/words/words';

/** The door to the titles of tabs. VS Code also lists them in quick picks. */

export async function showDifference(
  left: vscode.Uri,
  right: vscode.Uri,
  title: Text,
  options: { readonly preview: boolean },
): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, render(title, 'title'), options);
}

/** @param resources for each comparison: the URI under which it is listed, the left side and the right side. */
export async function showDifferences(
  title: Text,
  resources: readonly (readonly (vscode.Uri | undefined)[])[],
): Promise<void> {
  await vscode.commands.executeCommand('vscode.changes', render(title, 'title'), resources);
}

export function createPanel(viewType: string, title: Text, column: vscode.ViewColumn): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(viewType, render(title, 'title'), column, { enableScripts: true });
}

export function setTitle(panel: vscode.WebviewPanel, title: Text): void {
  panel.title = render(title, 'title');
}

import * as vscode from 'vscode';
import { isOpenableUrl } from '../core/words/links';
import { textWithoutKeys } from '../core/secrets/withoutKeys';
import { Obstacle } from '../core/words/obstacle';
import { forClipboard } from '../core/words/plain';
import { say } from '../core/words/words';

/** The door to the system: what is handed to it leaves VS Code. */

/**
 * Opens an address of the web or of mail in the system's program for it. Throws `Obstacle` where it is another one,
 * such as `file:` or `command:`.
 */
export async function openOutside(url: string): Promise<void> {
  // Looked at as it is handed over as well: the two readers of addresses need not agree.
  const uri = isOpenableUrl(url) ? vscode.Uri.parse(url, true) : undefined;
  if (!uri || !isOpenableUrl(uri.toString()))
    throw new Obstacle(say('Only links to the web and to mail addresses are opened: {0}', url));
  await vscode.env.openExternal(uri);
}

/** Copies a text without control characters, which are orders to a terminal, and without keys of providers. */
export async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(forClipboard(textWithoutKeys(text)));
}

/** Asks where to save. Undefined: the user gave up. */
export async function askWhereToSave(options: {
  readonly title: string;
  readonly saveLabel: string;
  readonly filters: Record<string, string[]>;
  readonly defaultUri?: vscode.Uri;
}): Promise<vscode.Uri | undefined> {
  return vscode.window.showSaveDialog(options);
}

/** Asks for a folder to save into. Undefined: the user gave up. */
export async function askForFolder(options: {
  readonly title: string;
  readonly openLabel: string;
}): Promise<vscode.Uri | undefined> {
  return (await vscode.window.showOpenDialog({ ...options, canSelectFolders: true, canSelectFiles: false }))?.[0];
}

/** Opens a file in the editor that VS Code has for it. */
export async function openFile(file: vscode.Uri): Promise<void> {
  // VS Code hands addresses of the web to the system, and runs those of commands.
  if (['command', 'http', 'https', 'mailto'].includes(file.scheme))
    throw new Obstacle(say('{0} is not a file.', file.toString()));
  await vscode.commands.executeCommand('vscode.open', file);
}

import * as vscode from 'vscode';
import { isOpenableUrl } from '../core/words/links';
import { textWithoutKeys } from '../core/secrets/withoutKeys';
import { Obstacle } from '../core/words/obstacle';
import { forClipboard } from '../core/words/plain';
import { say } from '../core/words/words';
import { TEXTS } from './texts';

/** The door to what is outside of VS Code: browser, mail program, clipboard, files. */

/**
 * Opens a web or mail link in the system's program for it. Throws `Obstacle` for any other link, such as `file:` or
 * `command:`.
 */
export async function openInSystem(url: string): Promise<void> {
  // VS Code's `Uri` can read the link differently. So we also check what we pass on.
  const uri = isOpenableUrl(url) ? vscode.Uri.parse(url, true) : undefined;
  if (!uri || !isOpenableUrl(uri.toString())) throw new Obstacle(say(TEXTS.onlyWebLinks, url));
  await vscode.env.openExternal(uri);
}

/** Copies a text. Removes control characters, because a terminal obeys them, and keys of providers. */
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

/** Opens a file in VS Code's editor for it. */
export async function openFile(file: vscode.Uri): Promise<void> {
  // VS Code would open web links in the browser and run command links.
  if (['command', 'http', 'https', 'mailto'].includes(file.scheme))
    throw new Obstacle(say(TEXTS.notAFile, file.toString()));
  await vscode.commands.executeCommand('vscode.open', file);
}

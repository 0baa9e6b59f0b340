import * as vscode from 'vscode';
import type { PromptSettings } from '../core/prompts/settings';
import { say } from '../core/words/words';
import { inform, warn } from '../ui/messages';
import { isInTab } from '../ui/tabs';
import { fileNameOf, isEditable, openPrompt } from './promptDocument';
import { TEXTS } from './texts';

/**
 * Offers to write settings into a prompt file. Writes them as a visible edit that can be undone, and does not save.
 * Resolves when the notification closes. Throws when the file cannot be opened.
 * @param where the file; asked again before writing, because it may have been renamed.
 */
export async function offerToWrite(
  where: () => vscode.Uri,
  settings: PromptSettings,
  agentName: string,
): Promise<void> {
  const answer = await inform(say(TEXTS.settingsOffer, fileNameOf(where()), agentName), {
    write: TEXTS.writeToFile,
    notNow: TEXTS.notNow,
  });
  if (answer !== 'write') return;
  // Read again, because the notification may have been open for hours.
  const uri = where();
  const document = await openPrompt(uri);
  if (await writeSettings(document, settings)) await showUnlessOpen(document);
  else void warn(say(TEXTS.settingsNotWritten, fileNameOf(uri)));
}

/** Shows the edit. If the file is not in a tab, opens it where it covers no conversation. */
async function showUnlessOpen(document: vscode.TextDocument): Promise<void> {
  if (isInTab(document.uri)) return;
  const free = vscode.window.tabGroups.all.find(
    ({ activeTab }) => !(activeTab?.input instanceof vscode.TabInputWebview),
  );
  const viewColumn = free?.viewColumn ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, { preview: false, preserveFocus: true, viewColumn });
}

/** Whether the settings are missing in the file and can be written there. */
export async function canBeWritten(document: vscode.TextDocument, settings: PromptSettings): Promise<boolean> {
  if (!isEditable(document)) return false;
  const { settingsEdits } = await import('../core/prompts/writeSettings');
  return (settingsEdits(document.getText(), settings)?.length ?? 0) > 0;
}

async function writeSettings(document: vscode.TextDocument, settings: PromptSettings): Promise<boolean> {
  const { settingsEdits } = await import('../core/prompts/writeSettings');
  const edits = settingsEdits(document.getText(), settings);
  if (!edits) return false;
  const change = new vscode.WorkspaceEdit();
  for (const { start, end, newText } of edits) {
    change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
  }
  return vscode.workspace.applyEdit(change);
}

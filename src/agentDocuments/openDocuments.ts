import * as vscode from 'vscode';
import { showsText, tabsOf } from '../ui/tabs';

/**
 * A text that “Save As…” put into the document of another agent. `before` is what that document contained, if it was
 * open.
 */
export interface MisplacedText {
  readonly uri: vscode.Uri;
  readonly before: { readonly text: string; readonly isDirty: boolean } | undefined;
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === key && !document.isClosed);
}

export function isDirty(uri: vscode.Uri): boolean {
  return openDocument(uri)?.isDirty ?? false;
}

/** Replaces a document's whole text as one step that can be undone. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(
    document.uri,
    new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)),
    text,
  );
  await vscode.workspace.applyEdit(edit);
}

/**
 * Shows the document at `to` in every tab that shows `source`, at the same cursor positions, then closes those tabs.
 * Copies text that the user typed into `source` after its save. A document that was closed in the meantime stays
 * closed.
 * @param hasTyping whether there is such text; called as late as possible.
 */
export async function moveEditors(
  source: vscode.TextDocument,
  to: vscode.Uri,
  hasTyping: () => boolean,
): Promise<void> {
  const wasActive = vscode.window.activeTextEditor?.document === source;
  // When this resolves, VS Code has reported all tabs that the save closed.
  const target = await vscode.workspace.openTextDocument(to);
  const tabs = tabsOf((input) => showsText(input, source.uri));
  const editors = vscode.window.visibleTextEditors.filter(({ document }) => document === source);
  const selections = new Map(editors.map(({ viewColumn, selection }) => [viewColumn, selection]));
  const show = async ({ group: { viewColumn, activeTab } }: vscode.Tab, preserveFocus: boolean): Promise<void> => {
    const selection = selections.get(viewColumn);
    const options = { viewColumn, preview: false, preserveFocus };
    await vscode.window.showTextDocument(target, { ...options, ...(selection && { selection }) });
    if (activeTab?.input instanceof vscode.TabInputText && !showsText(activeTab.input, source.uri)) {
      await vscode.window.showTextDocument(activeTab.input.uri, { viewColumn, preserveFocus: true });
    }
  };
  const active = tabs.find(({ isActive, group }) => isActive && group.isActive);
  for (const tab of tabs.filter((tab) => tab !== active)) await show(tab, true);
  if (active) await show(active, !wasActive);
  if (tabs.length > 0 && hasTyping()) {
    await replaceText(target, source.getText());
    // Reverts first: VS Code would ask about unsaved changes, and they have been copied.
    await atDocument(source.uri, REVERT);
    if (active) await show(active, !wasActive);
  }
  await vscode.window.tabGroups.close(
    tabsOf((input) => showsText(input, source.uri)),
    true,
  );
}

/** Restores what a document contained before “Save As…” filled it. Closes it if it was not open. */
export async function revertMisplacedText({ uri, before }: MisplacedText): Promise<void> {
  const document = openDocument(uri);
  const shown = vscode.window.activeTextEditor;
  if (!document) return;
  if (before?.isDirty) await replaceText(document, before.text);
  else await atDocument(uri, before ? REVERT : CLOSE);
  if (!shown || shown.document === document || shown.document.isClosed) return;
  const { viewColumn } = shown;
  await vscode.window.showTextDocument(shown.document, viewColumn === undefined ? {} : { viewColumn });
}

const REVERT = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.files.revert');
const CLOSE = (): Thenable<unknown> => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');

/** Runs a command of VS Code that acts on the active editor. */
async function atDocument(uri: vscode.Uri, run: () => Thenable<unknown>): Promise<void> {
  const [tab] = tabsOf((input) => showsText(input, uri));
  await vscode.window.showTextDocument(uri, { preview: false, ...(tab && { viewColumn: tab.group.viewColumn }) });
  await run();
}

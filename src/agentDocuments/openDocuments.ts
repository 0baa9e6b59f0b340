import * as vscode from 'vscode';

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
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  await vscode.workspace.applyEdit(edit);
}

export function tabsOf(matches: (input: unknown) => boolean): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => matches(input));
}

export function showsText(input: unknown, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

/**
 * Puts the document at `to` where `source` was: same column, same cursor; what was typed into `source` since its save goes along. Closes `source`.
 * @param hasTyping whether there is such typing; asked when the keyboard is in the new document already.
 */
export async function moveEditor(source: vscode.TextDocument, to: vscode.Uri, hasTyping: () => boolean): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document === source);
  const wasActive = editor !== undefined && editor === vscode.window.activeTextEditor;
  const place = editor?.viewColumn === undefined ? {} : { viewColumn: editor.viewColumn };
  const target = await vscode.workspace.openTextDocument(to);
  const shown = await vscode.window.showTextDocument(target, { ...place, preview: false, preserveFocus: !wasActive, ...(editor && { selection: editor.selection }) });
  if (hasTyping()) {
    await replaceText(target, source.getText());
    if (editor) shown.selection = editor.selection;
    // Closing it with unsaved changes would ask a question that has been answered.
    await vscode.window.showTextDocument(source, place);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(target, { ...place, preview: false });
  }
  await vscode.window.tabGroups.close(tabsOf((input) => showsText(input, source.uri)), true);
}

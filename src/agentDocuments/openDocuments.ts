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
 * Puts the document at `to` where the one at `from` was: same column, same cursor; what was typed since the save goes along.
 * Closes `from`.
 */
export async function moveEditor(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === from.toString());
  const wasActive = editor !== undefined && editor === vscode.window.activeTextEditor;
  const target = await vscode.workspace.openTextDocument(to);
  const shown = await vscode.window.showTextDocument(target, {
    preview: false, preserveFocus: !wasActive, ...(editor?.viewColumn && { viewColumn: editor.viewColumn }), ...(editor && { selection: editor.selection }),
  });
  // From here on the keyboard is in the new document: what was typed before is all there is.
  const source = openDocument(from);
  if (source?.isDirty) {
    await replaceText(target, source.getText());
    if (editor) shown.selection = editor.selection;
    // Closing it dirty would ask a question that has been answered.
    await vscode.window.showTextDocument(source, { ...(editor?.viewColumn && { viewColumn: editor.viewColumn }) });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.window.showTextDocument(target, { preview: false, ...(shown.viewColumn && { viewColumn: shown.viewColumn }) });
  }
  await vscode.window.tabGroups.close(tabsOf((input) => showsText(input, from)), true);
}

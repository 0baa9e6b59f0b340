import * as vscode from 'vscode';

/** The tabs of all groups whose content matches. */
export function tabsOf(matches: (input: unknown) => boolean): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => matches(input));
}

export function showsText(input: unknown, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

/**
 * A tab shows the document alone, as the new side of a comparison, or in an editor of another extension.
 */
export function isInTab(uri: vscode.Uri): boolean {
  const key = uri.toString();
  return (
    tabsOf(
      (input) =>
        showsText(input, uri) ||
        (input instanceof vscode.TabInputTextDiff && input.modified.toString() === key) ||
        (input instanceof vscode.TabInputCustom && input.uri.toString() === key),
    ).length > 0
  );
}

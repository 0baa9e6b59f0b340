import type * as vscode from 'vscode';


/** A row of the tree. One object per thing for as long as the session lasts, so that a change of one row draws one row. */
export interface ExplorerNode {
  /** Unique in the tree and made of ids alone: a new name or a new age never makes it another row. */
  readonly key: string;
  readonly parent?: ExplorerNode | undefined;
  item(): vscode.TreeItem;
  children?(): Promise<readonly ExplorerNode[]>;
  /** Filled in when the row is hovered. */
  tooltip?(): vscode.MarkdownString;
}

import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { say, type Text } from '../core/words/words';
import { factsTooltip, type Facts } from './markdown';

/** The door to the rows of a tree, and to the words around it. */

/** A row as it is drawn. */
export interface TreeRow {
  readonly id: string;
  readonly label: Text;
  readonly description?: Text | undefined;
  readonly tooltip?: Text | undefined;
  readonly icon?: vscode.ThemeIcon | undefined;
  readonly contextValue?: string;
  readonly isFoldable?: boolean;
  readonly command?: { readonly id: string; readonly title: Text; readonly arguments: unknown[] } | undefined;
  /** What a screen reader says of it, where that is not its label. */
  readonly spoken?: Text;
}

export function treeItem(row: TreeRow): vscode.TreeItem {
  const { id, label, description, tooltip, icon, contextValue, isFoldable, command, spoken } = row;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(render(label, 'tree'), isFoldable ? Collapsed : None);
  item.id = id;
  if (description !== undefined) item.description = render(description, 'tree');
  if (tooltip !== undefined) item.tooltip = render(tooltip, 'tooltip');
  if (icon) item.iconPath = icon;
  if (contextValue !== undefined) item.contextValue = contextValue;
  if (command) item.command = { command: command.id, title: render(command.title, 'tree'), arguments: command.arguments };
  if (spoken !== undefined) item.accessibilityInformation = { label: render(spoken, 'tree') };
  return item;
}

/** Fills in the tooltip of a row that is hovered. */
export function withTooltip(item: vscode.TreeItem, facts: Facts): vscode.TreeItem {
  item.tooltip = factsTooltip(facts);
  return item;
}

export function createTree<T>(id: string, treeDataProvider: vscode.TreeDataProvider<T>): vscode.TreeView<T> {
  return vscode.window.createTreeView(id, { treeDataProvider, showCollapseAll: true });
}

/** What stands beside the title of a tree, above its rows, and on its icon. */
export function describeTree(view: vscode.TreeView<unknown>, words: { readonly description: Text; readonly message: Text; readonly badge?: number }): void {
  view.description = render(words.description, 'tree');
  view.message = render(words.message, 'tree');
  view.badge = words.badge ? { value: words.badge, tooltip: render(say('{0} active', words.badge), 'tooltip') } : undefined;
}

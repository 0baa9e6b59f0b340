import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { say, type Text } from '../core/words/words';
import { factsTooltip, type Facts } from './markdown';
import { TEXTS } from './texts';

/** The door to the rows of a tree and to the texts around it. */

/** What VS Code draws for a row. */
export interface TreeRow {
  readonly id: string;
  readonly label: Text;
  readonly description?: Text | undefined;
  readonly tooltip?: Text | undefined;
  readonly icon?: vscode.ThemeIcon | undefined;
  readonly contextValue?: string;
  readonly isFoldable?: boolean;
  readonly command?: { readonly id: string; readonly title: Text; readonly arguments: unknown[] } | undefined;
  /** What a screen reader says. Left out: the label. */
  readonly spoken?: Text;
}

/** What the tree shows. */
export interface TreeSource<T> {
  readonly onDidChangeTreeData: vscode.Event<T | T[] | undefined>;
  getChildren(node?: T): Promise<T[]>;
  getParent(node: T): T | undefined;
  rowOf(node: T): TreeRow;
  /** The content of the tooltip, for when the mouse is over the row. Undefined: the row says everything. */
  factsOf(node: T): Facts | undefined;
}

/** A tree in VS Code. Only `describe` changes the texts around it. */
export interface Tree<T> extends Pick<
  vscode.TreeView<T>,
  'visible' | 'selection' | 'reveal' | 'dispose' | 'onDidChangeVisibility' | 'onDidChangeSelection'
> {
  /** Sets the text beside the title, the text above the rows, and the number on the icon. */
  describe(words: { readonly description: Text; readonly message: Text; readonly badge?: number }): void;
}

export function createTree<T>(id: string, source: TreeSource<T>): Tree<T> {
  const view = vscode.window.createTreeView<T>(id, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: source.onDidChangeTreeData,
      getChildren: (node) => source.getChildren(node),
      getParent: (node) => source.getParent(node),
      getTreeItem: (node) => treeItem(source.rowOf(node)),
      resolveTreeItem: (item, node) => {
        const facts = source.factsOf(node);
        if (facts) item.tooltip = factsTooltip(facts);
        return item;
      },
    },
  });
  return {
    get visible() {
      return view.visible;
    },
    get selection() {
      return view.selection;
    },
    reveal: (node, options) => view.reveal(node, options),
    dispose: () => {
      view.dispose();
    },
    onDidChangeVisibility: (...listener) => view.onDidChangeVisibility(...listener),
    onDidChangeSelection: (...listener) => view.onDidChangeSelection(...listener),
    describe({ description, message, badge }) {
      view.description = render(description, 'tree');
      view.message = render(message, 'tree');
      view.badge = badge ? { value: badge, tooltip: render(say(TEXTS.active, badge), 'tooltip') } : undefined;
    },
  };
}

function treeItem(row: TreeRow): vscode.TreeItem {
  const { id, label, description, tooltip, icon, contextValue, isFoldable, command, spoken } = row;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(render(label, 'tree'), isFoldable ? Collapsed : None);
  item.id = id;
  if (description !== undefined) item.description = render(description, 'tree');
  if (tooltip !== undefined) item.tooltip = render(tooltip, 'tooltip');
  if (icon) item.iconPath = icon;
  if (contextValue !== undefined) item.contextValue = contextValue;
  if (command)
    item.command = { command: command.id, title: render(command.title, 'tree'), arguments: command.arguments };
  if (spoken !== undefined) item.accessibilityInformation = { label: render(spoken, 'tree') };
  return item;
}

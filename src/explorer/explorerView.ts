import * as vscode from 'vscode';
import type { Task } from '../core/api/model';
import type { Clock } from '../core/base/clock';
import { Lazy } from '../core/base/lazy';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import type { Facts } from '../ui/markdown';
import { createTree, type Tree, type TreeRow, type TreeSource } from '../ui/treeItems';
import type { Explorer } from './explorer';
import type { ExplorerNode } from './nodes/node';

const EXPLORER_VIEW = 'quantAgents.explorer';

/** Registers the tree view. The explorer loads when VS Code first asks for rows, which is when the tree is visible. */
export class ExplorerView implements TreeSource<ExplorerNode>, vscode.Disposable {
  private readonly drawAgain = new vscode.EventEmitter<ExplorerNode | ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.drawAgain.event;
  private readonly view: Tree<ExplorerNode>;
  private readonly explorer: Lazy<Explorer>;

  constructor(sessions: SessionSource, clock: Clock) {
    this.view = createTree(EXPLORER_VIEW, this);
    this.explorer = new Lazy(async () => {
      const { Explorer } = await import('./explorer');
      const explorer = new Explorer(sessions, clock, this.view);
      explorer.onDidChangeTreeData((rows) => this.drawAgain.fire(rows));
      return explorer;
    });
  }

  /** The selected row. Commands that were started by a key act on it. */
  get selected(): ExplorerNode | undefined {
    return this.view.selection[0];
  }

  /** See {@link Explorer.reveal}. */
  async reveal(session: AgentsSession, task: Task): Promise<void> {
    await (await this.explorer.get()).reveal(session, task);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    return (await this.explorer.get()).getChildren(node);
  }

  getParent(node: ExplorerNode): ExplorerNode | undefined {
    return node.parent;
  }

  rowOf(node: ExplorerNode): TreeRow {
    return node.row();
  }

  factsOf(node: ExplorerNode): Facts | undefined {
    return node.facts?.();
  }

  dispose(): void {
    this.explorer.dispose();
    this.view.dispose();
    this.drawAgain.dispose();
  }
}

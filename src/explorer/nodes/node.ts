import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';

/**
 * A row of the tree. An agent, task or deployment has the same object for the whole session, so that VS Code can redraw
 * a single row.
 */
export interface ExplorerNode {
  /** Unique in the tree. It contains only ids, so a new name or age does not make it another row. */
  readonly key: string;
  readonly parent?: ExplorerNode | undefined;
  row(): TreeRow;
  children?(): Promise<readonly ExplorerNode[]>;
  /** The tooltip. VS Code asks for it when the user points at the row. */
  facts?(): Facts;
}

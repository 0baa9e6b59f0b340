import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';

/**
 * A row of the tree. One object per thing for as long as the session lasts, so that a change of one row draws one row.
 */
export interface ExplorerNode {
  /** Unique in the tree and made of ids alone: a new name or a new age never makes it another row. */
  readonly key: string;
  readonly parent?: ExplorerNode | undefined;
  row(): TreeRow;
  children?(): Promise<readonly ExplorerNode[]>;
  /** Filled in when the row is hovered. */
  facts?(): Facts;
}

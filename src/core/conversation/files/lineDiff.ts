/** A change as lines to read: the same, removed and added ones. */
import { linesOf, sameLines } from './sameLines';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond this many edits, what lies between the common beginning and end is shown as replaced. At most about 40 ms. */
const MAX_EDITS = 500;

/**
 * The lines in reading order. In each change, removed lines come before added ones. Neither the kind of line break nor
 * a line break at the end counts.
 */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  const lines: DiffLine[] = [];
  const add = (kind: DiffLine['kind'], texts: readonly string[]): void => {
    for (const text of texts) lines.push({ kind, text });
  };
  const end = { left: left.length, right: right.length, length: 0 };
  let [shownLeft, shownRight] = [0, 0];
  for (const run of [...sameLines(left, right, MAX_EDITS).runs, end]) {
    add('removed', left.slice(shownLeft, run.left));
    add('added', right.slice(shownRight, run.right));
    [shownLeft, shownRight] = [run.left + run.length, run.right + run.length];
    add('same', left.slice(run.left, shownLeft));
  }
  return lines;
}

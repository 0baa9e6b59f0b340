/** A change as lines to be read: what stayed, what went, what came. */
import { linesOf, sharedEnds } from './lineChanges';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/**
 * Where more pairs of lines than this would be compared, what lies between the common beginning and end counts as
 * replaced.
 */
const MAX_PAIRS = 250_000;

/**
 * In the order of reading; in a change what went stands before what came. Neither the kind of line break nor a last
 * line break counts.
 */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [left, right] = [linesOf(before), linesOf(after)];
  const { start, end } = sharedEnds(left, right);
  const same = (text: string): DiffLine => ({ kind: 'same', text });
  return [
    ...left.slice(0, start).map(same),
    ...between(left.slice(start, left.length - end), right.slice(start, right.length - end)),
    ...left.slice(left.length - end).map(same),
  ];
}

function between(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  if (left.length * right.length > MAX_PAIRS) return replaced(left, right);
  const width = right.length + 1;
  /** The most lines that the rests from here on have in common. */
  const common = new Uint32Array((left.length + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row--) {
    for (let column = right.length - 1; column >= 0; column--) {
      common[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [row, column, gapRow, gapColumn] = [0, 0, 0, 0];
  const closeGap = (): void => {
    for (const line of replaced(left.slice(gapRow, row), right.slice(gapColumn, column))) lines.push(line);
  };
  while (row < left.length && column < right.length) {
    if (left[row] === right[column]) {
      closeGap();
      lines.push({ kind: 'same', text: left[row] ?? '' });
      row++;
      column++;
      [gapRow, gapColumn] = [row, column];
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      row++;
    } else {
      column++;
    }
  }
  [row, column] = [left.length, right.length];
  closeGap();
  return lines;
}

function replaced(left: readonly string[], right: readonly string[]): readonly DiffLine[] {
  return [
    ...left.map((text): DiffLine => ({ kind: 'removed', text })),
    ...right.map((text): DiffLine => ({ kind: 'added', text })),
  ];
}

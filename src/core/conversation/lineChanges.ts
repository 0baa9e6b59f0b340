/** How many lines differ between two texts, as a diff would count them. */

export interface LineChanges {
  readonly added: number;
  readonly removed: number;
}

/** Where more lines differ than this, what is left is counted as replaced: exact counts would cost the square of it. */
const MAX_DISTANCE = 3_000;

/**
 * Lines added and removed on the shortest way from one text to the other (Myers 1986). Neither the kind of line break nor a last line break
 * counts. Texts that share little are counted as replaced as far as they were not compared: never too few, at most too many.
 */
export function lineChanges(before: string, after: string): LineChanges {
  if (before === after) return { added: 0, removed: 0 };
  const [all, others] = [linesOf(before), linesOf(after)];
  const { start, end } = sharedEnds(all, others);
  const [left, right] = [all.slice(start, all.length - end), others.slice(start, others.length - end)];
  // A line that only one side has is certainly added or removed, and leaving it out does not change the rest of the count.
  const inLeft = new Set(left);
  const inRight = new Set(right);
  const sharedLeft = left.filter((line) => inRight.has(line));
  const sharedRight = right.filter((line) => inLeft.has(line));
  const distance = editDistance(sharedLeft, sharedRight);
  const surplus = sharedRight.length - sharedLeft.length;
  return {
    added: right.length - sharedRight.length + (distance + surplus) / 2,
    removed: left.length - sharedLeft.length + (distance - surplus) / 2,
  };
}

/** The lines of a text; a line break at its end begins no further line. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** How many lines both begin with, and, of the rest, how many both end with. */
export function sharedEnds(left: readonly string[], right: readonly string[]): { readonly start: number; readonly end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return { start, end };
}

/** The least number of lines to remove and add; `left.length + right.length` where that is more than {@link MAX_DISTANCE}. */
function editDistance(left: readonly string[], right: readonly string[]): number {
  const most = left.length + right.length;
  const cap = Math.min(most, MAX_DISTANCE);
  /** By diagonal (`x - y`, moved by `cap + 1`): how far into `left` one comes with as many steps as were taken so far. */
  const reach = new Int32Array(2 * cap + 3);
  const at = (diagonal: number): number => reach[diagonal + cap + 1] ?? 0;
  for (let steps = 0; steps <= cap; steps++) {
    for (let diagonal = -steps; diagonal <= steps; diagonal += 2) {
      const isDown = diagonal === -steps || (diagonal !== steps && at(diagonal - 1) < at(diagonal + 1));
      let x = isDown ? at(diagonal + 1) : at(diagonal - 1) + 1;
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x++;
      reach[diagonal + cap + 1] = x;
      if (x >= left.length && x - diagonal >= right.length) return steps;
    }
  }
  return most;
}

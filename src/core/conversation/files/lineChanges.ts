/** How many lines differ between two texts, as a diff would count them. */
import { Budget } from '../../base/budget';
import { commonPrefix, commonSuffix } from '../../base/commonEnds';

export interface LineChanges {
  readonly added: number;
  readonly removed: number;
}

/** Where more lines differ than this, what is left is counted as replaced: exact counts would cost the square of it. */
const MAX_DISTANCE = 3_000;

/**
 * Lines added and removed on the shortest way from one text to the other (Myers 1986). Neither the kind of line break
 * nor a last line break counts. Texts that share little are counted as replaced as far as they were not compared: never
 * too few, at most too many.
 * @param budget takes a step for each character of the lines that differ, and for each place where lines are compared.
 */
export function lineChanges(before: string, after: string, budget = new Budget()): LineChanges {
  if (before === after) return { added: 0, removed: 0 };
  const [changed, replacement] = differentLines(before, after);
  budget.spend(changed.length + replacement.length);
  const [all, others] = [linesOf(changed), linesOf(replacement)];
  const { start, end } = sharedEnds(all, others);
  const [left, right] = [all.slice(start, all.length - end), others.slice(start, others.length - end)];
  // A line that only one side has is certainly added or removed, and leaving it out does not change the rest of the
  // count.
  const inLeft = new Set(left);
  const inRight = new Set(right);
  const sharedLeft = left.filter((line) => inRight.has(line));
  const sharedRight = right.filter((line) => inLeft.has(line));
  const distance = editDistance(sharedLeft, sharedRight, budget);
  const surplus = sharedRight.length - sharedLeft.length;
  return {
    added: right.length - sharedRight.length + (distance + surplus) / 2,
    removed: left.length - sharedLeft.length + (distance - surplus) / 2,
  };
}

/** Both texts without the whole lines that they begin and end with in common, to the letter: most changes are small. */
function differentLines(before: string, after: string): readonly [string, string] {
  const prefix = commonPrefix(before, 0, before.length, after, 0, after.length);
  const start = prefix === 0 ? 0 : before.lastIndexOf('\n', prefix - 1) + 1;
  const suffix = commonSuffix(before, start, before.length, after, start, after.length);
  const firstOfEnd = suffix === 0 ? -1 : before.indexOf('\n', before.length - suffix);
  const end = firstOfEnd < 0 ? 0 : before.length - firstOfEnd - 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

/** The lines of a text; a line break at its end begins no further line. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** How many lines both begin with, and, of the rest, how many both end with. */
export function sharedEnds(
  left: readonly string[],
  right: readonly string[],
): { readonly start: number; readonly end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end++;
  return { start, end };
}

/**
 * The least number of lines to remove and add; `left.length + right.length` where that is more than {@link
 * MAX_DISTANCE}.
 */
function editDistance(left: readonly string[], right: readonly string[], budget: Budget): number {
  const most = left.length + right.length;
  const cap = Math.min(most, MAX_DISTANCE);
  /**
   * By diagonal (`x - y`, moved by `cap + 1`): how far into `left` one comes with as many steps as were taken so far.
   */
  const reach = new Int32Array(2 * cap + 3);
  const at = (diagonal: number): number => reach[diagonal + cap + 1] ?? 0;
  for (let steps = 0; steps <= cap; steps++) {
    budget.spend(steps + 1);
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

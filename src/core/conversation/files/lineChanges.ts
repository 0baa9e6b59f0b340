/** Counts the lines that differ between two texts. */
import { Budget } from '../../base/budget';
import { commonPrefix, commonSuffix } from '../../base/commonEnds';
import { linesOf, sameLines } from './sameLines';

export interface LineChanges {
  readonly added: number;
  readonly removed: number;
}

/** Beyond this many edits, what lies between the common beginning and end counts as replaced. */
export const MAX_EDITS = 1_000;

/** A step of `diff` takes about as long as this many characters. */
export const STEP_COST = 20;

/**
 * Counts added and removed lines. Neither the kind of line break nor a line break at the end counts. Texts that share
 * little may be counted as replaced: never too few lines, at most too many.
 * @param budget pays for each character of the lines that differ, and for each step of `diff`.
 */
export function lineChanges(before: string, after: string, budget = new Budget()): LineChanges {
  if (before === after) return { added: 0, removed: 0 };
  const [changed, replacement] = differentLines(before, after);
  const [left, right] = [linesOf(changed), linesOf(replacement)];
  const { runs, edits } = sameLines(left, right, MAX_EDITS);
  budget.spend(changed.length + replacement.length + STEP_COST * stepsFor(edits));
  const same = runs.reduce((sum, { length }) => sum + length, 0);
  return { added: right.length - same, removed: left.length - same };
}

/** `diff` tries all ways with one edit, then all with two, and so on. */
function stepsFor(edits: number): number {
  return (edits * (edits + 1)) / 2;
}

/** Both texts without the whole lines that they begin and end with in common. Most changes are small. */
function differentLines(before: string, after: string): readonly [string, string] {
  const prefix = commonPrefix(before, 0, before.length, after, 0, after.length);
  const start = prefix === 0 ? 0 : before.lastIndexOf('\n', prefix - 1) + 1;
  const suffix = commonSuffix(before, start, before.length, after, start, after.length);
  const firstOfEnd = suffix === 0 ? -1 : before.indexOf('\n', before.length - suffix);
  const end = firstOfEnd < 0 ? 0 : before.length - firstOfEnd - 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

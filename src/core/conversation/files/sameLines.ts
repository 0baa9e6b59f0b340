/** Finds the lines that two texts have in common, with the package `diff`. */
import { diffArrays } from 'diff';

/** Lines that both texts have in a row. Lines count from 0. */
interface Run {
  readonly left: number;
  readonly right: number;
  readonly length: number;
}

interface SameLines {
  /** In the order of both texts. */
  readonly runs: readonly Run[];
  /** How many edits `diff` needed, or its limit if it gave up. */
  readonly edits: number;
}

/** The lines of a text. A line break at its end begins no further line. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/**
 * The most lines that both texts have in the same order. The common beginning and end are always found.
 * @param maxEdits `diff` takes time with the square of the edits. Beyond this limit, all other lines count as replaced.
 */
export function sameLines(left: readonly string[], right: readonly string[], maxEdits: number): SameLines {
  const { start, end } = sharedEnds(left, right);
  const [leftEnd, rightEnd] = [left.length - end, right.length - end];
  // A line that only one text has is certainly an edit. Without such lines, `diff` finds the same with fewer edits.
  const mine = sharedLines(left, start, leftEnd, new Set(right.slice(start, rightEnd)));
  const yours = sharedLines(right, start, rightEnd, new Set(left.slice(start, leftEnd)));
  const changes = diffArrays(
    mine.map((index) => left[index]),
    yours.map((index) => right[index]),
    { maxEditLength: maxEdits },
  );
  const runs: Run[] = [{ left: 0, right: 0, length: start }];
  let [taken, given, edits] = [0, 0, 0];
  for (const { added, removed, count } of changes ?? []) {
    if (!added && !removed) {
      for (let index = 0; index < count; index++)
        addLine(runs, mine[taken + index] ?? leftEnd, yours[given + index] ?? rightEnd);
    } else edits += count;
    if (!added) taken += count;
    if (!removed) given += count;
  }
  runs.push({ left: leftEnd, right: rightEnd, length: end });
  return { runs: runs.filter(({ length }) => length > 0), edits: changes ? edits : maxEdits };
}

/** The positions of the lines that the other text has, too. */
function sharedLines(
  lines: readonly string[],
  start: number,
  end: number,
  others: ReadonlySet<string>,
): readonly number[] {
  const shared: number[] = [];
  for (let index = start; index < end; index++) if (others.has(lines[index] ?? '')) shared.push(index);
  return shared;
}

/** Adds a line to the last run, or starts a new run. */
function addLine(runs: Run[], left: number, right: number): void {
  const last = runs.at(-1);
  if (last && last.left + last.length === left && last.right + last.length === right)
    runs[runs.length - 1] = { ...last, length: last.length + 1 };
  else runs.push({ left, right, length: 1 });
}

/** How many lines both texts begin with, and how many of the other lines both end with. */
function sharedEnds(
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

import type { Match } from './matcher';

interface Found extends Match {
  readonly text: string;
}

/** How many letters and digits on each side are compared. */
const AROUND = 24;

/**
 * Finds a match of the conversation's own text among the matches on the page: the one with the same text around it. If
 * several have the same text around them, their order decides. The two texts differ in white space, signs and where
 * they are cut, so only letters and digits are compared.
 * @param found all matches in the conversation's own text.
 * @param index which of them to find.
 * @param shown all matches on the page.
 * @returns an index into `shown`. Undefined if the page does not show the match.
 */
export function sameMatch(found: readonly Found[], index: number, shown: readonly Found[]): number | undefined {
  const own = found[index];
  if (!own) return undefined;
  const around = aroundOf(own);
  const differences = shown.map((match) => difference(around, aroundOf(match)));
  const least = differences.reduce((lowest, one) => Math.min(lowest, one), Number.POSITIVE_INFINITY);
  if (least === Number.POSITIVE_INFINITY) return undefined;
  const candidates = differences.flatMap((value, at) => (value === least ? [at] : []));
  const before = found.slice(0, index).filter((match) => {
    const other = aroundOf(match);
    return other.before === around.before && other.after === around.after;
  }).length;
  return candidates[before];
}

interface Around {
  /** The text before the match, backwards. */
  readonly before: string;
  readonly after: string;
}

const NO_LETTERS = /[^\p{L}\p{N}\0]+/gu;

/** The text around a match, within its block. Beyond the block, the two texts differ. */
function aroundOf({ text, start, end }: Found): Around {
  const before =
    text
      .slice(Math.max(0, start - AROUND * 3), start)
      .replace(NO_LETTERS, '')
      .split('\0')
      .at(-1) ?? '';
  const after =
    text
      .slice(end, end + AROUND * 3)
      .replace(NO_LETTERS, '')
      .split('\0')[0] ?? '';
  return { before: Array.from(before).reverse().join('').slice(0, AROUND), after: after.slice(0, AROUND) };
}

/** How many letters differ. Infinite if fewer than half are the same. */
function difference(own: Around, other: Around): number {
  const same = inCommon(own.before, other.before) + inCommon(own.after, other.after);
  const letters = own.before.length + own.after.length;
  if (same * 2 < letters) return Number.POSITIVE_INFINITY;
  return letters + other.before.length + other.after.length - same * 2;
}

function inCommon(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

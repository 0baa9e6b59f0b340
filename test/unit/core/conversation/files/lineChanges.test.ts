import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges } from '../../../../../src/core/conversation/files/lineChanges';

/** The length of the longest common subsequence, by the textbook method. */
function longestCommon(left: readonly string[], right: readonly string[]): number {
  let row = new Array<number>(right.length + 1).fill(0);
  for (const line of left) {
    const next = [0];
    right.forEach((other, index) =>
      next.push(line === other ? row[index]! + 1 : Math.max(row[index + 1]!, next[index]!)),
    );
    row = next;
  }
  return row.at(-1)!;
}

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 25 });

describe('lineChanges', () => {
  it.each<[string, string, string, number, number]>([
    ['nothing and something', '', 'a\nb\n', 2, 0],
    ['something and nothing', 'a\nb', '', 0, 2],
    ['one line changed', 'a\nb\nc', 'a\nX\nc', 1, 1],
    ['a line moved', 'a\nb\nc\nd', 'b\nc\nd\na', 1, 1],
    ['a last line break', 'a', 'a\n', 0, 0],
    ['other line breaks', 'a\r\nb\r\n', 'a\nb\n', 0, 0],
    ['an empty line', 'a\nb', 'a\n\nb', 1, 0],
  ])('%s', (_name, before, after, added, removed) => {
    expect(lineChanges(before, after)).toEqual({ added, removed });
  });

  it('counts as few lines as a longest common subsequence leaves', () => {
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        // An empty last line looks the same as a line break at the end.
        const [before, after] = [
          [...left, 'end'],
          [...right, 'end'],
        ];
        const common = longestCommon(before, after);
        expect(lineChanges(before.join('\n'), after.join('\n'))).toEqual({
          added: after.length - common,
          removed: before.length - common,
        });
      }),
    );
  });

  it('counts the same for texts of any length, with any line breaks', () => {
    const pieces = fc
      .array(
        fc.constantFrom('a', 'b', '\n', '\n\n', '\r\n', 'a long line that more than one comparison is needed for\n'),
        { maxLength: 30 },
      )
      .map((all) => all.join(''));
    const split = (text: string): readonly string[] => {
      const all = text.split(/\r?\n/);
      return all.at(-1) === '' ? all.slice(0, -1) : all;
    };
    fc.assert(
      fc.property(pieces, pieces, pieces, pieces, (start, before, after, end) => {
        const [left, right] = [split(start + before + end), split(start + after + end)];
        const common = longestCommon(left, right);
        expect(lineChanges(start + before + end, start + after + end)).toEqual({
          added: right.length - common,
          removed: left.length - common,
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts all lines as replaced if two large texts share lines in no order', () => {
    const shuffled = (step: number): string =>
      Array.from({ length: 10_007 }, (_, index) => String((index * step) % 10_007)).join('\n');
    const { added, removed } = lineChanges(shuffled(1), shuffled(4_001));
    expect(added).toBe(removed);
    expect(added).toBeGreaterThan(9_000);
    expect(added).toBeLessThanOrEqual(10_007);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, sameLines } from '../../../../../src/core/conversation/files/sameLines';

const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index));

describe('sameLines', () => {
  it.each([
    ['', []],
    ['\n', ['']],
    ['a\r\nb', ['a', 'b']],
    ['a\n\n', ['a', '']],
  ])('linesOf(%j) is %j', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });

  it('gives runs of equal lines, in the order of both texts, without overlap', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (left, right) => {
        let [leftEnd, rightEnd] = [0, 0];
        for (const run of sameLines(left, right, 100).runs) {
          expect(run.length).toBeGreaterThan(0);
          expect(run.left).toBeGreaterThanOrEqual(leftEnd);
          expect(run.right).toBeGreaterThanOrEqual(rightEnd);
          [leftEnd, rightEnd] = [run.left + run.length, run.right + run.length];
          expect(left.slice(run.left, leftEnd)).toEqual(right.slice(run.right, rightEnd));
        }
      }),
    );
  });

  it('finds nothing between the common ends once the limit of edits is reached', () => {
    const [left, right] = [
      ['start', ...numbers(20), 'end'],
      ['start', ...numbers(20).toReversed(), 'end'],
    ];
    expect(sameLines(left, right, 5)).toEqual({
      runs: [
        { left: 0, right: 0, length: 1 },
        { left: 21, right: 21, length: 1 },
      ],
      edits: 5,
    });
    expect(sameLines(left, right, 100).runs).toHaveLength(3);
  });

  it('needs no edits for lines that only one text has', () => {
    const right = numbers(2_000).flatMap((line) => [line, `${line} again`]);
    const { runs, edits } = sameLines(numbers(2_000), right, 10);
    expect(runs).toHaveLength(2_000);
    expect(edits).toBe(0);
  });
});

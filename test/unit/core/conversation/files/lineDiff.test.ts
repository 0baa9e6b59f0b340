import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../../../src/core/conversation/files/lineChanges';
import { lineDiff } from '../../../../../src/core/conversation/files/lineDiff';

describe('a change as lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 }).map((items) => items.join('\n'));

  it('holds both sides whole and in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        expect(diff.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(linesOf(before));
        expect(diff.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(linesOf(after));
      }),
    );
  });

  it('shows what stayed once, and what went before what came', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nX\nY\nc').map(({ kind, text }) => `${kind.charAt(0)} ${text}`)).toEqual([
      's a',
      'r b',
      'a X',
      'a Y',
      's c',
    ]);
  });

  it('of long passages is taken as replaced, but for what they begin and end with alike', () => {
    const text = (mark: string): string =>
      ['same', ...Array.from({ length: 2_000 }, (_, index) => `${mark} ${String(index)}`), 'same'].join('\n');
    const diff = lineDiff(text('x'), text('y'));
    expect(diff.filter(({ kind }) => kind === 'same')).toHaveLength(2);
    expect(diff).toHaveLength(4_002);
  });
});

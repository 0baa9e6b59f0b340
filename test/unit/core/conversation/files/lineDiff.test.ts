import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../../../src/core/conversation/files/lineDiff';
import { linesOf } from '../../../../../src/core/conversation/files/sameLines';

describe('lineDiff', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 }).map((items) => items.join('\n'));

  it('contains both sides completely and in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        expect(diff.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(linesOf(before));
        expect(diff.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(linesOf(after));
      }),
    );
  });

  it('shows unchanged lines once, and removed lines before added ones', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nX\nY\nc').map(({ kind, text }) => `${kind.charAt(0)} ${text}`)).toEqual([
      's a',
      'r b',
      'a X',
      'a Y',
      's c',
    ]);
  });

  it('shows two small changes in a long passage as two small changes', () => {
    const text = (mark: string): string =>
      [mark, ...Array.from({ length: 2_000 }, (_, index) => `line ${String(index)}`), mark].join('\n');
    const kinds = lineDiff(text('x'), text('y')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'same')).toEqual(['removed', 'added', 'removed', 'added']);
    expect(kinds).toHaveLength(2_004);
  });

  it('shows all lines but the common beginning and end as replaced if the rest shares no order', () => {
    const middle = Array.from({ length: 2_000 }, (_, index) => String(index));
    const text = (lines: readonly string[]): string => ['same', ...lines, 'same'].join('\n');
    const diff = lineDiff(text(middle), text(middle.toReversed()));
    expect(diff.filter(({ kind }) => kind === 'same')).toHaveLength(2);
    expect(diff).toHaveLength(4_002);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangesIn } from '../../../../src/core/markdownFile/positions';
import { splitLines } from '../../../../src/core/markdownFile/text';

describe('markdownFile/positions', () => {
  it('counts lines and columns as editors do, without the byte order mark', () => {
    const rangeOf = rangesIn('\uFEFFab\r\ncd\n');
    expect([0, 1, 2, 5, 6, 8].map((offset) => rangeOf(offset, offset).start)).toEqual([
      { line: 0, character: 0 },
      { line: 0, character: 0 },
      { line: 0, character: 1 },
      { line: 1, character: 0 },
      { line: 1, character: 1 },
      { line: 2, character: 0 },
    ]);
  });

  it('never points behind the end of a line, even for offsets outside the text', () => {
    const text = fc
      .array(fc.constantFrom('a', '\r', '\n', '\r\n', '\u2028', '\uFEFF'))
      .map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: -2, max: 40 }), fc.integer({ min: -2, max: 40 }), (value, start, end) => {
        const range = rangesIn(value)(start, end);
        const lines = splitLines(value.replace(/^\uFEFF/, ''));
        for (const { line, character } of [range.start, range.end])
          expect(character).toBeLessThanOrEqual((lines[line] ?? '').length);
        expect(range.end.line - range.start.line || range.end.character - range.start.character).toBeGreaterThanOrEqual(
          0,
        );
      }),
    );
  });
});

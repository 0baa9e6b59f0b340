import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  lineBreakOf,
  linesFrom,
  splitLines,
  withPlainLineBreaks,
} from '../../../../src/core/markdownFile/text';

describe('markdownFile/text', () => {
  it('knows every kind of line end, and a last line without one', () => {
    const text = 'a\r\nb\rc\n\nd';
    expect([...linesFrom(text, 0)].map(({ start, end }) => text.slice(start, end))).toEqual(['a', 'b', 'c', '', 'd']);
    expect([...linesFrom('a\n', 0)]).toEqual([{ start: 0, end: 1, next: 2 }]);
  });

  it('applies edits by the offsets of the text as it was', () => {
    expect(
      applyEdits('abcdef', [
        { start: 0, end: 1, newText: 'long' },
        { start: 3, end: 5, newText: '' },
      ]),
    ).toBe('longbcf');
  });

  it('goes on with the line end that is there', () => {
    expect(['a\r\nb\n', 'a\rb', 'a'].map(lineBreakOf)).toEqual(['\r\n', '\r', '\n']);
  });

  it('splits lines as an editor shows them, and compares texts without their kind of line break', () => {
    expect(splitLines('a\r\nb\rc\n')).toEqual(['a', 'b', 'c', '']);
    expect(withPlainLineBreaks('a\r\nb\rc\n')).toBe('a\nb\nc\n');
  });
});

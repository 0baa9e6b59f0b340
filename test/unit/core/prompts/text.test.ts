import { describe, expect, it } from 'vitest';
import { applyEdits, lineBreakOf, linesFrom, positionsIn } from '../../../../src/core/prompts/text';

describe('prompts/text', () => {
  it('knows every kind of line end, and a last line without one', () => {
    const text = 'a\r\nb\rc\n\nd';
    expect([...linesFrom(text, 0)].map(({ start, end }) => text.slice(start, end))).toEqual(['a', 'b', 'c', '', 'd']);
    expect([...linesFrom('a\n', 0)]).toEqual([{ start: 0, end: 1, next: 2 }]);
  });

  it('counts places as editors do, without the byte order mark', () => {
    const at = positionsIn('\uFEFFab\r\ncd\n');
    expect([0, 1, 2, 5, 6, 8].map(at)).toEqual([
      { line: 0, character: 0 },
      { line: 0, character: 0 },
      { line: 0, character: 1 },
      { line: 1, character: 0 },
      { line: 1, character: 1 },
      { line: 2, character: 0 },
    ]);
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
});

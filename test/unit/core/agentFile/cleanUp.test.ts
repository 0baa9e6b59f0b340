import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCleanUp, withoutCleanUp } from '../../../../src/core/agentFile/cleanUp';

const written = 'One  \nTwo\t\nThree';
const cleaned = 'One\nTwo\nThree\n';

describe('isCleanUp', () => {
  it.each([
    ['blanks at line ends', 'a  \nb', 'a\nb'],
    ['a final line break', 'a', 'a\n'],
    ['several final line breaks', 'a\n\n\n', 'a\n'],
    ['the kind of line break', 'a\r\nb', 'a\nb'],
    ['nothing', 'a', 'a'],
  ])('takes %s for a clean-up', (_, before, after) => {
    expect(isCleanUp(before, after)).toBe(true);
  });

  it.each([
    ['a word', 'a b', 'a c'],
    ['a blank within a line', 'a  b', 'a b'],
    ['a blank at the beginning of a line', '  a', 'a'],
    ['a line break within the text', 'a\n\nb', 'a\nb'],
  ])('does not take %s for a clean-up', (_, before, after) => {
    expect(isCleanUp(before, after)).toBe(false);
  });

  it('is linear: blanks by the hundred thousand within a line', () => {
    expect(isCleanUp(`${' '.repeat(200_000)}x`.repeat(5), `${' '.repeat(200_000)}x`.repeat(5))).toBe(true);
  });
});

describe('withoutCleanUp', () => {
  it('gives back what was written when nothing was typed since', () => {
    expect(withoutCleanUp(cleaned, { written, cleaned })).toBe(written);
  });

  it.each([
    ['at the beginning', 'Zero\nOne\nTwo\nThree\n', 'Zero\nOne  \nTwo\t\nThree'],
    ['in the middle', 'One\nTwo and a half\nThree\n', 'One  \nTwo and a half\nThree'],
    ['at the end', 'One\nTwo\nThree and more\n', 'One  \nTwo\t\nThree and more'],
    ['as a line of its own at the end', 'One\nTwo\nThree\nFour', 'One  \nTwo\t\nThree\nFour'],
  ])('keeps what was typed since %s', (_, text, expected) => {
    expect(withoutCleanUp(text, { written, cleaned })).toBe(expected);
  });

  it('takes a clean-up that moved lines back only as a whole', () => {
    const formatted = { written: '* a\n* b\n', cleaned: '- a\n\n- b\n' };
    expect(withoutCleanUp('- a\n\n- b\n', formatted)).toBe('* a\n* b\n');
    expect(withoutCleanUp('- a\n\n- b, c\n', formatted)).toBe('- a\n\n- b, c\n');
  });

  it('loses no line that was typed', () => {
    const line = fc.constantFrom('a', 'b  ', 'c\t', '', '  d');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.nat(12),
        fc.constantFrom('new', 'new  '),
        (lines, at, typed) => {
          const text = lines.join('\n');
          const tidy = `${lines
            .map((each) => each.trimEnd())
            .join('\n')
            .trimEnd()}\n`;
          const now = tidy.split('\n');
          now.splice(Math.min(at, now.length), 0, typed);
          const result = withoutCleanUp(now.join('\n'), { written: text, cleaned: tidy });
          expect(result.split('\n')).toContain(typed);
          expect(isCleanUp(result, now.join('\n'))).toBe(true);
        },
      ),
    );
  });
});

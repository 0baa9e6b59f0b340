import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Matcher } from '../../../../../src/core/conversation/find/matcher';
import { sameMatch } from '../../../../../src/core/conversation/find/sameMatch';

const matcher = new Matcher({ text: 'x', matchCase: false, wholeWord: false });
const all = (text: string): readonly { text: string; start: number; end: number }[] =>
  matcher.all(text).map((match) => ({ ...match, text }));

it('sameMatch: finds the same match if both texts are the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('x', 'a', ' ', '\n', '\0', 'b'), { maxLength: 60 }).map((pieces) => pieces.join('')),
      (text) => {
        const found = all(text);
        expect(found.map((_, index) => sameMatch(found, index, found))).toEqual([...found.keys()]);
      },
    ),
  );
});

it('sameMatch: finds a match by the text around it if one text has more than the other', () => {
  const found = [...all('first x here'), ...all('second x there')];
  const shown = all('a label x\0first  x, here\0second x — there');
  expect([0, 1].map((index) => sameMatch(found, index, shown))).toEqual([1, 2]);
});

it('sameMatch: finds nothing if the text was cut before the match', () => {
  const whole = 'x = 1\n'.repeat(100);
  const found = all(whole);
  const shown = all(whole.slice(0, 300));
  expect(sameMatch(found, 20, shown)).toBe(20);
  expect(sameMatch(found, 80, shown)).toBeUndefined();
  expect(sameMatch(all('at the very end x of all'), 0, shown)).toBeUndefined();
  expect(sameMatch(found, 0, [])).toBeUndefined();
});

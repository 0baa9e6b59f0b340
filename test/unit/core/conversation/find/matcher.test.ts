import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNarrower, Matcher, type FindQuery } from '../../../../../src/core/conversation/find/matcher';

const query = (text: string, changed: Partial<FindQuery> = {}): FindQuery => ({
  text,
  matchCase: false,
  wholeWord: false,
  ...changed,
});
const found = (text: string, changed: Partial<FindQuery>, within: string): readonly string[] =>
  new Matcher(query(text, changed)).all(within).map(({ start, end }) => within.slice(start, end));

/** Letters with a longer or shorter capital form, surrogate pairs, marks, and characters with a meaning in patterns. */
const PIECES = [
  'a',
  'A',
  'b',
  'İ',
  'i',
  'ı',
  'ß',
  'ẞ',
  'ﬁ',
  'K',
  'k',
  'ſ',
  's',
  '😀',
  '𐐀',
  '𐐨',
  'e\u0301',
  '_',
  '7',
  ' ',
  '\n',
  '\t',
  '.',
  '*',
  '(',
  '[',
  '\\',
  '$',
  '-',
  '/',
  '\0',
];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));
const words = fc
  .array(fc.constantFrom(...PIECES.filter((piece) => piece !== '\0')), { minLength: 1, maxLength: 3 })
  .map((pieces) => pieces.join(''));
const queries = fc.record({ text: words, matchCase: fc.boolean(), wholeWord: fc.boolean() });

/** Finds matches letter by letter: slow, but simple. */
function naively({ text, matchCase, wholeWord }: FindQuery, within: string): readonly [number, number][] {
  const same = (a: string, b: string): boolean =>
    a === b || (!matchCase && new RegExp(`^${escaped(a)}$`, 'iu').test(b));
  const inWord = (character: string | undefined): boolean =>
    character !== undefined && /[\p{L}\p{M}\p{N}_]/u.test(character);
  const wanted = Array.from(text.replace(/\s+/g, ' '));
  const matches: [number, number][] = [];
  const characters = Array.from(within);
  const offsets = characters.reduce<number[]>((all, character) => [...all, (all.at(-1) ?? 0) + character.length], [0]);
  for (let from = 0; from < characters.length;) {
    let at = from;
    const fits = wanted.every((character) => {
      if (character === ' ') {
        const begin = at;
        while (/^\s$/u.test(characters[at] ?? '')) at++;
        return at > begin;
      }
      return at < characters.length && same(character, characters[at++] ?? '');
    });
    const isWhole =
      !wholeWord ||
      (!(inWord(wanted[0]) && inWord(characters[from - 1])) && !(inWord(wanted.at(-1)) && inWord(characters[at])));
    if (fits && isWhole) {
      matches.push([offsets[from] ?? 0, offsets[at] ?? 0]);
      from = at;
    } else {
      from++;
    }
  }
  return matches;
}

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

describe('Matcher', () => {
  it('finds the same as a search letter by letter, with positions in the original text', () => {
    fc.assert(
      fc.property(queries, texts, (wanted, text) => {
        expect(new Matcher(wanted).all(text).map(({ start, end }) => [start, end])).toEqual(naively(wanted, text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('counts as many matches as it finds', () => {
    fc.assert(
      fc.property(queries, texts, (wanted, text) => {
        const matcher = new Matcher(wanted);
        expect(matcher.count(text)).toBe(matcher.all(text).length);
      }),
    );
  });

  it('ignores case unless asked not to, whatever the length of the letters', () => {
    expect(found('strasse', {}, 'STRASSE Straße')).toEqual(['STRASSE']);
    expect(found('straße', {}, 'STRAẞE Straße')).toEqual(['STRAẞE', 'Straße']);
    expect(found('x', {}, 'İİİx')).toEqual(['x']);
    expect(new Matcher(query('x')).all('İİİx')).toEqual([{ start: 3, end: 4 }]);
    expect(found('Größe', { matchCase: true }, 'größe Größe GRÖSSE')).toEqual(['Größe']);
  });

  it('never reads the query as a pattern', () => {
    expect(found('.*', {}, 'a.*b')).toEqual(['.*']);
    expect(found('[a-z]+(?<x>', {}, '[A-Z]+(?<X>')).toEqual(['[A-Z]+(?<X>']);
    expect(found('\\d', {}, '5 \\d')).toEqual(['\\d']);
  });

  it('finds whole words of any script, with digits and underscores', () => {
    expect(found('cash', { wholeWord: true }, 'cash set_cash cash_2 cashé (cash) Cash')).toEqual([
      'cash',
      'cash',
      'Cash',
    ]);
    expect(found('цена', { wholeWord: true }, 'цена ценам: Цена')).toEqual(['цена', 'Цена']);
    expect(found('a-a', { wholeWord: true }, 'ba-a-a')).toEqual(['a-a']);
    expect(found('(x', { wholeWord: true }, 'f(x)')).toEqual(['(x']);
  });

  it('matches across a line end, but not across the end of a paragraph', () => {
    expect(found('two words', {}, 'two\n   words')).toEqual(['two\n   words']);
    expect(found('two words', {}, 'two\0words')).toEqual([]);
  });

  it('finds nothing for an empty query', () => {
    expect(found('', {}, 'abc')).toEqual([]);
    expect(new Matcher(query('')).mayStandIn('abc')).toBe(false);
  });

  it('says that a text with markup may contain a match if the visible text does', () => {
    for (const markdown of ['mo**ment**um', '`momentum`', 'MO\\_MENTUM momentum', '[momentum](x)'])
      expect(new Matcher(query('momentum')).mayStandIn(markdown), markdown).toBe(true);
    expect(new Matcher(query('momentum')).mayStandIn('the moment came')).toBe(false);
    expect(new Matcher(query('%')).mayStandIn('&percnt;')).toBe(true);
  });
});

it('isNarrower: every text that contains the narrower word contains the wider one', () => {
  fc.assert(
    fc.property(queries, words, texts, (before, more, text) => {
      const next = { ...before, text: before.text + more };
      fc.pre(isNarrower(before, next));
      if (new Matcher(before).count(text) === 0) expect(new Matcher(next).count(text)).toBe(0);
    }),
  );
  expect(isNarrower(query('ca', { wholeWord: true }), query('cash', { wholeWord: true }))).toBe(false);
  expect(isNarrower(query('ca'), query('cash', { matchCase: true }))).toBe(false);
  expect(isNarrower(query(''), query('cash'))).toBe(false);
  expect(isNarrower(query('ca'), query('cash', { wholeWord: true }))).toBe(true);
});

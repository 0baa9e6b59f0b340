import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Matcher, type FindQuery } from '../../../../../src/core/conversation/find/matcher';
import {
  Search,
  UNSEARCHED,
  type HitAddress,
  type SearchedParts,
  type TextSource,
} from '../../../../../src/core/conversation/find/search';
import { innerPart, textsOf } from '../../../../../src/core/conversation/find/texts';
import type { Message, Part } from '../../../../../src/core/conversation/transcript/transcript';
import { everyPart, message, reasoning, strategyRun, text, tool } from '../../../../support/conversations';

const query = (word: string, changed: Partial<FindQuery> = {}): FindQuery => ({
  text: word,
  matchCase: false,
  wholeWord: false,
  ...changed,
});
/** In this test, the visible text of a Markdown text is the text without stars. */
const visible = (markdown: string): string => markdown.replaceAll('*', '');
const source: TextSource = { textsOf, visible };
const noting = (seen: string[]): TextSource => ({
  textsOf,
  visible: (markdown) => {
    seen.push(markdown);
    return markdown;
  },
});
const always = (): boolean => true;

/** All matches of all texts, in order. */
function naively(messages: readonly Message[], wanted: FindQuery, searched?: SearchedParts): readonly HitAddress[] {
  return messages.flatMap((one) =>
    (searched?.(one) ?? [...one.parts.keys()]).flatMap((partIndex) => {
      const part = one.parts[partIndex];
      const count = part
        ? textsOf(part).reduce(
            (sum, { text: words, isMarkdown }) => sum + new Matcher(wanted).count(isMarkdown ? visible(words) : words),
            0,
          )
        : 0;
      return Array.from({ length: count }, (_, ordinal) => ({ messageId: one.id, partIndex, ordinal }));
    }),
  );
}

function complete(messages: readonly Message[], wanted: FindQuery, before?: Search): Search {
  const session = new Search(wanted, source, before);
  session.searchIn(messages);
  session.work(always);
  return session;
}

/** All matches, found by going from each match to the next until the first one comes again. */
function walked(session: Search, messages: readonly Message[]): readonly HitAddress[] {
  const first = session.from(messages[0]?.id ?? '', 0);
  if (!first || first === UNSEARCHED) return [];
  const places = [first];
  for (;;) {
    const next = session.beside(places.at(-1) ?? first, 1);
    if (!next || next === UNSEARCHED) throw new Error('The way ended.');
    if (session.indexOf(next) === 0) return places;
    places.push(next);
  }
}

const words = fc
  .array(fc.constantFrom('ab', 'a', 'b', '*', ' ', 'A'), { maxLength: 8 })
  .map((pieces) => pieces.join(''));
const { part: parts } = fc.letrec<{ part: Part; messages: readonly Message[] }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 2 },
    words.map((one): Part => text(one)),
    words.map((one): Part => reasoning(one)),
    fc.constant<Part>({ kind: 'step' }),
    fc
      .record({ input: words, output: words })
      .map(({ input, output }): Part =>
        tool('x', { input: { query: input }, output: { content: [{ type: 'text', text: output }] } }),
      ),
    words.map((one): Part => ({ kind: 'unknown', type: 'y', raw: { [one]: one } })),
    words.map((one): Part => ({ kind: 'steering', parts: [text(one), reasoning(one)] })),
    fc.tuple(words, tie('messages')).map(([one, messages]): Part => tool('z', { output: one, messages })),
  ),
  messages: fc
    .array(fc.array(tie('part'), { maxLength: 3 }), { maxLength: 2 })
    .map((lists) => lists.map((list, index) => message(`n${String(index)}`, 'assistant', ...list))),
}));
const conversations = fc
  .array(fc.array(parts, { maxLength: 4 }), { maxLength: 6 })
  .map((lists) => lists.map((list, index) => message(`m${String(index)}`, 'assistant', ...list)));
const queries = fc.record({
  text: fc.constantFrom('a', 'b', 'ab', 'A', 'a b', 'zz'),
  matchCase: fc.boolean(),
  wholeWord: fc.boolean(),
});

describe('Search', () => {
  it('finds the same as a simple search through all texts, in order', () => {
    fc.assert(
      fc.property(conversations, queries, (messages, wanted) => {
        const session = complete(messages, wanted);
        const expected = naively(messages, wanted);
        expect(session.isComplete).toBe(true);
        expect(session.total).toBe(expected.length);
        expect(walked(session, messages)).toEqual(expected);
        expect(expected.map((place) => session.indexOf(place))).toEqual([...expected.keys()]);
      }),
    );
  });

  it('goes backwards through the same matches', () => {
    fc.assert(
      fc.property(conversations, queries, (messages, wanted) => {
        const session = complete(messages, wanted);
        const places = naively(messages, wanted);
        for (const [index, place] of places.entries()) expect(session.beside(place, -1)).toEqual(places.at(index - 1));
        const [first] = messages;
        if (first) expect(session.upTo(first.id, 0)).toEqual(places.at(-1));
      }),
    );
  });

  it('finds the position of each match', () => {
    fc.assert(
      fc.property(conversations, queries, (messages, wanted) => {
        const session = complete(messages, wanted);
        for (const place of naively(messages, wanted)) {
          const hit = session.hitAt(place);
          const within = messages.find(({ id }) => id === place.messageId);
          if (!hit || !within) throw new Error('There is no such match.');
          expect(new Matcher(wanted).next(hit.seen, hit.start)).toEqual({ start: hit.start, end: hit.end });
          const found = innerPart(within, place.partIndex, hit.in.inner);
          expect(found && textsOf(found.part).map(({ text: one }) => one)).toContain(hit.in.text);
        }
      }),
    );
  });

  it('has the same result after any changes, in slices or at once, from any origin', () => {
    fc.assert(
      fc.property(
        fc.array(conversations, { minLength: 1, maxLength: 4 }),
        fc.array(queries, { minLength: 1, maxLength: 3 }),
        fc.nat(6),
        fc.nat(4),
        (states, typed, origin, budget) => {
          let session: Search | undefined;
          let messages = states[0] ?? [];
          for (const wanted of typed) {
            session = new Search(wanted, source, session);
            session.searchIn(messages, undefined, `m${String(origin)}`);
            for (const next of states) {
              // Sometimes the search stops before the end and continues later.
              let left = budget;
              session.work(() => left-- > 0);
              // Unchanged messages stay the same objects.
              const known = messages;
              messages = next.map((one, index) => (index % 2 === 0 && known[index] ? known[index] : one));
              session.searchIn(messages);
            }
            while (!session.work(() => false));
            expect(session.total).toBe(naively(messages, wanted).length);
            expect(walked(session, messages)).toEqual(naively(messages, wanted));
          }
        },
      ),
    );
  });

  it('knows the first match after the reader before all matches are counted', () => {
    const messages = Array.from({ length: 50 }, (_, index) =>
      message(`m${String(index)}`, 'user', text(index === 31 || index === 3 ? 'needle' : 'hay')),
    );
    const session = new Search(query('needle'), source);
    session.searchIn(messages, undefined, 'm30');
    expect(session.from('m30', 0)).toBe(UNSEARCHED);
    session.work(() => false);
    session.work(() => false);
    expect(session.from('m30', 0)).toEqual({ messageId: 'm31', partIndex: 0, ordinal: 0 });
    expect(session.isComplete).toBe(false);
    expect(session.beside({ messageId: 'm31', partIndex: 0, ordinal: 0 }, 1)).toBe(UNSEARCHED);
    session.work(always);
    expect(session.beside({ messageId: 'm31', partIndex: 0, ordinal: 0 }, 1)).toEqual({
      messageId: 'm3',
      partIndex: 0,
      ordinal: 0,
    });
  });

  it('searches only changed parts again', () => {
    const seen: string[] = [];
    const session = new Search(query('word'), noting(seen));
    const messages = Array.from({ length: 20 }, (_, index) =>
      message(`m${String(index)}`, 'user', text(`word ${String(index)}`), text('another word')),
    );
    session.searchIn(messages);
    session.work(always);
    expect(seen).toHaveLength(40);
    const changed = [
      ...messages.slice(0, 19),
      message('m19', 'user', text('a new word'), ...messages[19]!.parts.slice(1)),
    ];
    session.searchIn(changed);
    session.work(always);
    expect(seen.slice(40)).toEqual(['a new word']);
  });

  it('does not search parts again that have no match for a shorter query', () => {
    const seen: string[] = [];
    const messages = [
      message('m0', 'user', text('m*o*on')),
      message('m1', 'user', text('a m only')),
      message('m2', 'user', text('sun')),
    ];
    const first = new Search(query('m o'), noting(seen));
    first.searchIn(messages);
    first.work(always);
    seen.length = 0;
    const second = new Search(query('m on'), noting(seen), first);
    second.searchIn(messages);
    second.work(always);
    expect(second.total).toBe(1);
    expect(seen).toEqual(['a m only']);
  });

  it('searches only the chosen parts', () => {
    const messages = [...strategyRun(), ...everyPart()];
    const tools: SearchedParts = (one) => [...one.parts.keys()].filter((index) => one.parts[index]?.kind === 'tool');
    const session = complete(messages, query('momentum'));
    session.searchIn(messages, tools);
    expect(session.isComplete).toBe(false);
    session.work(always);
    expect(session.total).toBe(naively(messages, query('momentum'), tools).length);
    session.searchIn(messages);
    session.work(always);
    expect(session.total).toBe(naively(messages, query('momentum')).length);
  });
});

describe('textsOf', () => {
  it('lists what every kind of part shows with its folds open, in reading order', () => {
    const nested = message('n', 'assistant', text('inside'));
    expect(
      textsOf(
        tool('create_file', {
          input: { filePath: 'a.py', content: 'x = 1' },
          output: 'fine',
          messages: [nested],
          approval: { approved: true, reason: 'Because' },
        }),
      ).map(({ side, text: one, inner }) => [side, one, inner.length]),
    ).toEqual([
      ['line', 'Created a.py', 0],
      ['line', '1 message', 0],
      ['body', 'create_file · approved: Because', 0],
      ['body', 'inside', 1],
      ['input', 'x = 1', 0],
      ['output', 'fine', 0],
    ]);
    expect(
      textsOf({ kind: 'source', title: 'A page', url: 'https://example.com/x' }).map(({ text: one }) => one),
    ).toEqual(['A page', 'example.com']);
    expect(
      textsOf({ kind: 'source', title: 'A page', url: 'javascript:x', filename: 'a.pdf' }).map(({ text: one }) => one),
    ).toEqual(['A page', 'a.pdf · javascript:x']);
    expect(
      textsOf({ kind: 'unknown', type: 'text', raw: { a: 1 }, problem: 'Broken' }).map(({ text: one }) => one),
    ).toEqual(['text', 'Broken', '{\n  "a": 1\n}']);
    expect(textsOf({ kind: 'file', mediaType: 'text/csv', filename: 'a.csv' }).map(({ text: one }) => one)).toEqual([
      'a.csv',
      'text/csv',
    ]);
    expect(textsOf({ kind: 'step' })).toEqual([]);
  });
});

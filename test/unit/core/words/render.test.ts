import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/core/words/markdown';
import { render, SINKS, type SinkName } from '../../../../src/core/words/render';
import { given, joined, say, type Words } from '../../../../src/core/words/words';
import { HOSTILE_PAIRS, HOSTILE_TEXTS, ORDINARY_TEXTS } from '../../../support/attacks';
import { iconsIn, linksIn } from '../../../support/vscodeGrammars';

const NAMES = Object.keys(SINKS) as SinkName[];
const SHORT = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}… (${String(text.length)})` : text);

/**
 * The ways in which values come into messages: alone, in quotes, beside each other, inside of our own brackets, in a
 * message in a message.
 */
function messagesWith(a: string, b: string): readonly Words[] {
  return [
    given(a),
    say('Could not delete “{0}”.', a),
    say('{0}{1}', a, b),
    say('{0} ({1})', a, b),
    say('[{0}]({1})', a, b),
    say('[{0}](command:{1})', a, b),
    say('${0}', a),
    say('$({0})', a),
    say('{0}(trash)', a),
    say('{0}{1}', say('“{0}', a), say('{0}”', b)),
    joined([a, b]),
    joined([a, say('and'), b], ', '),
    say(
      'Could not {0}. QuantConnect says: {1}',
      say('delete the task “{0}”', a),
      joined([say('“{0}”', b), say('“{0}”', a)]),
    ),
  ];
}

const ATTACKS = [
  ...HOSTILE_TEXTS.map((text) => [text, `](command:x) ${text.slice(0, 50)}`] as const),
  ...HOSTILE_PAIRS,
].map(([a, b]) => ({ title: `${SHORT(a)} and ${SHORT(b)}`, a, b }));

/**
 * Zero width, direction, control: what a reader cannot see. Emoji and scripts that need them are not among the attacks'
 * remains.
 */
const UNSEEN =
  /\u034F|\u17B4|\u17B5|[\u180B-\u180F]|[\p{Cc}\p{Cs}\u00AD\u061C\u115F\u1160\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB]|\u{E0001}|[\u{E0020}-\u{E007F}]/u;

describe('the attacks', () => {
  it('are links and icons where nothing is done about them', () => {
    const raw = ATTACKS.flatMap(({ a, b }) => [a, a + b]);
    expect(raw.filter((text) => linksIn(text).length > 0).length).toBeGreaterThan(20);
    expect(raw.filter((text) => iconsIn(text).length > 0).length).toBeGreaterThan(10);
  });
});

describe.each(NAMES)('render for %s', (sink) => {
  const { lines, whole, reads } = SINKS[sink];

  it.each(ATTACKS)('leaves nothing to read but text of $title', ({ a, b }) => {
    // A long text takes its time, and is cut in the first of them as in the others.
    for (const words of messagesWith(a, b).slice(0, a.length > 2_000 ? 3 : undefined)) {
      const text = render(words, sink);
      if (reads) {
        expect(linksIn(text), text).toEqual([]);
        expect(iconsIn(text), text).toEqual([]);
      }
      expect(text.replaceAll('\n', lines === 'many' ? '' : '\n')).not.toMatch(UNSEEN);
      expect(text.length).toBeLessThanOrEqual(whole);
    }
  });

  it.each(ORDINARY_TEXTS)('shows %s as it is', (text) => {
    expect(render(say('The name is “{0}” (1).', text), sink)).toBe(`The name is “${text}” (1).`);
  });
});

describe('renderMarkdown', () => {
  const html = (words: Words): string => marked.parse(renderMarkdown(words), { async: false });

  it.each(ATTACKS)('leaves no mark-up of $title', ({ a, b }) => {
    for (const words of [
      given(a),
      say('**{0}**\n\n{1}', a, b),
      say('*Name*: {0}  \n*More*: {1}', a, b),
      say('[{0}]', a),
      say('{0}({1})', a, b),
    ]) {
      const tags = html(words).match(/<(?!\/?(?:p|strong|em|br)>)[^>]*>/g);
      expect(tags, renderMarkdown(words)).toBeNull();
      expect(renderMarkdown(words).replaceAll('\n', '')).not.toMatch(UNSEEN);
    }
  });

  it.each(ORDINARY_TEXTS)('shows %s as it is', (text) => {
    const shown = html(given(text))
      .replace(/<\/?p>/g, '')
      .trim()
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replaceAll('&amp;', '&')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'");
    expect(shown).toBe(text);
  });
});

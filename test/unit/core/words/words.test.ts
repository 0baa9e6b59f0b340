import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut, cutBeginning, forClipboard, plainLine, plainLines } from '../../../../src/core/words/plain';
import { render } from '../../../../src/core/words/render';
import { count, joined, say } from '../../../../src/core/words/words';

describe('say', () => {
  it('puts values where the message has their numbers, also inside of a message', () => {
    expect(render(say('{1} before {0}, {2}', 'a', 2, say('and {0}', 'c')), 'dialog')).toBe('2 before a, and c');
  });

  it('does not fill a value in twice, and keeps a place that has no value', () => {
    expect(render(say('{0} {1}', '{1}', 'b'), 'dialog')).toBe('{1} b');
    expect(render(say('{0} {1}', 'a'), 'dialog')).toBe('a {1}');
  });

  it('takes no message that may hold a value', () => {
    const name = 'x'.repeat(2);
    // @ts-expect-error -- a string from somewhere is no message
    say(name);
    // @ts-expect-error -- neither is one with a value in it
    say(`Could not delete ${name}`);
  });
});

describe('joined and count', () => {
  it('leave out what is missing, and take a string as a value', () => {
    expect(render(joined(['a [b', false, '', undefined, '](command:x)', say('c')], ' · '), 'dialog')).toBe(
      'a [b · ](command:x) · c'.replace('](', ']\u200A('),
    );
  });

  it('count one and many', () => {
    expect([render(count(1, 'order'), 'dialog'), render(count(142, 'order'), 'dialog')]).toEqual([
      '1 order',
      '142 orders',
    ]);
  });
});

describe('render', () => {
  it('keeps the end of our message, which says what to do, however long the values are', () => {
    const text = render(
      say('Could not delete “{0}”. QuantConnect says: “{1}” Try again.', 'n'.repeat(9_000), 's'.repeat(9_000)),
      'notification',
    );
    expect(text).toMatch(/^Could not delete “n+…”\. QuantConnect says: “s+…” Try again\.$/);
    expect(text.length).toBeLessThanOrEqual(1_000);
  });

  it('leaves a short value whole beside a long one', () => {
    expect(render(say('{0} {1}', 'short', 'x'.repeat(5_000)), 'title')).toMatch(/^short x+…$/);
  });

  it('changes nothing that can be seen of text that only looks like a link or an icon', () => {
    expect(render(say('{0} and {1}', 'Spend $(100)', 'a[1](x)'), 'quickPick').replaceAll('\u200A', '')).toBe(
      'Spend $(100) and a[1](x)',
    );
  });

  it('keeps lines where they are shown, and makes one of them elsewhere', () => {
    expect(render(say('{0}', 'a\n\n\n\nb\r\nc'), 'dialogDetail')).toBe('a\n\nb\nc');
    expect(render(say('{0}', 'a\n\n\n\nb\r\nc'), 'log')).toBe('a b c');
  });
});

describe('plainLine', () => {
  it('makes visible what cannot be seen', () => {
    expect(plainLine('exe.\u202Egpj\n  x')).toBe('exe.‹U+202E›gpj x');
    expect(plainLine('a\u200Bb\u001B[31m\uD800')).toBe('a‹U+200B›b‹U+001B›[31m�');
  });

  it('is the same when it is applied again, and has no line break', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const line = plainLine(text);
        expect(plainLine(line)).toBe(line);
        expect(line).not.toMatch(/[\r\n\u2028\u2029\u0085\v\f]/);
        expect(plainLines(line)).toBe(line);
      }),
    );
  });
});

describe('cutBeginning', () => {
  it('keeps the end, and no half of a character', () => {
    expect(cutBeginning('research/👩‍💻/main.py', 9)).toBe('…/main.py');
    expect(cutBeginning('a😀main.py', 9)).toBe('…main.py');
    expect(cutBeginning('main.py', 7)).toBe('main.py');
    expect(cutBeginning('e\u0301'.repeat(5), 6)).toBe('…e\u0301e\u0301');
  });
});

describe('cut', () => {
  it('cuts between what a reader takes as characters', () => {
    expect(cut('👩‍💻👩‍💻👩‍💻', 7)).toBe('👩‍💻…');
    expect(cut('e\u0301'.repeat(5), 6)).toBe('e\u0301e\u0301…');
    expect(cut('🇩🇪🇫🇷', 6)).toBe('🇩🇪…');
    expect(cut('short', 5)).toBe('short');
  });

  it('never gives more than asked for, nor half of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 1, max: 40 }), (text, length) => {
        const part = cut(text, length);
        expect(part.length).toBeLessThanOrEqual(Math.max(length, text.length <= length ? text.length : 1));
        expect(part).not.toMatch(/\p{Cs}/u);
        expect(text.startsWith(part.replace(/…$/, '')) || text === part).toBe(true);
      }),
    );
  });
});

describe('forClipboard', () => {
  it('keeps text, and leaves out what a terminal takes as an order', () => {
    expect(forClipboard('a\tb\r\nc \u001B[201~rm\u0007 👩‍💻 עברית \u202E')).toBe('a\tb\r\nc [201~rm 👩‍💻 עברית \u202E');
  });
});

import { describe, expect, it } from 'vitest';
import {
  formatKept,
  hasWords,
  joined,
  nothingKept,
  parseKept,
  parseOutbox,
  type Kept,
} from '../../../../../src/core/conversation/queue/kept';

const entry = (clientId: string, text = clientId) => ({ clientId, text, at: 1, state: 'queued', notMine: 0 }) as const;
const kept = (change: Partial<Kept>): Kept => ({ ...nothingKept('A'), ...change });

describe('parseKept', () => {
  it('reads back what formatKept wrote', () => {
    const whole = kept({
      draft: 'Half',
      asides: ['Older'],
      outbox: { entries: [{ ...entry('c2'), problem: 'No credit.' }], known: new Set(['c1', 'c2']) },
    });
    expect(parseKept(formatKept(whole))).toEqual({ kept: whole, isWhole: true });
  });

  it.each(['', '[]', '{"version":2,"deploymentId":"A"}', '{"version":1,"deploymentId":""}'])(
    'reads nothing in %s',
    (text) => {
      expect(parseKept(text)).toBeUndefined();
    },
  );

  it('keeps the good entries of a damaged file, and says that it is not whole', () => {
    const text = JSON.stringify({
      version: 1,
      deploymentId: 'A',
      draft: 'Half',
      asides: [7, 'Older'],
      entries: [entry('c1'), { ...entry('c2'), state: 'lost' }, null],
      known: [],
    });
    const found = parseKept(text);
    expect(found?.isWhole).toBe(false);
    expect(found?.kept).toMatchObject({ draft: 'Half', asides: ['Older'], outbox: { entries: [{ clientId: 'c1' }] } });
  });

  it('keeps the last twenty ids of prompts that have left', () => {
    const known = new Set(Array.from({ length: 30 }, (_, index) => `c${String(index)}`));
    const read = parseKept(formatKept(kept({ outbox: { entries: [], known } })));
    expect([...(read?.kept.outbox.known ?? [])]).toEqual([...known].slice(-20));
  });
});

it('parseOutbox: an id that stands there twice is one prompt, which is sent once', () => {
  const { outbox, isWhole } = parseOutbox([entry('c1', 'First'), entry('c1', 'Second')]);
  expect([outbox.entries.map(({ text }) => text), isWhole]).toEqual([['First'], false]);
});

describe('joined', () => {
  it('loses no draft: the second becomes a displaced one', () => {
    const both = joined(kept({ draft: 'Ours', asides: ['a'] }), kept({ draft: 'Theirs', asides: ['b', 'a'] }));
    expect([both.draft, both.asides]).toEqual(['Ours', ['a', 'b', 'Theirs']]);
    expect(joined(kept({ draft: ' ' }), kept({ draft: 'Theirs' })).draft).toBe('Theirs');
    expect(joined(kept({ draft: 'Same' }), kept({ draft: 'Same' })).asides).toEqual([]);
  });

  it('brings no prompt back that one of both knows to have left', () => {
    const ours = kept({ outbox: { entries: [entry('c1')], known: new Set(['c1', 'left']) } });
    const theirs = kept({ outbox: { entries: [entry('left'), entry('c2')], known: new Set(['left', 'c2']) } });
    const { entries, known } = joined(ours, theirs).outbox;
    expect([entries.map(({ clientId }) => clientId), [...known].sort()]).toEqual([
      ['c1', 'c2'],
      ['c1', 'c2', 'left'],
    ]);
  });
});

it('hasWords: a draft, a displaced draft or a prompt is a word of the user', () => {
  expect(
    [{}, { draft: 'a' }, { asides: ['a'] }, { outbox: { entries: [entry('c')], known: new Set<string>() } }].map(
      (some) => hasWords(kept(some)),
    ),
  ).toEqual([false, true, true, true]);
});

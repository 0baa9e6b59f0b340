import { describe, expect, it } from 'vitest';
import { hasWords, joined, nothingKept, type Kept } from '../../../../../src/core/conversation/queue/kept';

const entry = (clientId: string, text = clientId) => ({ clientId, text, at: 1, state: 'queued', notMine: 0 }) as const;
const kept = (change: Partial<Kept>): Kept => ({ ...nothingKept('A'), ...change });

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

import { describe, expect, it } from 'vitest';
import {
  hasText,
  mergeInputs,
  emptyInput,
  type SavedInput,
} from '../../../../../src/core/conversation/queue/savedInput';

const entry = (clientId: string, text = clientId) => ({ clientId, text, at: 1, state: 'queued', notMine: 0 }) as const;
const kept = (change: Partial<SavedInput>): SavedInput => ({ ...emptyInput('A'), ...change });

describe('mergeInputs', () => {
  it('loses no draft: the second becomes an earlier draft', () => {
    const both = mergeInputs(
      kept({ draft: 'Ours', earlierDrafts: ['a'] }),
      kept({ draft: 'Theirs', earlierDrafts: ['b', 'a'] }),
    );
    expect([both.draft, both.earlierDrafts]).toEqual(['Ours', ['a', 'b', 'Theirs']]);
    expect(mergeInputs(kept({ draft: ' ' }), kept({ draft: 'Theirs' })).draft).toBe('Theirs');
    expect(mergeInputs(kept({ draft: 'Same' }), kept({ draft: 'Same' })).earlierDrafts).toEqual([]);
  });

  it('does not bring back a prompt that left one of the outboxes', () => {
    const ours = kept({ outbox: { entries: [entry('c1')], known: new Set(['c1', 'left']) } });
    const theirs = kept({ outbox: { entries: [entry('left'), entry('c2')], known: new Set(['left', 'c2']) } });
    const { entries, known } = mergeInputs(ours, theirs).outbox;
    expect([entries.map(({ clientId }) => clientId), [...known].sort()]).toEqual([
      ['c1', 'c2'],
      ['c1', 'c2', 'left'],
    ]);
  });
});

it('hasText: is true for a draft, an earlier draft or a prompt', () => {
  expect(
    [{}, { draft: 'a' }, { earlierDrafts: ['a'] }, { outbox: { entries: [entry('c')], known: new Set<string>() } }].map(
      (some) => hasText(kept(some)),
    ),
  ).toEqual([false, true, true, true]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, applyToMessages } from '../../../../../src/core/pages/conversation/applyChanges';
import { changesBetween, keepIdentity } from '../../../../../src/core/pages/conversation/diff';
import type { Change } from '../../../../../src/core/pages/conversation/protocol';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';
import { state, text, tool } from '../../../../support/conversations';
import { transcript } from '../../conversation/arbitraries';

const said = (id: string, ...parts: Message['parts']): Message => ({ id, role: 'assistant', parts });

function apply(messages: readonly Message[], changes: readonly Change[]): readonly Message[] | undefined {
  return applyChanges(state({ messages }), changes)?.messages;
}

describe('changes between two reads', () => {
  it('turn any transcript into any other', () => {
    fc.assert(
      fc.property(transcript, transcript, (before, after) => {
        expect(apply(before, changesBetween(before, after))).toEqual(after);
      }),
    );
  });

  it('applied read after read give what the last read alone gives', () => {
    fc.assert(
      fc.property(fc.array(transcript, { minLength: 1 }), (reads) => {
        let held: readonly Message[] = [];
        let page: readonly Message[] | undefined = [];
        for (const read of reads) {
          const next = keepIdentity(held, structuredClone(read));
          page = page && apply(page, structuredClone(changesBetween(held, next)));
          held = next;
        }
        expect(held).toEqual(reads.at(-1));
        expect(page).toEqual(reads.at(-1));
      }),
    );
  });

  it('are none for an equal read', () => {
    fc.assert(
      fc.property(transcript, (messages) => {
        expect(changesBetween(messages, structuredClone(messages))).toEqual([]);
        expect(keepIdentity(messages, structuredClone(messages))).toBe(messages);
      }),
    );
  });

  it('send one part where one part changed', () => {
    const before = [said('a', text('one')), said('b', text('one'), tool('create_file'))];
    const after = [said('a', text('one')), said('b', text('one'), tool('create_file', { output: 1 }))];
    expect(changesBetween(before, keepIdentity(before, after))).toEqual([
      { kind: 'part', index: 1, partIndex: 1, part: tool('create_file', { output: 1 }) },
    ]);
  });

  it('send a whole message where a part was taken away', () => {
    const before = [said('a', text('one'), text('two'))];
    expect(changesBetween(before, [said('a', text('one'))])).toEqual([
      { kind: 'message', index: 0, message: said('a', text('one')) },
    ]);
  });

  it('drop what is no longer there', () => {
    const before = [said('a'), said('b'), said('c')];
    expect(changesBetween(before, before.slice(0, 1))).toEqual([{ kind: 'truncate', length: 1 }]);
  });
});

describe('identity', () => {
  it('is kept for every message and part that did not change', () => {
    const before = [said('a', text('one')), said('b', text('one'), tool('x'))];
    const after = keepIdentity(before, structuredClone([before[0]!, said('b', text('two'), tool('x')), said('c')]));
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.parts[0]).toEqual(text('two'));
    expect(after[1]?.parts[1]).toBe(before[1]?.parts[1]);
    expect(after).toHaveLength(3);
  });

  it('is kept by applying changes', () => {
    fc.assert(
      fc.property(transcript, transcript, (before, after) => {
        const next = keepIdentity(before, after);
        const applied = apply(before, changesBetween(before, next)) ?? [];
        applied.forEach((message, index) => {
          if (next[index] === before[index]) expect(message).toBe(before[index]);
        });
      }),
    );
  });
});

describe('a change that does not fit', () => {
  it.each<[string, Change]>([
    ['a message beyond the end', { kind: 'message', index: 2, message: said('x') }],
    ['a part of a message that is not there', { kind: 'part', index: 1, partIndex: 0, part: text('x') }],
    ['a part beyond the end', { kind: 'part', index: 0, partIndex: 2, part: text('x') }],
    ['a length above the length', { kind: 'truncate', length: 2 }],
  ])('%s is refused', (_name, change) => {
    expect(apply([said('a', text('one'))], [change])).toBeUndefined();
  });

  it('leaves the messages as they were', () => {
    const messages = [said('a')];
    applyToMessages(messages, { kind: 'message', index: 0, message: said('b') });
    expect(messages).toEqual([said('a')]);
  });
});

it('header, freshness, outbox and draft are replaced', () => {
  const before = state();
  const header = { ...before.header, status: 'Failed' };
  const after = applyChanges(before, [
    { kind: 'header', header },
    { kind: 'freshness', freshness: { loading: true } },
    { kind: 'outbox', outbox: [] },
    { kind: 'draft', text: 'x' },
  ]);
  expect(after).toEqual({ ...before, header, freshness: { loading: true }, draft: 'x' });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, keepIdentity } from '../../../../../src/core/pages/conversation/diff';
import {
  earlierThan,
  receiveState,
  openingState,
  withChanges,
  withEarlier,
} from '../../../../../src/core/pages/conversation/delivery';
import { toTranscript } from '../../../../../src/core/conversation/transcript/parseTranscript';
import { message, state, text } from '../../../../support/conversations';
import { transcript } from '../../conversation/arbitraries';

const long = Array.from({ length: 130 }, (_, index) =>
  message(`m${String(index)}`, 'user', text(`Words ${String(index)}`)),
);

describe('a long conversation on its way to the page', () => {
  it('is whole in the end, whatever changes while its pieces arrive', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(transcript, fc.nat(130), fc.boolean(), fc.boolean()), { maxLength: 6 }),
        (steps) => {
          let host: readonly ReturnType<typeof message>[] = long;
          const first = openingState(state({ messages: host }));
          let held = receiveState(first.state, first.earlier, undefined);
          expect(held.missing).toBeGreaterThan(0);
          for (const [some, at, isPiece, isAnew] of steps) {
            const next = keepIdentity(host, [...host.slice(0, at), ...some, ...host.slice(at + 2)]);
            const changed = withChanges(held, changesBetween(host, next));
            if (!changed) throw new Error('The page has lost step.');
            held = changed;
            host = next;
            if (isAnew) {
              const anew = openingState(state({ messages: host }));
              held = receiveState(anew.state, anew.earlier, held);
            }
            if (isPiece && held.missing > 0) held = withEarlier(held, earlierThan(host, held.missing));
          }
          while (held.missing > 0) held = withEarlier(held, earlierThan(host, held.missing));
          expect(held.state.messages).toEqual(host);
        },
      ),
    );
  });

  it('a piece that does not fit is not taken', () => {
    const first = openingState(state({ messages: long }));
    const held = receiveState(first.state, first.earlier, undefined);
    expect(withEarlier(held, { from: 3, messages: long.slice(3, 5) })).toBe(held);
  });

  it('keeps what is shown when the panel sends the same state again', () => {
    const whole = receiveState(state({ messages: long }), 0, undefined);
    const anew = openingState(state({ messages: structuredClone(long) }));
    expect(receiveState(anew.state, anew.earlier, whole).state.messages).toBe(whole.state.messages);
  });
});

it('a transcript made from an earlier one is what it is made alone, with its messages kept', () => {
  const read = (id: string, words: string) => ({ id, role: 'user', parts: [{ type: 'text', text: words }] });
  const before = [read('a', 'one'), read('b', 'two')];
  const made = toTranscript({ messages: before });
  const messages = [before[0] ?? read('', ''), read('b', 'other'), read('a', 'again')];
  const next = toTranscript({ messages }, { messages: before, transcript: made });
  expect(next).toEqual(toTranscript({ messages }));
  expect(next[0]).toBe(made[0]);
});

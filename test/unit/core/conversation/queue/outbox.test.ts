import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  markAccepted,
  EMPTY_OUTBOX,
  markFailed,
  afterRestart,
  pageItemsOf,
  countBeforeSending,
  removeArrived,
  addSending,
  markSending,
  takeBack,
  markUncertain,
  type Outbox,
} from '../../../../../src/core/conversation/queue/outbox';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';

const said = (...texts: readonly string[]): readonly Message[] =>
  texts.map((text, index) => ({ id: String(index), role: 'user', parts: [{ kind: 'text', text, streaming: false }] }));
const answered = (text: string): Message => ({
  id: `answer to ${text}`,
  role: 'assistant',
  parts: [{ kind: 'text', text, streaming: false }],
});
const prompt = (clientId: string, text = 'Go on') => ({ clientId, text, at: 1 });
const waiting = (outbox: Outbox): readonly string[] => outbox.entries.map(({ clientId }) => clientId);

describe('outbox: a prompt', () => {
  it('stays from the moment it is sent until the conversation contains it', () => {
    const sent = addSending(EMPTY_OUTBOX, prompt('1'), said('First'));
    expect(pageItemsOf(sent)).toEqual([{ clientId: '1', text: 'Go on', at: 1, state: 'sending' }]);
    const taken = markAccepted(sent, '1');
    expect(waiting(removeArrived(taken, said('First')))).toEqual(['1']);
    expect(waiting(removeArrived(taken, said('First', 'Go on')))).toEqual([]);
  });

  it('is not confused with an earlier message that has the same text', () => {
    const sent = markAccepted(addSending(EMPTY_OUTBOX, prompt('1'), said('Go on')), '1');
    expect(waiting(removeArrived(sent, said('Go on')))).toEqual(['1']);
    expect(waiting(removeArrived(sent, said('Go on', 'Go on')))).toEqual([]);
  });

  it('that waits for the first read is not confused with a message that is already there', () => {
    const early = addSending(EMPTY_OUTBOX, prompt('1'), undefined);
    expect(waiting(removeArrived(early, said('Go on', 'Go on')))).toEqual(['1']);
    const left = countBeforeSending(early, '1', said('Go on'));
    expect(waiting(removeArrived(left, said('Go on')))).toEqual(['1']);
    expect(waiting(removeArrived(left, said('Go on', 'Go on')))).toEqual([]);
  });

  it('is uncertain after a restart if it was being sent, and failed if it was not sent', () => {
    const outbox = addSending(
      addSending(markAccepted(addSending(EMPTY_OUTBOX, prompt('taken'), []), 'taken'), prompt('left'), []),
      prompt('waited'),
      undefined,
    );
    const restored = afterRestart({
      ...outbox,
      entries: JSON.parse(JSON.stringify(outbox.entries)) as Outbox['entries'],
    });
    expect(pageItemsOf(restored).map(({ clientId, state }) => [clientId, state])).toEqual([
      ['taken', 'accepted'],
      ['left', 'uncertain'],
      ['waited', 'failed'],
    ]);
  });

  it('is not confused with a text of the agent', () => {
    const sent = addSending(EMPTY_OUTBOX, prompt('1'), []);
    expect(waiting(removeArrived(sent, [answered('Go on')]))).toEqual(['1']);
  });

  it('has also arrived if it is a steering part in the agent’s message', () => {
    const steered = (...texts: readonly string[]): readonly Message[] => [
      {
        id: 'answer',
        role: 'assistant',
        parts: texts.map((text) => ({ kind: 'steering', parts: [{ kind: 'text', text, streaming: false }] })),
      },
    ];
    const sent = markAccepted(addSending(EMPTY_OUTBOX, prompt('1'), steered('Go on')), '1');
    expect(waiting(removeArrived(sent, steered('Go on')))).toEqual(['1']);
    expect(waiting(removeArrived(sent, steered('Go on', 'Stop')))).toEqual(['1']);
    expect(waiting(removeArrived(sent, steered('Go on', 'Go on')))).toEqual([]);
  });

  it('is recognized if the server trims it and changes its line ends', () => {
    const sent = addSending(EMPTY_OUTBOX, prompt('1', 'Two\r\nlines\n'), []);
    expect(waiting(removeArrived(sent, said('Two\nlines')))).toEqual([]);
  });

  it('is never added twice under one id, not even after it arrived or was taken back', () => {
    const sent = addSending(EMPTY_OUTBOX, prompt('1'), []);
    expect(addSending(sent, prompt('1'), [])).toBe(sent);
    const arrived = removeArrived(sent, said('Go on'));
    expect(addSending(arrived, prompt('1'), [])).toBe(arrived);
    const back = takeBack(markFailed(sent, '1', 'No'), '1');
    expect(addSending(back, prompt('1'), [])).toBe(back);
  });

  it('that failed has its text and the reason, and can be taken back or sent again', () => {
    const broken = markFailed(addSending(EMPTY_OUTBOX, prompt('1'), []), '1', 'Rate limit');
    expect(pageItemsOf(broken)).toEqual([
      { clientId: '1', text: 'Go on', at: 1, state: 'failed', problem: 'Rate limit' },
    ]);
    expect(waiting(takeBack(broken, '1'))).toEqual([]);
    expect(pageItemsOf(markSending(broken, '1', 9, []))).toEqual([
      { clientId: '1', text: 'Go on', at: 9, state: 'sending' },
    ]);
  });

  it('that is being sent can neither be taken back nor sent again', () => {
    const sent = addSending(EMPTY_OUTBOX, prompt('1'), []);
    expect(takeBack(sent, '1')).toBe(sent);
    expect(markSending(sent, '1', 9, [])).toBe(sent);
    expect(markSending(sent, 'unknown', 9, [])).toBe(sent);
  });

  it('that failed is not confused with a message from elsewhere', () => {
    expect(
      waiting(removeArrived(markFailed(addSending(EMPTY_OUTBOX, prompt('1'), []), '1', 'No'), said('Go on'))),
    ).toEqual(['1']);
  });

  it('that is uncertain leaves the outbox when it turns out to have arrived', () => {
    expect(
      waiting(removeArrived(markUncertain(addSending(EMPTY_OUTBOX, prompt('1'), []), '1', 'No answer'), said('Go on'))),
    ).toEqual([]);
  });
});

describe('outbox: two prompts with the same text', () => {
  const both = addSending(addSending(EMPTY_OUTBOX, prompt('1'), []), prompt('2'), []);

  it('need two messages', () => {
    const one = removeArrived(both, said('Go on'));
    expect(waiting(one)).toEqual(['2']);
    expect(removeArrived(one, said('Go on'))).toBe(one);
    expect(waiting(removeArrived(one, said('Go on', 'Go on')))).toEqual([]);
    expect(waiting(removeArrived(both, said('Go on', 'Go on')))).toEqual([]);
  });

  it('give a single message to the prompt that the server accepted', () => {
    expect(waiting(removeArrived(markAccepted(markUncertain(both, '1', '?'), '2'), said('Go on')))).toEqual(['1']);
  });

  it('do not wait for each other when one of them failed', () => {
    expect(waiting(removeArrived(markAccepted(markFailed(both, '1', 'No'), '2'), said('Go on')))).toEqual(['1']);
  });
});

it('outbox: is empty exactly when every prompt has arrived, in any order of sending, arriving and reading', () => {
  const texts = fc.constantFrom('a', 'b');
  const steps = fc.array(
    fc.oneof(fc.record({ send: texts }), fc.record({ arrive: fc.nat(5) }), fc.constant({ read: true as const })),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(fc.array(texts), steps, (history, plan) => {
      let conversation = said(...history);
      let outbox = EMPTY_OUTBOX;
      const underWay: string[] = [];
      let count = 0;
      const arrive = (index: number): void => {
        const [text] = underWay.splice(index % Math.max(1, underWay.length), 1);
        if (text !== undefined) conversation = [...conversation, ...said(text)];
      };
      for (const step of plan) {
        if ('send' in step) {
          const clientId = String(count++);
          outbox = markAccepted(addSending(outbox, { clientId, text: step.send, at: count }, conversation), clientId);
          underWay.push(step.send);
        } else if ('arrive' in step) {
          arrive(step.arrive);
        } else {
          outbox = removeArrived(outbox, conversation);
        }
      }
      outbox = removeArrived(outbox, conversation);
      expect(
        pageItemsOf(outbox)
          .map(({ text }) => text)
          .sort(),
      ).toEqual([...underWay].sort());
      while (underWay.length > 0) arrive(0);
      expect(pageItemsOf(removeArrived(outbox, conversation))).toEqual([]);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  markAccepted,
  EMPTY_OUTBOX,
  markFailed,
  afterRestart,
  pageItemsOf,
  mayHaveArrived,
  addQueued,
  removeArrived,
  resumeQueue,
  addSending,
  markSending,
  takeBack,
  markUncertain,
  type Outbox,
} from '../../../../../src/core/conversation/queue/outbox';
import { ARRIVAL_GRACE_MS, queueStep, type RunAfterRead } from '../../../../../src/core/conversation/queue/promptQueue';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';

const said = (...texts: readonly string[]): readonly Message[] =>
  texts.map((text, index) => ({ id: String(index), role: 'user', parts: [{ kind: 'text', text, streaming: false }] }));
const prompt = (clientId: string, text = clientId, at = 1) => ({ clientId, text, at });
const idle = (changed: Partial<RunAfterRead> = {}): RunAfterRead => ({
  idleMs: 10,
  sentMs: () => Number.POSITIVE_INFINITY,
  kind: 'completed',
  messages: [],
  unwatched: new Set(),
  now: 20,
  ...changed,
});
const busy = (): RunAfterRead => idle({ idleMs: undefined, kind: 'running' });
const states = (outbox: Outbox): readonly string[] =>
  pageItemsOf(outbox).map(({ clientId, state }) => `${clientId} ${state}`);
const two = addQueued(addQueued(EMPTY_OUTBOX, prompt('a'), []), prompt('b'), []);

describe('queueStep', () => {
  it('waits while the run is busy, and sends the first prompt when the run is done', () => {
    expect(queueStep(two, busy())).toEqual({ outbox: two });
    const { outbox, send } = queueStep(two, idle());
    expect(send).toEqual({ clientId: 'a', text: 'a' });
    expect(states(outbox)).toEqual(['a sending', 'b queued']);
  });

  it('sends the next prompt only after the one before has arrived', () => {
    const first = queueStep(two, idle()).outbox;
    expect(queueStep(first, idle()).send).toBeUndefined();
    const taken = markAccepted(first, 'a');
    expect(queueStep(taken, idle()).send).toBeUndefined();
    expect(queueStep(removeArrived(taken, said('a')), idle({ messages: said('a') })).send?.clientId).toBe('b');
  });

  it('waits for a prompt that was sent without the queue', () => {
    const past = addSending(two, prompt('now'), []);
    expect(queueStep(past, idle()).send).toBeUndefined();
    expect(queueStep(markAccepted(past, 'now'), idle()).send).toBeUndefined();
  });

  it.each<[string, Partial<RunAfterRead>, string]>([
    ['the run was stopped', { kind: 'stopped' }, 'The run was stopped.'],
    ['the run failed', { kind: 'failed' }, 'The run failed.'],
    ['nobody knows how the run ended', { kind: 'ended' }, 'The run ended, and QuantConnect does not say how.'],
    ['nobody watched when the run ended', { unwatched: new Set(['a', 'b']) }, 'The run ended while nobody watched it.'],
    [
      'a message from elsewhere has its text',
      { messages: said('a') },
      'The conversation has received a prompt with this exact text in the meantime.',
    ],
  ])('goes on hold and says why if %s', (_name, changed, problem) => {
    const { outbox, send } = queueStep(two, idle(changed));
    expect(send).toBeUndefined();
    expect(pageItemsOf(outbox).map((item) => [item.state, item.problem])).toEqual([
      ['onHold', problem],
      ['onHold', problem],
    ]);
    expect(queueStep(outbox, idle()).send).toBeUndefined();
  });

  it('continues if nobody watched for a while but the run is still busy', () => {
    const unwatched = new Set(['a', 'b']);
    expect(queueStep(two, { ...busy(), unwatched }).outbox).toBe(two);
    expect(queueStep(two, idle()).send?.clientId).toBe('a');
  });

  it('goes on hold behind a prompt that failed or is uncertain, but not if that one was sent without the queue', () => {
    const left = queueStep(two, idle()).outbox;
    expect(states(markFailed(left, 'a', 'No'))).toEqual(['a failed', 'b onHold']);
    expect(states(markUncertain(left, 'a', '?'))).toEqual(['a uncertain', 'b onHold']);
    expect(states(markFailed(addSending(two, prompt('now'), []), 'now', 'No'))).toEqual([
      'now failed',
      'a queued',
      'b queued',
    ]);
  });

  it('goes on hold if an accepted prompt does not arrive, after waiting from the end of the run', () => {
    const taken = markAccepted(queueStep(two, idle()).outbox, 'a');
    const late = { idleMs: ARRIVAL_GRACE_MS };
    expect(states(queueStep(taken, idle()).outbox)).toEqual(['a accepted', 'b queued']);
    expect(states(queueStep(taken, idle({ ...late, sentMs: () => ARRIVAL_GRACE_MS - 1 })).outbox)).toEqual([
      'a accepted',
      'b queued',
    ]);
    const givenUp = queueStep(taken, idle(late));
    expect(states(givenUp.outbox)).toEqual(['a uncertain', 'b onHold']);
    expect(givenUp.send).toBeUndefined();
    expect(pageItemsOf(givenUp.outbox)[1]?.problem).toBe(
      'QuantConnect accepted the prompt before it, but that prompt has not appeared in the conversation.',
    );
  });

  it('leaves an accepted prompt that does not arrive to the user, and finds it when it arrives later', () => {
    const taken = markAccepted(addSending(EMPTY_OUTBOX, prompt('a'), []), 'a');
    expect(queueStep(taken, busy()).outbox).toBe(taken);
    const { outbox, send } = queueStep(taken, idle({ kind: 'stopped', idleMs: ARRIVAL_GRACE_MS }));
    expect(send).toBeUndefined();
    expect(pageItemsOf(outbox)).toMatchObject([
      {
        state: 'uncertain',
        problem: 'QuantConnect accepted this prompt, but it has not appeared in the conversation.',
      },
    ]);
    expect(states(takeBack(outbox, 'a'))).toEqual([]);
    expect(states(removeArrived(outbox, said('a')))).toEqual([]);
  });

  it('also goes on hold if that prompt was sent without the queue', () => {
    const past = markAccepted(addSending(two, prompt('now'), []), 'now');
    expect(states(queueStep(past, idle({ idleMs: ARRIVAL_GRACE_MS })).outbox)).toEqual([
      'now uncertain',
      'a onHold',
      'b onHold',
    ]);
  });

  it('keeps its order: a prompt that is queued behind one on hold waits for it', () => {
    const stopped = queueStep(two, idle({ kind: 'failed' })).outbox;
    const more = addQueued(stopped, prompt('c'), []);
    expect(queueStep(more, idle()).send).toBeUndefined();
    expect(states(resumeQueue(more, []))).toEqual(['a queued', 'b queued', 'c queued']);
  });

  it('counts two prompts with the same text as two', () => {
    let outbox = addQueued(
      addQueued(EMPTY_OUTBOX, prompt('1', 'Go on'), said('Go on')),
      prompt('2', 'Go on'),
      said('Go on'),
    );
    outbox = removeArrived(
      markAccepted(queueStep(outbox, idle({ messages: said('Go on') })).outbox, '1'),
      said('Go on', 'Go on'),
    );
    expect(states(outbox)).toEqual(['2 queued']);
    expect(mayHaveArrived(outbox, '2', said('Go on', 'Go on'))).toBe(false);
    expect(queueStep(outbox, idle({ messages: said('Go on', 'Go on') })).send?.clientId).toBe('2');
  });
});

describe('queueStep: a queued prompt', () => {
  it('can be taken back until it is sent, and not after', () => {
    expect(states(takeBack(two, 'a'))).toEqual(['b queued']);
    const left = queueStep(two, idle()).outbox;
    expect(takeBack(left, 'a')).toBe(left);
    expect(takeBack(markAccepted(left, 'a'), 'a').entries).toHaveLength(2);
  });

  it('stays queued after a restart, and is on hold if a prompt was being sent', () => {
    expect(states(afterRestart(two))).toEqual(['a queued', 'b queued']);
    expect(states(afterRestart(queueStep(two, idle()).outbox))).toEqual(['a uncertain', 'b onHold']);
  });
});

/** A server, a user and a window, and everything that can go wrong between them. */
class World {
  outbox: Outbox = EMPTY_OUTBOX;
  conversation: readonly Message[] = [];
  /** The ids of the prompts that the server received, in order. */
  readonly delivered: string[] = [];
  readonly givenBack: string[] = [];
  /** The user sends a failed or uncertain prompt once more. */
  readonly sentAgain: string[] = [];
  private readonly underWay: { clientId: string; text: string }[] = [];
  private readonly notYetSeen: string[] = [];
  private count = 0;
  private readonly asked = new Map<string, readonly string[]>();
  private saved: Outbox['entries'] = [];
  private unwatched: ReadonlySet<string> = new Set();

  do(step: Step): void {
    const ids = this.outbox.entries.map(({ clientId }) => clientId);
    const one = ids[step.which % Math.max(1, ids.length)] ?? '';
    switch (step.kind) {
      case 'queue':
      case 'send': {
        const next = prompt(String(this.count++), step.text);
        this.asked.set(step.text, [...(this.asked.get(step.text) ?? []), next.clientId]);
        this.outbox = (step.kind === 'queue' ? addQueued : addSending)(this.outbox, next, this.conversation);
        if (step.kind === 'send') this.underWay.push(next);
        break;
      }
      case 'takeBack': {
        const entry = this.outbox.entries.find(({ clientId }) => clientId === one);
        const next = takeBack(this.outbox, one);
        if (next !== this.outbox && entry) this.givenBack.push(one);
        this.outbox = next;
        break;
      }
      case 'sendNow': {
        const entry = this.outbox.entries.find(({ clientId }) => clientId === one);
        const next = markSending(this.outbox, one, 1, this.conversation);
        if (next === this.outbox || !entry) break;
        if (entry.state === 'failed' || entry.state === 'uncertain') this.sentAgain.push(one);
        this.outbox = next;
        this.underWay.push({ clientId: one, text: entry.text });
        break;
      }
      case 'resume':
        this.outbox = resumeQueue(this.outbox, this.conversation);
        break;
      case 'read':
      case 'readLate': {
        this.outbox = removeArrived(this.outbox, this.conversation);
        const { outbox, send } = queueStep(
          this.outbox,
          idle({
            messages: this.conversation,
            unwatched: this.unwatched,
            idleMs: step.which % 2 === 0 ? (step.kind === 'read' ? 10 : ARRIVAL_GRACE_MS) : undefined,
          }),
        );
        this.unwatched = new Set();
        this.outbox = outbox;
        if (send) this.underWay.push(send);
        break;
      }
      case 'accept':
      case 'lose':
      case 'refuse': {
        const [left] = this.underWay.splice(step.which % Math.max(1, this.underWay.length), 1);
        if (!left) break;
        const { clientId, text } = left;
        if (step.kind !== 'refuse' && !(step.kind === 'lose' && step.which % 2 === 0)) {
          this.delivered.push(clientId);
          this.notYetSeen.push(text);
        }
        if (step.kind === 'accept') this.outbox = markAccepted(this.outbox, clientId);
        else if (step.kind === 'lose') this.outbox = markUncertain(this.outbox, clientId, '?');
        else this.outbox = markFailed(this.outbox, clientId, 'No');
        break;
      }
      case 'arrive': {
        const [text] = this.notYetSeen.splice(0, 1);
        if (text !== undefined) this.conversation = [...this.conversation, ...said(text)];
        break;
      }
      case 'restart': {
        // Nobody sees the answers to requests that are under way. Some of them reach the server.
        for (const { clientId, text } of this.underWay.splice(0)) {
          if (step.which % 2 === 0) continue;
          this.delivered.push(clientId);
          this.notYetSeen.push(text);
        }
        this.outbox = afterRestart({ entries: this.saved, known: new Set(this.saved.map(({ clientId }) => clientId)) });
        this.unwatched = new Set(this.outbox.entries.map(({ clientId }) => clientId));
        break;
      }
    }
    this.saved = JSON.parse(JSON.stringify(this.outbox.entries)) as Outbox['entries'];
    this.check();
  }

  private check(): void {
    const stillThere = new Set([...this.outbox.entries.map(({ clientId }) => clientId), ...this.givenBack]);
    for (const [text, ids] of this.asked) {
      // No text is lost: a prompt is in the outbox, taken back by the user, or in the conversation.
      const gone = ids.filter((clientId) => !stillThere.has(clientId)).length;
      expect(gone, `prompts lost of ${text}`).toBeLessThanOrEqual(
        this.conversation.filter(({ parts }) => parts.some((part) => part.kind === 'text' && part.text === text))
          .length,
      );
    }
    for (const clientId of new Set(this.delivered)) {
      const times = (list: readonly string[]): number => list.filter((id) => id === clientId).length;
      expect(times(this.delivered), `deliveries of ${clientId}`).toBeLessThanOrEqual(1 + times(this.sentAgain));
    }
  }
}

const step = fc.record({
  kind: fc.constantFrom(
    'queue',
    'queue',
    'send',
    'takeBack',
    'sendNow',
    'resume',
    'read',
    'read',
    'read',
    'readLate',
    'accept',
    'accept',
    'lose',
    'refuse',
    'arrive',
    'arrive',
    'restart',
  ),
  text: fc.constantFrom('x', 'y', 'z'),
  which: fc.nat(7),
} as const);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe('queueStep: in any order of queueing, taking back, sending, losing, refusing, reading and restarting', () => {
  it('no text is lost, and only the user can deliver a prompt twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new World();
        for (const next of steps) world.do(next);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the queue sends prompts in the order in which they were queued', () => {
    const calm = fc.record({
      ...{
        kind: fc.constantFrom('queue', 'read', 'accept', 'arrive', 'takeBack'),
        text: fc.constantFrom('x', 'y'),
        which: fc.nat(7),
      },
    } as const);
    fc.assert(
      fc.property(fc.array(calm, { maxLength: 60 }), (steps) => {
        const world = new World();
        for (const next of steps) world.do(next);
        expect(world.delivered).toEqual([...world.delivered].sort((a, b) => Number(a) - Number(b)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('the queue becomes empty if nothing goes wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y'), { minLength: 1, maxLength: 8 }), (texts) => {
        const world = new World();
        for (const text of texts) world.do({ kind: 'queue', text, which: 0 });
        for (const _ of texts)
          for (const kind of ['read', 'accept', 'arrive', 'read'] as const) world.do({ kind, text: 'x', which: 0 });
        expect(world.outbox.entries).toEqual([]);
        expect(world.delivered).toEqual(texts.map((_, index) => String(index)));
      }),
    );
  });
});

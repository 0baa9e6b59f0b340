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

describe('the queue', () => {
  it('waits while the run is busy, and lets its first prompt leave when it is done', () => {
    expect(queueStep(two, busy())).toEqual({ outbox: two });
    const { outbox, send } = queueStep(two, idle());
    expect(send).toEqual({ clientId: 'a', text: 'a' });
    expect(states(outbox)).toEqual(['a sending', 'b queued']);
  });

  it('lets the next leave only when the one before has come into the conversation', () => {
    const first = queueStep(two, idle()).outbox;
    expect(queueStep(first, idle()).send).toBeUndefined();
    const taken = markAccepted(first, 'a');
    expect(queueStep(taken, idle()).send).toBeUndefined();
    expect(queueStep(removeArrived(taken, said('a')), idle({ messages: said('a') })).send?.clientId).toBe('b');
  });

  it('waits for a prompt that was sent past it', () => {
    const past = addSending(two, prompt('now'), []);
    expect(queueStep(past, idle()).send).toBeUndefined();
    expect(queueStep(markAccepted(past, 'now'), idle()).send).toBeUndefined();
  });

  it.each<[string, Partial<RunAfterRead>, string]>([
    ['the run was stopped', { kind: 'stopped' }, 'The run was stopped.'],
    ['the run failed', { kind: 'failed' }, 'The run failed.'],
    ['nobody knows how it ended', { kind: 'ended' }, 'The run ended, and QuantConnect does not say how.'],
    ['nobody watched when the run ended', { unwatched: new Set(['a', 'b']) }, 'The run ended while nobody watched it.'],
    [
      'its text has come from elsewhere',
      { messages: said('a') },
      'The conversation has received a prompt with this exact text in the meantime.',
    ],
  ])('stops, and says why, where %s', (_name, changed, problem) => {
    const { outbox, send } = queueStep(two, idle(changed));
    expect(send).toBeUndefined();
    expect(pageItemsOf(outbox).map((item) => [item.state, item.problem])).toEqual([
      ['onHold', problem],
      ['onHold', problem],
    ]);
    expect(queueStep(outbox, idle()).send).toBeUndefined();
  });

  it('goes on where nobody watched for a while, but the run is still busy', () => {
    const unwatched = new Set(['a', 'b']);
    expect(queueStep(two, { ...busy(), unwatched }).outbox).toBe(two);
    expect(queueStep(two, idle()).send?.clientId).toBe('a');
  });

  it('stops behind a prompt that was not sent or may not have been, and not for one that was sent past it', () => {
    const left = queueStep(two, idle()).outbox;
    expect(states(markFailed(left, 'a', 'No'))).toEqual(['a failed', 'b onHold']);
    expect(states(markUncertain(left, 'a', '?'))).toEqual(['a uncertain', 'b onHold']);
    expect(states(markFailed(addSending(two, prompt('now'), []), 'now', 'No'))).toEqual([
      'now failed',
      'a queued',
      'b queued',
    ]);
  });

  it('stops when a prompt was accepted and never came, no sooner than it was waited for from the end of the run on', () => {
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

  it('leaves a prompt that was accepted and never came to the user, also where nothing is queued, and finds it when it comes after all', () => {
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

  it('stops, too, when it was a prompt sent past it that was accepted and never came', () => {
    const past = markAccepted(addSending(two, prompt('now'), []), 'now');
    expect(states(queueStep(past, idle({ idleMs: ARRIVAL_GRACE_MS })).outbox)).toEqual([
      'now uncertain',
      'a onHold',
      'b onHold',
    ]);
  });

  it('keeps its order: what is queued behind a prompt that is held waits for it', () => {
    const stopped = queueStep(two, idle({ kind: 'failed' })).outbox;
    const more = addQueued(stopped, prompt('c'), []);
    expect(queueStep(more, idle()).send).toBeUndefined();
    expect(states(resumeQueue(more, []))).toEqual(['a queued', 'b queued', 'c queued']);
  });

  it('takes two prompts of the same text for two', () => {
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

describe('a queued prompt', () => {
  it('can be taken back until it leaves, and never after', () => {
    expect(states(takeBack(two, 'a'))).toEqual(['b queued']);
    const left = queueStep(two, idle()).outbox;
    expect(takeBack(left, 'a')).toBe(left);
    expect(takeBack(markAccepted(left, 'a'), 'a').entries).toHaveLength(2);
  });

  it('stays queued when the window closes, and what had left before it is told of', () => {
    expect(states(afterRestart(two))).toEqual(['a queued', 'b queued']);
    expect(states(afterRestart(queueStep(two, idle()).outbox))).toEqual(['a uncertain', 'b onHold']);
  });
});

/** A server, a user and a window, with all that can go wrong between them. */
class World {
  outbox: Outbox = EMPTY_OUTBOX;
  conversation: readonly Message[] = [];
  /** Prompts that the server got, by id, in order. */
  readonly delivered: string[] = [];
  readonly givenBack: string[] = [];
  /** The user's own decision to send it once more, after it failed or may have failed. */
  readonly sentAgain: string[] = [];
  private readonly underWay: { clientId: string; text: string }[] = [];
  private readonly notYetSeen: string[] = [];
  private count = 0;
  private readonly asked = new Map<string, readonly string[]>();
  private kept: Outbox['entries'] = [];
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
        // Those under way are lost from sight: some of them got through.
        for (const { clientId, text } of this.underWay.splice(0)) {
          if (step.which % 2 === 0) continue;
          this.delivered.push(clientId);
          this.notYetSeen.push(text);
        }
        this.outbox = afterRestart({ entries: this.kept, known: new Set(this.kept.map(({ clientId }) => clientId)) });
        this.unwatched = new Set(this.outbox.entries.map(({ clientId }) => clientId));
        break;
      }
    }
    this.kept = JSON.parse(JSON.stringify(this.outbox.entries)) as Outbox['entries'];
    this.check();
  }

  private check(): void {
    const stillThere = new Set([...this.outbox.entries.map(({ clientId }) => clientId), ...this.givenBack]);
    for (const [text, ids] of this.asked) {
      // What is neither in the outbox nor back with the user is in the conversation: no text is ever lost.
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

describe('whatever is queued, taken back, sent, lost, refused, read and restarted, in any order,', () => {
  it('no text is lost, and no prompt is delivered twice but by the user’s own decision', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const world = new World();
        for (const next of steps) world.do(next);
      }),
      { numRuns: 2_000 },
    );
  });

  it('what the queue sends by itself leaves in the order in which it was queued', () => {
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

  it('the queue gets empty when nothing goes wrong', () => {
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

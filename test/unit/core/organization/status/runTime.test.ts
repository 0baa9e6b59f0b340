import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTimeOf, turnsOf, type KnownTurns } from '../../../../../src/core/organization/status/runTime';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `user 0, assistant 5`: roles with their times in minutes. */
const said = (...messages: readonly (readonly [role: string, minute?: number])[]): KnownTurns['turns'] =>
  turnsOf(messages.map(([role, minute]) => ({ role, ...(minute !== undefined && { time: minute * MINUTE }) })));
const completed = (endedAt?: number, more: object = {}): Parameters<typeof runTimeOf>[0] => ({
  status: 'Completed',
  created: 0,
  started: 0,
  ...(endedAt !== undefined && { ended: endedAt * MINUTE }),
  ...more,
});
const read = (turns: KnownTurns['turns'], readEnded?: number, ...ends: readonly number[]): KnownTurns => ({
  ...(turns && { turns }),
  readEnded: readEnded === undefined ? undefined : readEnded * MINUTE,
  ends: ends.map((end) => end * MINUTE),
});
const once = said(['user', 0], ['assistant', 0.1]);
const twice = said(['user', 0], ['assistant', 0.1], ['user', 290], ['assistant', 290.1]);

describe('runTimeOf', () => {
  it.each<[string, Parameters<typeof runTimeOf>[0], KnownTurns | undefined, ReturnType<typeof runTimeOf>]>([
    [
      'is at most from start to end where nobody read the conversation',
      completed(291),
      undefined,
      { ms: 291 * MINUTE, bound: 'atMost' },
    ],
    ['is from start to end for one turn', completed(1), read(once, 1), { ms: MINUTE, bound: 'exact', turns: 1 }],
    [
      'leaves out the pause before a later prompt',
      completed(291),
      read(twice, 291, 1),
      { ms: 2 * MINUTE, bound: 'exact', turns: 2 },
    ],
    [
      'is at least what is known where nobody saw a turn end',
      completed(291),
      read(twice, 291),
      { ms: 1.1 * MINUTE, bound: 'atLeast', turns: 2 },
    ],
    [
      'counts a prompt that was sent while the agent wrote without a gap',
      completed(6),
      read(said(['user', 0], ['assistant', 0.1], ['assistant', 4], ['user', 3], ['assistant', 5]), 6),
      { ms: 6 * MINUTE, bound: 'exact', turns: 2 },
    ],
    [
      'counts up from the prompt that is answered now',
      { ...completed(), status: 'Running' },
      read(twice, undefined, 1),
      { ms: MINUTE, bound: 'exact', turns: 2, since: 290 * MINUTE },
    ],
    [
      'counts up from the start of the first turn',
      { ...completed(), status: 'Running', started: 5 },
      read(said(['user', 0])),
      { ms: 0, bound: 'exact', turns: 1, since: 5 },
    ],
    [
      'counts the wait in the queue from the creation',
      { status: 'InQueue', created: 7 },
      undefined,
      { ms: 0, bound: 'exact', since: 7 },
    ],
    [
      'says nothing of a run that goes on while nobody read how often it was prompted',
      { ...completed(), status: 'Running' },
      undefined,
      undefined,
    ],
    [
      'does not count on while the newest prompt has not come into the conversation',
      { ...completed(), status: 'Running' },
      read(once, 1, 1),
      { ms: MINUTE, bound: 'atLeast', turns: 1 },
    ],
    [
      'is at least the turns that were read where the run was prompted again since',
      completed(400),
      read(once, 1, 1),
      { ms: MINUTE, bound: 'atLeast', turns: 1 },
    ],
    [
      'does not take the end of a run that nobody read again for the end of its turn',
      completed(400),
      read(once, undefined),
      { ms: 0.1 * MINUTE, bound: 'atLeast', turns: 1 },
    ],
    [
      'takes no start for the first turn’s that is later than its answer',
      completed(291, { started: 290 * MINUTE }),
      read(twice, 291, 1),
      { ms: 2 * MINUTE, bound: 'exact', turns: 2 },
    ],
    [
      'is at least what is known where messages have no times',
      completed(3),
      read(said(['user'], ['assistant'], ['user'], ['assistant']), 3),
      { ms: 0, bound: 'atLeast', turns: 2 },
    ],
    [
      'treats a run with an end as over, whatever its status says',
      completed(1, { status: 'Running' }),
      read(once, 1),
      { ms: MINUTE, bound: 'exact', turns: 1 },
    ],
    ['says nothing where nothing is dated', { status: 'Completed' }, undefined, undefined],
  ])('%s', (_, run, known, expected) => {
    expect(runTimeOf(run, known)).toEqual(expected);
  });

  it('never exceeds the time from start to end, and never the sum of the turns unless it says so', () => {
    const lengths = fc.array(
      fc.record({
        work: fc.integer({ min: 1, max: 9 }),
        pause: fc.integer({ min: 1, max: 500 }),
        isSeen: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(lengths, (turns) => {
        let now = 0;
        const messages: [string, number][] = [];
        const ends: number[] = [];
        for (const { work, pause, isSeen } of turns) {
          messages.push(['user', now], ['assistant', now + 0.5]);
          now += work;
          if (isSeen) ends.push(now);
          now += pause;
        }
        const ended = now - (turns.at(-1)?.pause ?? 0);
        const worked = turns.reduce((sum, { work }) => sum + work, 0) * MINUTE;
        const seen = ends.filter((end) => end !== ended);
        const time = runTimeOf(completed(ended), read(said(...messages), ended, ...seen));
        expect(time?.ms).toBeLessThanOrEqual(worked);
        expect(time?.bound).toBe(turns.slice(0, -1).every(({ isSeen }) => isSeen) ? 'exact' : 'atLeast');
        if (time?.bound === 'exact') expect(time.ms).toBe(worked);
        expect(runTimeOf(completed(ended))?.ms).toBeGreaterThanOrEqual(worked);
      }),
    );
  });

  it('is the sum of its turns for a minute’s work that was prompted again after five hours', () => {
    expect(
      runTimeOf(
        { status: 'Completed', started: 0, ended: 5 * HOUR },
        read(said(['user', 0], ['assistant', 0.1], ['user', 299], ['assistant', 299.1]), 300, 1),
      )?.ms,
    ).toBe(2 * MINUTE);
  });
});

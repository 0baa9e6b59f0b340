import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepIdentity } from '../../../../../src/core/pages/conversation/diff';
import {
  fromStored,
  NOTHING_MEASURED,
  measure,
  toStored,
  type MeasuredTimes,
} from '../../../../../src/core/conversation/times/measuredTimes';
import type { PartTime } from '../../../../../src/core/conversation/times/partTimes';
import type { Message, Part } from '../../../../../src/core/conversation/transcript/transcript';
import { message, reasoning, tool } from '../../../../support/conversations';

const STEP: Part = { kind: 'step' };
const working = (id = 'c1'): Part => tool('create_backtest', { callId: id, state: 'input-available' });
const done = (id = 'c1'): Part => tool('create_backtest', { callId: id });
const agent = (...parts: readonly Part[]): readonly Message[] => [message('m1', 'assistant', ...parts)];

/** One read: its second, the messages, and whether the run is active. */
type Look = readonly [second: number, messages: readonly Message[], live?: boolean];

/** Makes reads that take no time, one after the other. */
function watch(looks: readonly Look[], from: MeasuredTimes = NOTHING_MEASURED): MeasuredTimes {
  return looks.reduce(
    (before, [second, messages, live = true]) =>
      measure(before, keepIdentity(before.messages ?? [], messages), {
        began: second * 1_000,
        ended: second * 1_000,
        live,
      }),
    from,
  );
}
const time = (observed: MeasuredTimes, key = 'm1/0'): PartTime | undefined => observed.times.get(key);

describe('measure: a part', () => {
  it('takes the time between its first running and its first finished read, give or take half of both gaps', () => {
    const observed = watch([
      [0, agent()],
      [2, agent(working())],
      [10, agent(working())],
      [12, agent(done())],
    ]);
    expect(time(observed)).toEqual({ since: 1_000, ms: 10_000, within: 2_000 });
  });

  it('runs from the middle of the gap in which it began', () => {
    expect(
      time(
        watch([
          [0, agent()],
          [2, agent(reasoning('', true))],
        ]),
      ),
    ).toEqual({ since: 1_000, within: 1_000 });
  });

  it('that runs at the first read has a lower bound, and never a duration', () => {
    const running = watch([
      [5, agent(working())],
      [6, agent(working())],
    ]);
    expect(time(running)).toEqual({ since: 5_000 });
    expect(time(watch([[7, agent(done())]], running))).toBeUndefined();
  });

  it.each<[string, readonly Look[]]>([
    [
      'it was finished when it was first seen',
      [
        [0, agent()],
        [2, agent(done())],
        [3, agent(done())],
      ],
    ],
    [
      'nobody read for long before its end',
      [
        [0, agent()],
        [1, agent(working())],
        [60, agent(done())],
      ],
    ],
    [
      'nobody read for long before its beginning',
      [
        [0, agent()],
        [60, agent(working())],
        [61, agent(done())],
      ],
    ],
    [
      'the run was stopped',
      [
        [0, agent()],
        [1, agent(working())],
        [2, agent(working()), false],
        [3, agent(working()), false],
      ],
    ],
    [
      'it finished after the run was stopped',
      [
        [0, agent()],
        [1, agent(working())],
        [2, agent(working()), false],
        [9, agent(done()), false],
      ],
    ],
    [
      'the run continued after a stop, without the part',
      [
        [0, agent()],
        [1, agent(working())],
        [2, agent(working()), false],
        [3, agent(working())],
        [4, agent(done())],
      ],
    ],
    [
      'a message came after it',
      [
        [0, agent()],
        [1, agent(working())],
        [2, [...agent(working()), message('m2', 'user')]],
        [3, agent(working())],
      ],
    ],
    [
      'another call is at its position',
      [
        [0, agent()],
        [1, agent(working())],
        [2, agent(done('c2'))],
      ],
    ],
    [
      'its message got another id',
      [
        [0, agent()],
        [1, agent(working())],
        [2, [message('m7', 'assistant', working())]],
        [3, [message('m7', 'assistant', done())]],
      ],
    ],
    [
      'its message is gone',
      [
        [0, agent()],
        [1, agent(working())],
        [2, []],
        [3, agent(done())],
      ],
    ],
    [
      'the clock was set back',
      [
        [10, agent()],
        [11, agent(working())],
        [5, agent(done())],
      ],
    ],
    [
      'it was denied',
      [
        [0, agent()],
        [1, agent(working())],
        [2, agent(tool('create_backtest', { callId: 'c1', state: 'output-denied' }))],
      ],
    ],
  ])('has no time if %s', (_why, looks) => {
    expect([...watch(looks).times]).toEqual([]);
  });

  it('has a duration after a long gap between reads if its beginning and end were seen', () => {
    expect(
      time(
        watch([
          [0, agent()],
          [2, agent(working())],
          [3_600, agent(working())],
          [3_602, agent(done())],
        ]),
      )?.ms,
    ).toBe(3_600_000);
  });

  it('runs as long as its output is preliminary', () => {
    const preliminary = agent(tool('create_optimization', { callId: 'c1', preliminary: true, output: 0.4 }));
    expect(
      time(
        watch([
          [0, agent()],
          [2, preliminary],
          [4, preliminary],
          [6, agent(tool('create_optimization', { callId: 'c1', output: 1 }))],
        ]),
      )?.ms,
    ).toBe(4_000);
  });

  it('does not count the wait for an approval', () => {
    const asks = agent(tool('create_backtest', { callId: 'c1', state: 'approval-requested', approval: {} }));
    const waiting = watch([
      [0, agent()],
      [2, agent(working())],
      [4, asks],
      [600, asks],
    ]);
    expect(time(waiting)).toBeUndefined();
    const approved = agent(
      tool('create_backtest', { callId: 'c1', state: 'approval-responded', approval: { approved: true } }),
    );
    expect(
      time(
        watch(
          [
            [602, approved],
            [606, approved],
            [608, agent(done())],
          ],
          waiting,
        ),
      ),
    ).toEqual({ since: 601_000, ms: 6_000, within: 2_000 });
  });

  it('keeps its duration: an equal read has nothing new, and a later one changes nothing', () => {
    const first = watch([
      [0, agent()],
      [1, agent(working(), reasoning('x', true))],
      [2, agent(done(), reasoning('x', true))],
    ]);
    const again = watch([[3, agent(done(), reasoning('x', true))]], first);
    expect(again.times).toBe(first.times);
    const later = watch(
      [
        [4, agent(done(), reasoning('x'))],
        [9, agent(done(), reasoning('x')), false],
      ],
      again,
    );
    expect(time(later)).toBe(time(first));
  });

  it('of a sub-agent has its own time, within the time of the call', () => {
    const call = (state: string, ...parts: readonly Part[]): readonly Message[] =>
      agent(tool('ask', { state, messages: [message('m1/0/n', 'assistant', ...parts)] }));
    const observed = watch([
      [0, agent()],
      [2, call('input-available')],
      [4, call('input-available', working('n'))],
      [6, call('input-available', done('n'))],
      [8, call('output-available', done('n'))],
    ]);
    expect(time(observed, 'm1/0/n/0')?.ms).toBe(2_000);
    expect(time(observed)?.ms).toBe(6_000);
    const left = watch([
      [0, agent()],
      [2, call('input-available')],
      [4, call('input-available', working('n'))],
      [6, call('output-available', working('n'))],
    ]);
    expect(time(left, 'm1/0/n/0')).toBeUndefined();
  });
});

describe('measure: a step', () => {
  it('runs until the next step begins, and the last one until the run ends', () => {
    const first = agent(STEP, done());
    const second = agent(STEP, done(), STEP, done('c2'));
    const observed = watch([
      [0, []],
      [2, agent(STEP)],
      [4, first],
      [6, agent(STEP, done(), STEP)],
      [8, second],
      [12, second],
      [14, second, false],
    ]);
    expect(time(observed)).toEqual({ since: 1_000, ms: 4_000, within: 2_000, step: 1 });
    expect(time(observed, 'm1/2')).toEqual({ since: 5_000, ms: 8_000, within: 2_000, step: 2 });
  });

  it('is over when another message comes, and does not run again when the run continues', () => {
    const over = watch([
      [0, []],
      [2, agent(STEP)],
      [4, agent(STEP, done())],
      [6, [...agent(STEP, done()), message('m2', 'user')]],
    ]);
    expect(time(over)?.ms).toBe(4_000);
    const ended = watch([
      [0, []],
      [2, agent(STEP)],
      [4, agent(STEP)],
      [6, agent(STEP), false],
    ]);
    expect(
      time(
        watch(
          [
            [8, agent(STEP)],
            [10, agent(STEP), false],
          ],
          ended,
        ),
      ),
    ).toBe(time(ended));
  });

  it('has no duration if it waited for a person', () => {
    const asks = agent(STEP, tool('create_backtest', { callId: 'c1', state: 'approval-requested', approval: {} }));
    expect(
      time(
        watch([
          [0, []],
          [2, agent(STEP)],
          [4, asks],
          [6, agent(STEP, done())],
          [7, agent(STEP, done(), STEP)],
        ]),
      ),
    ).toBeUndefined();
  });
});

describe('measure: measured times', () => {
  it('survive the window: durations stay, and running parts keep running', () => {
    const before = watch([
      [0, agent()],
      [2, agent(working(), working('c2'))],
      [4, agent(done(), working('c2'))],
    ]);
    const restored = fromStored(JSON.parse(JSON.stringify(toStored(before))));
    expect(restored.times).toEqual(before.times);
    const after = watch(
      [
        [9, agent(done(), working('c2'))],
        [11, agent(done(), done('c2'))],
      ],
      restored,
    );
    expect(time(after)).toEqual(time(before));
    expect(time(after, 'm1/1')?.ms).toBe(9_000);
  });

  it('leave out parts that began or ended while there was no window', () => {
    const before = watch([
      [0, agent()],
      [2, agent(working())],
    ]);
    const after = watch(
      [
        [30, agent(done(), working('c2'))],
        [31, agent(done(), done('c2'))],
      ],
      fromStored(toStored(before)),
    );
    expect([...after.times]).toEqual([]);
  });

  it('are read from any JSON without throwing', () => {
    expect(
      fromStored({
        readAt: 'x',
        parts: [
          ['a/0', 1, 2, 3],
          ['a/1', 1, null, 3],
          ['a/2'],
          null,
          [1, 2, 3, 4],
          ['a/3', 5, null, null],
          ['a/4', 5, 1, null, 2],
        ],
      }),
    ).toEqual({
      times: new Map([
        ['a/0', { since: 1, within: 2, ms: 3 }],
        ['a/3', { since: 5 }],
        ['a/4', { since: 5, within: 1, step: 2 }],
      ]),
    });
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(watch([[1, agent(working())]], fromStored(stored)).times.size).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('have a limit: the oldest are forgotten first', () => {
    const calls = (state: (id: string) => Part): readonly Part[] =>
      Array.from({ length: 2_100 }, (_, index) => state(`c${String(index)}`));
    const { times } = watch([
      [0, agent()],
      [2, agent(...calls(working))],
      [4, agent(...calls(done))],
    ]);
    expect(times.size).toBe(2_000);
    expect(times.has('m1/99')).toBe(false);
    expect(times.get('m1/2099')?.ms).toBe(2_000);
  });
});

/** When a part begins and ends, in milliseconds since the run began. */
interface Life {
  readonly kind: 'tool' | 'reasoning' | 'step';
  readonly began: number;
  readonly ended: number;
}

/** Two turns. The first one is stopped at some moment and leaves unfinished parts behind. */
interface Run {
  readonly lives: readonly Life[];
  readonly stopped: number;
  readonly resumed: number;
}

const lives = fc
  .array(
    fc.record({
      kind: fc.constantFrom('tool' as const, 'reasoning' as const, 'step' as const),
      after: fc.nat(20_000),
      ms: fc.nat(60_000),
    }),
    { maxLength: 8, size: 'max' },
  )
  .map((some) => {
    let began = 0;
    return some.map(({ kind, after, ms }) => ({ kind, began: (began += after), ended: began + ms }));
  });
const run: fc.Arbitrary<Run> = fc
  .record({ lives, stopped: fc.nat(200_000), pause: fc.integer({ min: 60_000, max: 90_000 }) })
  .map(({ lives: some, stopped, pause }) => ({ lives: some, stopped, resumed: stopped + pause }));

function messageAt(id: string, { lives: all }: Run, now: number): Message {
  const there = all.filter(({ began }) => began <= now);
  return {
    id,
    role: 'assistant',
    parts: there.map(({ kind, ended }, index): Part => {
      if (kind === 'step') return STEP;
      const isOver = ended <= now;
      return kind === 'tool'
        ? tool('create_backtest', {
            callId: `c${String(index)}`,
            state: isOver ? 'output-available' : 'input-available',
          })
        : reasoning('', !isOver);
    }),
  };
}

const isLive = ({ stopped, resumed }: Run, now: number): boolean => now < stopped || now >= resumed;
function conversationAt(whole: Run, now: number): readonly Message[] {
  const first = messageAt('a', whole, Math.min(now, whole.stopped - 1));
  return now < whole.resumed
    ? [first]
    : [first, { id: 'u', role: 'user', parts: [] }, messageAt('b', whole, now - whole.resumed)];
}

/** When a part really began and ended. Undefined if it never did. */
function truthOf(
  whole: Run,
  messageId: string,
  index: number,
): { readonly began: number; readonly ended: number | undefined } | undefined {
  const life = whole.lives[index];
  if (!life) return undefined;
  const offset = messageId === 'b' ? whole.resumed : 0;
  const stop = messageId === 'a' ? whole.stopped : Number.POSITIVE_INFINITY;
  const next = whole.lives.slice(index + 1).find(({ kind, began }) => kind === 'step' && began + offset < stop);
  const ended = life.kind === 'step' ? (next?.began ?? (messageId === 'a' ? whole.stopped : undefined)) : life.ended;
  return {
    began: life.began + offset,
    ended: ended === undefined || ended + offset > stop ? undefined : ended + offset,
  };
}

/**
 * Reads at any times, close together and far apart. Each shows the conversation as it was at some moment of the read.
 * Now and then, a new window begins.
 */
const often = { weight: 8, arbitrary: fc.integer({ min: 100, max: 2_500 }) };
const reads = fc.array(
  fc.record({
    after: fc.oneof(often, { weight: 1, arbitrary: fc.nat(60_000) }),
    takes: fc.oneof(fc.nat(300), fc.nat(3_000)),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    newWindow: fc.nat(15),
  }),
  { minLength: 20, maxLength: 100, size: 'max' },
);

it('measure: is right within its error for any run and any reads, and measures nothing that it did not see', () => {
  let durations = 0;
  fc.assert(
    fc.property(run, reads, (whole, some) => {
      let observed = NOTHING_MEASURED;
      let clock = 0;
      const seenAtWork = new Set<string>();
      for (const { after, takes, at, newWindow } of some) {
        if (newWindow === 0) observed = fromStored(JSON.parse(JSON.stringify(toStored(observed))));
        const began = clock + after;
        const ended = began + takes;
        const moment = Math.round(began + takes * at);
        clock = ended;
        const live = isLive(whole, moment);
        const shown = conversationAt(whole, moment);
        observed = measure(observed, keepIdentity(observed.messages ?? [], shown), { began, ended, live });
        const again = measure(observed, keepIdentity(observed.messages ?? [], conversationAt(whole, moment)), {
          began: ended,
          ended,
          live,
        });
        expect(again.times).toBe(observed.times);
        for (const [key, { since, ms, within, step }] of observed.times) {
          const [messageId = '', index = ''] = key.split('/');
          const truth = truthOf(whole, messageId, Number(index));
          expect(truth).toBeDefined();
          if (!truth) continue;
          expect(step !== undefined).toBe(whole.lives[Number(index)]?.kind === 'step');
          if (ms === undefined) {
            // The part runs at this moment.
            expect(live).toBe(true);
            expect(truth.ended === undefined || truth.ended >= moment).toBe(true);
            seenAtWork.add(key);
            if (within === undefined) expect(truth.began).toBeLessThanOrEqual(since);
            else expect(Math.abs(since - truth.began)).toBeLessThanOrEqual(within);
          } else {
            durations++;
            expect(seenAtWork.has(key)).toBe(true);
            expect(Math.abs(ms - ((truth.ended ?? Number.NaN) - truth.began))).toBeLessThanOrEqual(within ?? 0);
            expect(within).toBeLessThanOrEqual(Math.max(2_500, ms * 0.25));
          }
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(durations).toBeGreaterThan(1_000);
});

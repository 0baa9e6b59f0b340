import { beforeEach, describe, expect, it } from 'vitest';
import { SeenRun } from '../../../../src/conversation/live/seenRun';
import type { Deployment } from '../../../../src/core/api/model';
import { momentOf } from '../../../../src/core/base/clock';
import { EMPTY_OUTBOX, addQueued } from '../../../../src/core/conversation/queue/outbox';
import { UNWATCHED_MS } from '../../../../src/core/watch/pace';
import { MovedClock } from '../../../support/clocks';

const running: Deployment = { deploymentId: 'A-1', status: 'Running' };
const endedAt = (ended: number): Deployment => ({ deploymentId: 'A-1', status: 'Completed', ended });
const waiting = addQueued(EMPTY_OUTBOX, { clientId: 'c1', text: 'Use SPY', at: 1 }, []);

let clock: MovedClock;
let run: SeenRun;
beforeEach(() => {
  clock = new MovedClock();
  run = new SeenRun(clock, EMPTY_OUTBOX);
});
const look = (deployment: Deployment): void => {
  run.look(deployment, momentOf(clock));
};
const isIdle = (): boolean => run.idle(clock.monotonicMs()) !== undefined;
const unwatched = (): readonly string[] => [...run.unwatched(waiting, momentOf(clock))];

describe('SeenRun: an idle run', () => {
  it('has ended, and stays idle from the first look on', () => {
    expect(isIdle()).toBe(false);
    look(running);
    expect(isIdle()).toBe(false);
    look(endedAt(1));
    clock.pass(5_000);
    look(endedAt(1));
    expect(run.idle(clock.monotonicMs())?.idleMs).toBeGreaterThanOrEqual(5_000);
  });

  it.each<[string, number, readonly Deployment[], boolean]>([
    ['still looks ended', 0, [endedAt(1)], false],
    ['has ended again', 0, [endedAt(2)], true],
    ['has run and ended', 0, [running, endedAt(1)], true],
    ['looks ended for half a minute', 30_001, [endedAt(1)], true],
  ])('is busy after a prompt until it starts: %s', (_, passedMs, looks, idle) => {
    look(endedAt(1));
    run.promptLeaves()();
    expect(isIdle()).toBe(false);
    clock.pass(passedMs);
    looks.forEach(look);
    expect(isIdle()).toBe(idle);
  });

  it('counts a new end as old when the run ended before the request reached the server', () => {
    look(endedAt(1));
    const reached = run.promptLeaves();
    look(endedAt(2));
    reached();
    look(endedAt(2));
    expect(isIdle()).toBe(true);
  });
});

describe('SeenRun: a run that may start again', () => {
  it('was sent a prompt in the last half minute', () => {
    expect(run.mayStartAgain).toBe(false);
    run.promptLeaves()();
    expect(run.mayStartAgain).toBe(true);
    clock.pass(30_001);
    expect(run.mayStartAgain).toBe(false);
  });

  it('may have been sent one by an earlier window', () => {
    expect(new SeenRun(clock, waiting).mayStartAgain).toBe(true);
  });
});

describe('SeenRun: a prompt whose run nobody watched', () => {
  it('is one of an earlier window, until the first look is over', () => {
    run = new SeenRun(clock, waiting);
    run.watchedUntil(momentOf(clock));
    expect(unwatched()).toEqual([]);
    run = new SeenRun(clock, waiting);
    run.askedFor('c1');
    expect(unwatched()).toEqual(['c1']);
  });

  it('is one that the machine slept over, unless the user asked for it since', () => {
    run.watchedUntil(momentOf(clock));
    clock.sleep(UNWATCHED_MS + 1_000);
    expect(unwatched()).toEqual(['c1']);
    run.askedFor('c1');
    expect(unwatched()).toEqual([]);
  });
});

it('SeenRun: knows how long ago the user asked for a prompt, and treats one of an earlier window as old', () => {
  run.askedFor('c1');
  clock.pass(7_000);
  const sentMs = run.sentMs(clock.monotonicMs());
  expect(sentMs('c1')).toBeGreaterThanOrEqual(7_000);
  expect(sentMs('c0')).toBe(Number.POSITIVE_INFINITY);
});

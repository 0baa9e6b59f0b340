import { describe, expect, it } from 'vitest';
import { momentOf, msWithSleep, systemClock, type Moment } from '../../../../src/core/base/clock';
import { MovedClock } from '../../../support/clocks';

const HOUR = 3_600_000;
const at = (wallMs: number, monotonicMs: number): Moment => ({ wallMs, monotonicMs });

describe('msWithSleep', () => {
  it.each([
    ['time passes on both clocks', at(5_000, 5_000), 5_000],
    ['the monotonic clock misses a sleep', at(HOUR, 2_000), HOUR],
    ['the monotonic clock counts the sleep too', at(HOUR, HOUR), HOUR],
    ['the wall clock is set back', at(-HOUR, 5_000), 5_000],
    ['the wall clock is set back during a sleep that the monotonic clock counts', at(0, HOUR), HOUR],
    ['both stand still', at(0, 0), 0],
    ['the wall clock is set back and no time has passed', at(-HOUR, 0), 0],
  ])('counts right when %s', (_, to, ms) => {
    expect(msWithSleep(at(0, 0), to)).toBe(ms);
  });
});

describe('systemClock', () => {
  it('has a monotonic reading that does not run back', () => {
    const readings = Array.from({ length: 100 }, () => systemClock.monotonicMs());
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
  });
});

describe('MovedClock', () => {
  it('sleeps on the wall clock alone', () => {
    const clock = new MovedClock();
    const before = momentOf(clock);
    clock.sleep(HOUR);
    const after = momentOf(clock);
    expect(after.wallMs - before.wallMs).toBeGreaterThanOrEqual(HOUR);
    expect(after.monotonicMs - before.monotonicMs).toBeLessThan(HOUR);
  });
});

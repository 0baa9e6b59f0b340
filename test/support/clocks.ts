/** Clocks that tests move. */
import { systemClock, type Clock } from '../../src/core/base/clock';

/** The system's clocks, both ahead by as much as `aheadMs` says at the moment. */
export function clockAhead(aheadMs: () => number): Clock {
  return { now: () => systemClock.now() + aheadMs(), monotonicMs: () => systemClock.monotonicMs() + aheadMs() };
}

/** A wall clock that says what it is told to, beside the system's monotonic clock. */
export function wallClock(now: () => number): Clock {
  return { now, monotonicMs: () => systemClock.monotonicMs() };
}

/**
 * The system's clocks with a difference each: time that passes, a sleep that the monotonic clock misses, a wall clock
 * that is set.
 */
export class MovedClock implements Clock {
  private wallAheadMs = 0;
  private monotonicAheadMs = 0;

  now(): number {
    return systemClock.now() + this.wallAheadMs;
  }

  monotonicMs(): number {
    return systemClock.monotonicMs() + this.monotonicAheadMs;
  }

  /** Time passes, on both clocks. */
  pass(ms: number): void {
    this.wallAheadMs += ms;
    this.monotonicAheadMs += ms;
  }

  /** The machine sleeps, and the monotonic clock stands still meanwhile. */
  sleep(ms: number): void {
    this.wallAheadMs += ms;
  }

  /** Somebody sets the wall clock, back by a negative number. */
  setWall(byMs: number): void {
    this.wallAheadMs += byMs;
  }
}

/** Clocks that tests can move. */
import { systemClock, type Clock } from '../../src/core/base/clock';

/** The system's clocks, both `aheadMs` ahead. */
export function clockAhead(aheadMs: () => number): Clock {
  return { now: () => systemClock.now() + aheadMs(), monotonicMs: () => systemClock.monotonicMs() + aheadMs() };
}

/** A wall clock that a test sets, with the system's monotonic clock. */
export function wallClock(now: () => number): Clock {
  return { now, monotonicMs: () => systemClock.monotonicMs() };
}

/**
 * The system's clocks, each with an offset. So time can pass, the machine can sleep, and somebody can set the wall
 * clock.
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

  /** Moves both clocks. */
  pass(ms: number): void {
    this.wallAheadMs += ms;
    this.monotonicAheadMs += ms;
  }

  /** Sleeps: only the wall clock moves. */
  sleep(ms: number): void {
    this.wallAheadMs += ms;
  }

  /** Sets the wall clock; a negative number sets it back. */
  setWall(byMs: number): void {
    this.wallAheadMs += byMs;
  }
}

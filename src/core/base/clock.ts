/** The clocks. A function that depends on the time gets one as an argument. */

/** Gives dates, never durations: people and programs set this clock forward and back. */
export interface WallClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export interface Clock extends WallClock {
  /**
   * Milliseconds since some moment in the past. It never goes back. On some systems it stops while the machine sleeps.
   */
  monotonicMs(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonicMs: () => performance.now() };

/** One moment on both clocks, for code that must notice that the machine slept. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export function momentOf(clock: Clock): Moment {
  return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
}

/**
 * How much time has passed, including sleep: the larger of what both clocks say. The monotonic clock can miss a sleep,
 * and somebody can set the wall clock back.
 * A wall clock that was set forward looks like a sleep. So use this only where a duration that is too long does no
 * harm.
 */
export function msWithSleep(from: Moment, to: Moment): number {
  return Math.max(0, to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs);
}

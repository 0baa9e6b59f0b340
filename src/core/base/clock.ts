/** Time, injected wherever a decision depends on it. */

/** What a calendar says. People and programs set it back and forward: it gives dates, never durations. */
export interface WallClock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}

export interface Clock extends WallClock {
  /**
   * Milliseconds since some moment in the past. Never runs back. On some systems it stands still while the machine
   * sleeps.
   */
  monotonicMs(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonicMs: () => performance.now() };

/** One moment on both clocks, for what must notice that the machine slept. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

export function momentOf(clock: Clock): Moment {
  return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
}

/**
 * How much time went by, sleep included: what the clock says that says more. The monotonic clock may miss a sleep, and
 * the wall clock may be set back.
 * A wall clock that is set forward cannot be told from sleep, so use this only where too long a time does no harm.
 */
export function msWithSleep(from: Moment, to: Moment): number {
  return Math.max(0, to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs);
}

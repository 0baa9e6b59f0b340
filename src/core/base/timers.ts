import { LONGEST_TIMER_MS } from './limits';

/**
 * A delay that timers obey, in milliseconds. Every computed delay goes through here: a timer fires at once for a delay
 * that is too long or is not a number, and whoever sets it again then runs in a hot loop.
 */
export function timerMs(delayMs: number): number {
  if (Number.isNaN(delayMs)) return LONGEST_TIMER_MS;
  return Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS);
}

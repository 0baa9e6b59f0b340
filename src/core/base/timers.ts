import { MAX_TIMER_MS } from './limits';

/**
 * A delay in milliseconds that timers respect. Use it for every computed delay. A timer fires at once if its delay is
 * too long or not a number, and code that sets it again would run in a hot loop.
 */
export function timerMs(delayMs: number): number {
  if (Number.isNaN(delayMs)) return MAX_TIMER_MS;
  return Math.min(Math.max(delayMs, 0), MAX_TIMER_MS);
}

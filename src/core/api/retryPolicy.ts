/**
 * Whether to try again, and when. Pure.
 * - `read`: try again wherever that can help.
 * - `idempotent` (update, rename, stop, delete): twice is the same as once. Try again if the connection broke or the
 *   server asked to come later. After a timeout or another 5xx the first try may still be running, so the user should
 *   look.
 * - `once` (create, prompt): never try again (docs/api/contract.md, "Failures"). One exception, a refusal because of a
 *   wrong clock, is decided in `connection.ts`, which knows the clock.
 */
import type { ApiFailure } from './errors';

export type Repeatability = 'read' | 'idempotent' | 'once';

export interface FailedAttempt {
  readonly repeatability: Repeatability;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly failure: ApiFailure;
  /** The answer came incomplete. */
  readonly cut: boolean;
  /** The milliseconds that are left for the call. */
  readonly remainingMs: number;
}

export const MAX_ATTEMPTS = 4;
const FIRST_WAIT_MS = 500;
export const MAX_WAIT_MS = 8_000;

/**
 * @param random a number in [0, 1).
 * @returns milliseconds to wait before the next attempt. Undefined: give up.
 */
export function waitBeforeRetry(failed: FailedAttempt, random: () => number): number | undefined {
  if (failed.attempt >= MAX_ATTEMPTS || !canHelp(failed)) return undefined;
  const limit = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (failed.attempt - 1));
  // Full jitter, so that many windows that failed together do not come back together.
  const waitMs =
    Math.round(random() * limit) + (failed.failure.kind === 'rateLimited' ? (failed.failure.retryAfterMs ?? 0) : 0);
  return waitMs < failed.remainingMs ? waitMs : undefined;
}

function canHelp({ repeatability, attempt, failure, cut }: FailedAttempt): boolean {
  if (repeatability === 'once') return false;
  const isRead = repeatability === 'read';
  switch (failure.kind) {
    case 'offline':
      return failure.cause !== 'certificate' && (isRead || failure.cause !== 'timeout');
    case 'rateLimited':
      return true;
    // A 500 that stays can mean bad credentials (contract.md), so asking four times is useless.
    case 'server':
      return failure.status === 503 || (isRead && (failure.status === 500 ? attempt === 1 : failure.status > 500));
    case 'contract':
      return isRead && cut;
    case 'auth':
    case 'clock':
    case 'rejected':
    case 'cancelled':
      return false;
  }
}

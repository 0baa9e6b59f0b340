import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiFailure } from '../../../../src/core/api/errors';
import {
  MAX_WAIT_MS,
  MAX_ATTEMPTS,
  waitBeforeRetry,
  type FailedAttempt,
  type Repeatability,
} from '../../../../src/core/api/retryPolicy';

const failed = (failure: ApiFailure, more: Partial<FailedAttempt> = {}): FailedAttempt => ({
  repeatability: 'read',
  attempt: 1,
  cut: false,
  remainingMs: 60_000,
  failure,
  ...more,
});
const half = () => 0.5;
const isRetried = (attempt: FailedAttempt) => waitBeforeRetry(attempt, half) !== undefined;

const FAILURES: Record<string, ApiFailure> = {
  unreachable: { kind: 'offline', cause: 'unreachable' },
  reset: { kind: 'offline', cause: 'reset' },
  timeout: { kind: 'offline', cause: 'timeout' },
  certificate: { kind: 'offline', cause: 'certificate' },
  429: { kind: 'rateLimited' },
  'Retry-After': { kind: 'rateLimited', retryAfterMs: 3000 },
  500: { kind: 'server', status: 500 },
  502: { kind: 'server', status: 502 },
  503: { kind: 'server', status: 503 },
  504: { kind: 'server', status: 504 },
  redirect: { kind: 'server', status: 302 },
  'a page': { kind: 'server', status: 200 },
  credentials: { kind: 'auth' },
  clock: { kind: 'clock', offsetMs: 1 },
  rejection: { kind: 'rejected', status: 200 },
  'missing key': { kind: 'contract', problem: 'x' },
  cancelled: { kind: 'cancelled' },
};

describe('trying again', () => {
  it.each<[Repeatability, string[]]>([
    ['read', ['unreachable', 'reset', 'timeout', '429', 'Retry-After', '500', '502', '503', '504']],
    ['idempotent', ['unreachable', 'reset', '429', 'Retry-After', '503']],
    ['once', []],
  ])('%s: only after %j', (repeatability, expected) => {
    const retried = Object.keys(FAILURES).filter((name) => isRetried(failed(FAILURES[name]!, { repeatability })));
    expect(retried.sort()).toEqual(expected.sort());
  });

  it('reads a cut body again, and changes nothing twice for it', () => {
    const cut = failed({ kind: 'contract', problem: 'x' }, { cut: true });
    expect(isRetried(cut)).toBe(true);
    expect(isRetried({ ...cut, repeatability: 'idempotent' })).toBe(false);
  });

  it('asks only once more after a 500', () => {
    expect(isRetried(failed(FAILURES['500']!, { attempt: 2 }))).toBe(false);
    expect(isRetried(failed(FAILURES['502']!, { attempt: 2 }))).toBe(true);
  });

  it('doubles the limit of the wait and takes a random part of it', () => {
    const waits = [1, 2, 3].map((attempt) => waitBeforeRetry(failed(FAILURES.reset!, { attempt }), half));
    expect(waits).toEqual([250, 500, 1000]);
    expect(waitBeforeRetry(failed(FAILURES.reset!), () => 0)).toBe(0);
  });

  it('waits at least as long as the server asked', () => {
    expect(waitBeforeRetry(failed(FAILURES['Retry-After']!), half)).toBe(3250);
  });

  it('gives up instead of waiting beyond the time limit', () => {
    expect(waitBeforeRetry(failed(FAILURES['Retry-After']!, { remainingMs: 3000 }), half)).toBeUndefined();
    expect(waitBeforeRetry(failed(FAILURES.reset!, { remainingMs: 0 }), () => 0)).toBeUndefined();
  });

  it('ends, waits within bounds, and never repeats what must happen once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(FAILURES)),
        fc.constantFrom<Repeatability>('read', 'idempotent', 'once'),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.integer({ min: -1000, max: 100_000 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failure, repeatability, attempt, cut, remainingMs, random) => {
          const wait = waitBeforeRetry({ failure, repeatability, attempt, cut, remainingMs }, () => random);
          if (wait === undefined) return;
          expect(repeatability).not.toBe('once');
          expect(attempt).toBeLessThan(MAX_ATTEMPTS);
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThan(remainingMs);
          expect(wait).toBeLessThanOrEqual(
            MAX_WAIT_MS + (failure.kind === 'rateLimited' ? (failure.retryAfterMs ?? 0) : 0),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });
});

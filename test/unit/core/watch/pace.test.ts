import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApiFailure } from '../../../../src/core/api/errors';
import { nextConversationReadMs, nextTasksReadMs } from '../../../../src/core/watch/pace';

const failure = fc.constantFrom<ApiFailure>(
  { kind: 'offline', cause: 'reset' },
  { kind: 'server', status: 503, retryAfterMs: 40_000 },
  { kind: 'rateLimited', retryAfterMs: 90_000 },
  { kind: 'contract', problem: '' },
);

describe('The pace of reading', () => {
  it('reads nothing while hidden', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(20), failure, (anyActive, failures, lastFailure) => {
        expect(nextTasksReadMs({ isVisible: false, anyActive, failures, lastFailure })).toBeUndefined();
        expect(
          nextConversationReadMs({ isVisible: false, isSettled: anyActive, unchangedReads: 0, failures, lastFailure }),
        ).toBeUndefined();
      }),
    );
  });

  it('is faster while something runs', () => {
    expect(nextTasksReadMs({ isVisible: true, anyActive: true, failures: 0 })).toBeLessThan(
      nextTasksReadMs({ isVisible: true, anyActive: false, failures: 0 }) ?? 0,
    );
  });

  it('never gets faster after failures, and never waits less than the server asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), failure, (failures, lastFailure) => {
        const pace = { isVisible: true, isSettled: false, unchangedReads: 0, lastFailure };
        const wait = nextConversationReadMs({ ...pace, failures }) ?? 0;
        expect(wait).toBeLessThanOrEqual(nextConversationReadMs({ ...pace, failures: failures + 1 }) ?? 0);
        if ('retryAfterMs' in lastFailure) expect(wait).toBeGreaterThanOrEqual(lastFailure.retryAfterMs ?? 0);
      }),
    );
  });

  it('waits for the user when the credentials were refused', () => {
    expect(
      nextTasksReadMs({ isVisible: true, anyActive: true, failures: 1, lastFailure: { kind: 'auth' } }),
    ).toBeUndefined();
  });

  it('stops when a run has ended and every prompt has appeared, and slows down while nothing changes', () => {
    expect(
      nextConversationReadMs({ isVisible: true, isSettled: true, unchangedReads: 0, failures: 0 }),
    ).toBeUndefined();
    const at = (unchangedReads: number): number =>
      nextConversationReadMs({ isVisible: true, isSettled: false, unchangedReads, failures: 0 }) ?? 0;
    expect(at(50)).toBe(10_000);
    expect(at(0)).toBe(1_500);
  });
});

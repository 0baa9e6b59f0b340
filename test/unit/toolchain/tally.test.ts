import { describe, expect, it } from 'vitest';
import { counts, sum, tallyOfVitest, verdict } from '../../../scripts/lib/tally.mjs';

const ended = { code: 0, timedOut: false };
const report = (...tests: [string, string][]) => ({
  testResults: [
    {
      name: 'a.test.ts',
      status: tests.some(([, status]) => status === 'failed') ? 'failed' : 'passed',
      message: '',
      assertionResults: tests.map(([fullName, status]) => ({
        fullName,
        status,
        failureMessages: ['broke\n at line 3'],
      })),
    },
  ],
});

describe('counting what vitest reports', () => {
  it('counts passed, failed and skipped tests, and names the failed ones with the first line of their reason', () => {
    expect(
      tallyOfVitest(report(['adds', 'passed'], ['divides', 'failed'], ['later', 'todo'], ['never', 'skipped'])),
    ).toEqual({ passed: 1, failed: 1, skipped: 2, failures: ['divides: broke'] });
  });

  it('counts a file that broke outside its tests as a failure', () => {
    const broken = {
      testResults: [{ name: 'b.test.ts', status: 'failed', message: 'cannot import', assertionResults: [] }],
    };
    expect(tallyOfVitest(broken)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['b.test.ts: cannot import'] });
  });

  it('counts a file whose tests were skipped because its setup broke as a failure', () => {
    const broken = report(['adds', 'skipped']);
    broken.testResults[0]!.status = 'failed';
    expect(tallyOfVitest(broken).failed).toBe(1);
  });
});

describe('the result of a stage', () => {
  it('is the tally when the runner agrees with it', () => {
    const tally = tallyOfVitest(report(['adds', 'passed']));
    expect(verdict(tally, ended)).toEqual(tally);
  });

  it.each([
    ['left no result', undefined, ended],
    ['ran no test', tallyOfVitest({ testResults: [] }), ended],
    ['did not end in time', tallyOfVitest(report(['adds', 'passed'])), { code: 1, timedOut: true }],
    ['although no test failed', tallyOfVitest(report(['adds', 'passed'])), { code: 1, timedOut: false }],
  ])('is a failure when the runner %s', (reason, tally, how) => {
    const { failed, failures } = verdict(tally, how);
    expect(failed).toBe(1);
    expect(failures[0]).toContain(reason);
  });

  it('counts skipped tests alone as no test', () => {
    expect(verdict(tallyOfVitest(report(['later', 'todo'])), ended).failed).toBe(1);
  });
});

describe('the closing line', () => {
  it('adds up the stages', () => {
    const stage = { passed: 2, failed: 1, skipped: 0, failures: ['x'] };
    expect(counts(sum([stage, stage]))).toBe('4 passed, 2 failed');
  });

  it('mentions skipped tests only when there are some', () => {
    expect(counts({ passed: 1, failed: 0, skipped: 3, failures: [] })).toBe('1 passed, 0 failed, 3 skipped');
  });
});

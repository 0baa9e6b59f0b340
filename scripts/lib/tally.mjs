// @ts-check
// Counts tests of all runners.

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Tally failures: names, with the
 * first line of the reason
 */

/** @returns {Tally} */
export const one = () => ({ passed: 1, failed: 0, skipped: 0, failures: [] });

/** @param {string} failure @returns {Tally} */
export const oneFailed = (failure) => ({ passed: 0, failed: 1, skipped: 0, failures: [failure] });

/**
 * The counts of vitest's JSON report. A file that broke before or after its tests counts as a failed test.
 * @param {any} report
 * @returns {Tally}
 */
export function tallyOfVitest(report) {
  const files = /** @type {any[]} */ (report.testResults);
  const tests = files.flatMap((file) => file.assertionResults);
  const failures = tests
    .filter(({ status }) => status === 'failed')
    .map((test) => named(test.fullName, test.failureMessages[0]));
  const broken = files
    .filter(
      (file) =>
        file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
    )
    .map((file) => named(file.name, file.message));
  const passed = tests.filter(({ status }) => status === 'passed').length;
  return {
    passed,
    failed: failures.length + broken.length,
    skipped: tests.length - passed - failures.length,
    failures: [...failures, ...broken],
  };
}

/**
 * The counts of a runner that has ended. No report, no test, or a failure outside of the tests counts as a failed test.
 * @param {Tally | undefined} tally undefined: the runner left no report
 * @param {{ code: number, timedOut: boolean }} ended
 * @returns {Tally}
 */
export function verdict(tally, { code, timedOut }) {
  if (timedOut) return withFailure(tally, 'did not end in time');
  if (!tally) return oneFailed(`ended with code ${code} and left no result`);
  if (tally.passed + tally.failed === 0) return withFailure(tally, 'ran no test');
  if (code !== 0 && tally.failed === 0) return withFailure(tally, `ended with code ${code} although no test failed`);
  return tally;
}

/** @param {Tally | undefined} tally @param {string} failure @returns {Tally} */
function withFailure(tally, failure) {
  const { passed, failed, skipped, failures } = tally ?? { passed: 0, failed: 0, skipped: 0, failures: [] };
  return { passed, failed: failed + 1, skipped, failures: [...failures, failure] };
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.reduce((total, { skipped }) => total + skipped, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** @param {Tally} tally */
export function counts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {string} name @param {string | undefined} reason */
function named(name, reason) {
  const [first = ''] = (reason ?? '').split('\n');
  return first === '' ? name : `${name}: ${first}`;
}

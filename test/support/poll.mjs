// @ts-check
// The only code in tests that uses the clock: to look again, and to give up in the end.

const AGAIN_MS = 25;
/** Far longer than anything takes, even on a busy machine. Nothing waits for it; it only ends what would never end. */
const PATIENCE_MS = 50_000;

/**
 * Looks again and again until there is something to see.
 * @template T
 * @param {string} what what is waited for, for the error
 * @param {() => T | undefined | false | Promise<T | undefined | false>} look
 * @param {{ timeoutMs?: number, everyMs?: number }} [options] everyMs: for a look that does something, such as pressing
 * a key again
 * @returns {Promise<T>}
 */
export async function until(what, look, { timeoutMs = PATIENCE_MS, everyMs = AGAIN_MS } = {}) {
  for (const end = performance.now() + timeoutMs; ;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`This did not happen: ${what}`);
    await new Promise((resolve) => {
      // eslint-disable-next-line tests/no-fixed-wait -- between two looks: the state that is waited for decides, not this time
      setTimeout(resolve, everyMs);
    });
  }
}

// @ts-check
// What the scripts say while they work.

/** A reason a person can act on. Printed without a stack. */
export class Problem extends Error {}

/** @param {number} ms */
export function duration(ms) {
  const seconds = ms / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** @param {string} text */
export function say(text) {
  console.log(`» ${text}`);
}

/**
 * Says what is being done, does it, and says how long it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  say(`${what} …`);
  const start = performance.now();
  const result = await work();
  say(`${what}: done in ${duration(performance.now() - start)}`);
  return result;
}

/**
 * Runs a script to its end: a Problem is told in its own words, anything else with its stack. Exit code 1 for both.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exit(1);
  }
}

// @ts-check
// What the scripts say while they work.
import process from 'node:process';

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
 * Says what is being done, does it, and ends the same line with how long it took. The work prints nothing meanwhile.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  process.stdout.write(`» ${what} … `);
  const start = performance.now();
  try {
    const result = await work();
    console.log(duration(performance.now() - start));
    return result;
  } catch (error) {
    console.log('failed');
    throw error;
  }
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

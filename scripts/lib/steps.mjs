// @ts-check
// What the scripts print while they work.
import process from 'node:process';

/** A failure that the user can fix. It is printed without a stack. */
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
 * Prints what it does, does it, and ends the same line with the duration. The work must print nothing meanwhile.
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
 * Runs a script to its end. Prints a Problem as its message, and any other error with its stack. Both exit with code 1.
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

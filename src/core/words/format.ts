/** Numbers as a reader takes them in. Pure, and the same everywhere: tree, panel and documents. */

/** `950`, `48.1k`, `1.2M`. */
export function formatTokens(count: number): string {
  if (count < 1_000) return String(Math.round(count));
  if (count < 99_950) return `${(count / 1_000).toFixed(1)}k`;
  if (count < 999_500) return `${String(Math.round(count / 1_000))}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/** `0.8 s`, `41 s`, `3 m 12 s`, `2 h 5 m`, `3 d 4 h`. Fractions only below ten seconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1_000;
  if (seconds < 9.95) return `${String(Number(seconds.toFixed(1)))} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3_600) return pair(whole, 60, 'm', 1, 's');
  if (whole < 86_400) return pair(whole, 3_600, 'h', 60, 'm');
  return pair(whole, 86_400, 'd', 3_600, 'h');
}

function pair(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${String(Math.floor(seconds / large))} ${largeUnit}${rest === 0 ? '' : ` ${String(rest)} ${smallUnit}`}`;
}

/** Kept, as making one takes longer than a hundred numbers do. */
const numbers = new Intl.NumberFormat('en-US');

/** `1 order`, `142 orders`. */
export function plural(count: number, noun: string): string {
  return `${numbers.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

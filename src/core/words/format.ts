/** Numbers as a reader takes them in. Pure, and the same everywhere: tree, panel and documents. */

import { render } from './render';
import { count, joined, say, type Words } from './words';

/** `950`, `48.1k`, `1.2M`. */
export function formatTokens(count: number): string {
  if (count < 1_000) return String(Math.round(count));
  if (count < 99_950) return `${(count / 1_000).toFixed(1)}k`;
  if (count < 999_500) return `${String(Math.round(count / 1_000))}k`;
  return `${(count / 1_000_000).toFixed(1)}M`;
}

/**
 * How long something took, for tree, panel, lists and exports: `0.8 s`, `41 s`, `3 m 12 s`, `2 h 5 m`, `3 d 4 h`.
 * Fractions only below ten seconds.
 */
export function formatDuration(ms: number): string {
  return render(durationWords(Math.max(0, ms) / 1_000), 'page');
}

function durationWords(seconds: number): Words {
  if (seconds < 9.95) return say('duration.seconds', Number(seconds.toFixed(1)));
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const hours = Math.floor(whole / 3_600);
  const days = Math.floor(whole / 86_400);
  if (minutes === 0) return say('duration.seconds', whole);
  if (hours === 0)
    return joined([say('duration.minutes', minutes), whole % 60 > 0 && say('duration.seconds', whole % 60)]);
  if (days === 0)
    return joined([say('duration.hours', hours), minutes % 60 > 0 && say('duration.minutes', minutes % 60)]);
  return joined([say('duration.days', days), hours % 24 > 0 && say('duration.hours', hours % 24)]);
}

/** From which length on a duration is told in a unit, in milliseconds: when it fills it one and a half times. */
const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;

/** How long something is, inside a sentence: `3 minutes`. One unit is near enough to act on. At least one second. */
export function roughDuration(ms: number, round = Math.round): Words {
  const [unitMs, unit] = UNITS.find(([size]) => ms >= size * 1.5) ?? UNITS[3];
  return count(Math.max(1, round(ms / unitMs)), unit);
}

/**
 * Measured times: when parts ran and for how long. The API dates messages, not parts. Measured times
 * are plain JSON, because they are saved and sent to the page.
 */
import { formatDuration } from '../../words/format';

/** The measured time of one part. Without `ms` the part is running. */
export interface PartTime {
  /** When it began, epoch milliseconds, give or take `within`. If nobody saw that: when it was first seen. */
  readonly since: number;
  /** How long it took, in milliseconds, give or take `within`. */
  readonly ms?: number;
  /** The largest possible error in either direction, in milliseconds. Missing if nobody saw the part begin. */
  readonly within?: number;
  /** For a step: its number in the message, from 1. */
  readonly step?: number;
}

/** The times of parts, by `partKey`. */
export type PartTimes = ReadonlyMap<string, PartTime>;

/** The new time of a part, or null if nothing is known any more. */
export type PartTimeChange = readonly [key: string, time: PartTime | null];

/** The changes that turn `before` into `after`. */
export function timesBetween(before: PartTimes, after: PartTimes): readonly PartTimeChange[] {
  if (before === after) return [];
  const changes: PartTimeChange[] = [];
  for (const key of before.keys()) if (!after.has(key)) changes.push([key, null]);
  for (const [key, time] of after) if (before.get(key) !== time) changes.push([key, time]);
  return changes;
}

/** The times after the changes, in the form that the page gets. Unchanged times stay the same objects. */
export function withTimes(
  times: readonly (readonly [string, PartTime])[],
  changes: readonly PartTimeChange[],
): readonly (readonly [string, PartTime])[] {
  const next = new Map(times);
  for (const [key, time] of changes) {
    if (time) next.set(key, time);
    else next.delete(key);
  }
  return [...next];
}

/** Steps to round durations to, in milliseconds. A reader thinks in them. */
const GRAINS = [30 * 60_000, 10 * 60_000, 5 * 60_000, 60_000, 30_000, 10_000, 5_000] as const;

/** A duration such as `8 s` or `2 m 5 s`, rounded to what is known: whole seconds, or coarser. At least a second. */
export function formatAbout({ ms = 0, within = 0 }: Pick<PartTime, 'ms' | 'within'>): string {
  const grain = GRAINS.find((size) => size <= within) ?? 1_000;
  return formatDuration(Math.max(1_000, Math.round(ms / grain) * grain));
}

/** How long a part has been running, in whole seconds. `41 s+` if nobody saw it begin. */
export function formatRunning({ since, within }: PartTime, now: number): string {
  const elapsed = formatDuration(Math.max(0, Math.floor((now - since) / 1_000) * 1_000));
  return within === undefined ? `${elapsed}+` : elapsed;
}

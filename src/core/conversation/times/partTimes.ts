/**
 * When parts ran and for how long, as far as it was seen: the API dates messages, not parts. Plain JSON, as it crosses
 * to the page and is kept.
 */
import { formatDuration } from '../../words/format';

/** What is known of one part's time. Without `ms` it runs. Epoch milliseconds and milliseconds. */
export interface PartTime {
  /** When it began, within `within`. Where nobody saw it begin: when it was seen first, and `within` is missing. */
  readonly since: number;
  /** How long it took, within `within`. */
  readonly ms?: number;
  /** How far what is told can be from the truth, either way: nobody looked in between. */
  readonly within?: number;
  /** Of a step: which one of its message, from 1. */
  readonly step?: number;
}

/** Times by the `partKey` of their part. */
export type PartTimes = ReadonlyMap<string, PartTime>;

/** A part's time, or null where nothing can be told of it any more. */
export type PartTimeChange = readonly [key: string, time: PartTime | null];

/** The changes that turn `before` into `after`. */
export function timesBetween(before: PartTimes, after: PartTimes): readonly PartTimeChange[] {
  if (before === after) return [];
  const changes: PartTimeChange[] = [];
  for (const key of before.keys()) if (!after.has(key)) changes.push([key, null]);
  for (const [key, time] of after) if (before.get(key) !== time) changes.push([key, time]);
  return changes;
}

/** The times after the changes, as they cross to the page; what did not change stays the same object. */
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

/** Grains that a reader thinks in: seconds, minutes, hours. */
const GRAINS = [30 * 60_000, 10 * 60_000, 5 * 60_000, 60_000, 30_000, 10_000, 5_000] as const;

/** `8 s`, `2 m 5 s`: whole seconds, and no finer than what is known of it. At least a second. */
export function formatAbout({ ms = 0, within = 0 }: Pick<PartTime, 'ms' | 'within'>): string {
  const grain = GRAINS.find((size) => size <= within) ?? 1_000;
  return formatDuration(Math.max(1_000, Math.round(ms / grain) * grain));
}

/** Of a part that runs: how long it has, in whole seconds. `41 s+` where nobody saw it begin. */
export function formatRunning({ since, within }: PartTime, now: number): string {
  const elapsed = formatDuration(Math.max(0, Math.floor((now - since) / 1_000) * 1_000));
  return within === undefined ? `${elapsed}+` : elapsed;
}

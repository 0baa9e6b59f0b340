import type { EpochMs } from '../core/api/model';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** A date as the API writes it: `2026-05-12 17:08:53`, in UTC without a zone. */
export function apiDate(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

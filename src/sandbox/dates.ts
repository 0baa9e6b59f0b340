import type { EpochMs } from '../core/api/model';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** As the API writes an instant: `2026-05-12 17:08:53`, UTC without saying so. */
export function apiDate(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

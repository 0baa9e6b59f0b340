import type { EpochMs } from '../../core/api/model';

/** A point in time as a tooltip has it. */
export function instant(value: EpochMs | undefined): string | undefined {
  return value === undefined ? undefined : new Date(value).toLocaleString();
}

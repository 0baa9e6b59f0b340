import type { EpochMs } from '../../core/api/model';
import { formatDate } from '../../core/words/dates';

/** A point in time as a tooltip has it. */
export function instant(value: EpochMs | undefined): string | undefined {
  return value === undefined ? undefined : formatDate(value, 'exact');
}

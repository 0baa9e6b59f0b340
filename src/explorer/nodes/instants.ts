import type { EpochMs } from '../../core/api/model';
import { formatDate } from '../../core/words/dates';

/** A date as tooltips show it. */
export function instant(value: EpochMs | undefined): string | undefined {
  return value === undefined ? undefined : formatDate(value, 'exact');
}

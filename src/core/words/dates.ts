/**
 * Instants as a reader takes them in: one form for each purpose, the same in tree, panel, lists and documents. Local
 * time in the language of the texts, except in exports, which are UTC.
 */
import { textLanguage, written } from './texts';

/** What the date is for. */
export type DateForm =
  /** Names a run or a version in a list, and wherever the same is meant: `Nov 18, 4:51 PM`. */
  | 'row'
  /** Every digit, for a tooltip: `Wednesday, November 18, 2026 at 4:51:07 PM UTC`. */
  | 'exact'
  /** `4:51 PM`. */
  | 'time'
  /** `4:51:07 PM`. */
  | 'timeWithSeconds'
  /** `Wed, Nov 18`. */
  | 'day'
  /** `Wed, Nov 18, 2026`. */
  | 'dayWithYear';

const FORMS: Readonly<Record<DateForm, Intl.DateTimeFormatOptions>> = {
  row: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  exact: { dateStyle: 'full', timeStyle: 'long' },
  time: { hour: 'numeric', minute: '2-digit' },
  timeWithSeconds: { timeStyle: 'medium' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  dayWithYear: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
};

/** Whose date it is. Left out: the reader's own language and time zone. */
export interface DateOptions {
  readonly locale?: string;
  readonly timeZone?: string;
}

/** Kept, as making one takes longer than a hundred dates do. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant in one of the forms. @param at epoch milliseconds. */
export function formatDate(at: number, form: DateForm, options: DateOptions = {}): string {
  if (!isDate(at)) return written('words.unknownDate');
  const locale = options.locale ?? localeOf(textLanguage());
  const key = [form, locale, options.timeZone].join();
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      ...FORMS[form],
      ...(options.timeZone && { timeZone: options.timeZone }),
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/** As exports write it, in English: `2026-11-23 14:02:11 UTC`. */
export function formatUtc(at: number): string {
  return isDate(at) ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : 'unknown';
}

function isDate(at: number): boolean {
  return !Number.isNaN(new Date(at).getTime());
}

/** The locale of this computer where it speaks the language of the texts: it knows the reader's country. */
function localeOf(language: string): string {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return new Intl.Locale(locale).language === new Intl.Locale(language).language ? locale : language;
}

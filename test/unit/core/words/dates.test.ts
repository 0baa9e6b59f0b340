import { afterEach, describe, expect, it } from 'vitest';
import { formatDate, formatUtc, type DateForm } from '../../../../src/core/words/dates';
import { useTexts } from '../../../../src/core/words/texts';
import { coreTexts } from '../../../../src/texts/coreTexts';

const AT = Date.UTC(2026, 10, 18, 16, 51, 7);
/** Some versions of `Intl` put a narrow space before PM. */
const plain = (text: string): string => text.replace(/\u202f/g, ' ');

afterEach(() => useTexts(coreTexts()));

describe('formatDate', () => {
  it.each<[DateForm, string, string, string]>([
    ['row', 'en-US', 'UTC', 'Nov 18, 4:51 PM'],
    ['row', 'de', 'Europe/Berlin', '18. Nov., 17:51'],
    ['exact', 'en-US', 'UTC', 'Wednesday, November 18, 2026 at 4:51:07 PM UTC'],
    ['exact', 'en-US', 'America/New_York', 'Wednesday, November 18, 2026 at 11:51:07 AM EST'],
    ['time', 'en-US', 'UTC', '4:51 PM'],
    ['timeWithSeconds', 'en-GB', 'UTC', '16:51:07'],
    ['day', 'en-US', 'Asia/Tokyo', 'Thu, Nov 19'],
    ['dayWithYear', 'en-US', 'UTC', 'Wed, Nov 18, 2026'],
  ])('%s in %s, %s: %s', (form, locale, timeZone, text) => {
    expect(plain(formatDate(AT, form, { locale, timeZone }))).toBe(text);
  });

  it('follows the language of the texts', () => {
    useTexts({ ...coreTexts(), language: 'fr' });
    expect(formatDate(AT, 'exact', { timeZone: 'UTC' })).toMatch(/^mercredi 18 novembre 2026/);
  });

  it('says that a number is no date', () => {
    expect([formatDate(Number.NaN, 'row'), formatDate(1e20, 'exact'), formatUtc(1e20)]).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});

describe('formatUtc', () => {
  it('is UTC to the second', () => {
    expect(formatUtc(AT)).toBe('2026-11-18 16:51:07 UTC');
  });
});

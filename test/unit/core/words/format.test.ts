import { describe, expect, it } from 'vitest';
import { formatDuration, formatTokens, roughDuration } from '../../../../src/core/words/format';
import { render } from '../../../../src/core/words/render';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1.0k'],
    [6_004, '6.0k'],
    [48_100, '48.1k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [128_400, '128k'],
    [999_499, '999k'],
    [999_500, '1.0M'],
    [1_234_567, '1.2M'],
  ])('%i tokens read %s', (count, text) => {
    expect(formatTokens(count)).toBe(text);
  });

  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [840, '0.8 s'],
    [3_000, '3 s'],
    [3_400, '3.4 s'],
    [9_960, '10 s'],
    [41_000, '41 s'],
    [59_700, '1 m'],
    [60_000, '1 m'],
    [192_000, '3 m 12 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 m'],
    [86_400_000, '1 d'],
    [273_600_000, '3 d 4 h'],
  ])('%i ms read %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('roughDuration', () => {
  it.each([
    [-1, '1 second'],
    [59_400, '59 seconds'],
    [90_000, '2 minutes'],
    [3_540_000, '59 minutes'],
    [47 * 3_600_000, '2 days'],
  ])('says of %i ms: %s', (ms, text) => {
    expect(render(roughDuration(ms), 'notification')).toBe(text);
  });

  it('rounds up where less would be too soon', () => {
    expect(render(roughDuration(121_000, Math.ceil), 'notification')).toBe('3 minutes');
  });
});

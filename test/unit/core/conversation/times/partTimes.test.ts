import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAbout,
  formatRunning,
  timesBetween,
  withTimes,
  type PartTime,
} from '../../../../../src/core/conversation/times/partTimes';

describe('formatAbout', () => {
  it.each([
    [8_200, 1_500, '8 s'],
    [400, 800, '1 s'],
    [61_400, 1_500, '1 m 1 s'],
    [61_400, 6_000, '1 m'],
    [127_000, 5_500, '2 m 5 s'],
    [127_000, 12_000, '2 m 10 s'],
    [1_000_000, 100_000, '17 m'],
    [7_300_000, 400_000, '2 h'],
  ])('%i ms, give or take %i, is about %s', (ms, within, words) => {
    expect(formatAbout({ ms, within })).toBe(words);
  });

  it('rounds to what is known, and at least to whole seconds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 3_599_000 }), fc.nat(600_000), (ms, within) => {
        const [, minutes, seconds] = /^(?:(\d+) m)? ?(?:(\d+) s)?$/.exec(formatAbout({ ms, within })) ?? [];
        const shown =
          formatAbout({ ms, within }) === '1 h'
            ? 3_600_000
            : Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * 1_000;
        expect(Math.abs(shown - ms)).toBeLessThanOrEqual(Math.max(500, within / 2));
      }),
    );
  });
});

it('formatRunning: counts whole seconds, and adds a plus if nobody saw the part begin', () => {
  expect([
    formatRunning({ since: 1_000, within: 800 }, 9_900),
    formatRunning({ since: 1_000 }, 62_500),
    formatRunning({ since: 5_000, within: 0 }, 1_000),
  ]).toEqual(['8 s', '1 m 1 s+', '0 s']);
});

const time = fc.record({ since: fc.nat(3), ms: fc.nat(3), within: fc.nat(3) });
const times: fc.Arbitrary<ReadonlyMap<string, PartTime>> = fc
  .array(fc.tuple(fc.constantFrom('a/0', 'a/1', '__proto__/0', 'b/0'), time))
  .map((entries) => new Map(entries));

it('timesBetween: its changes turn one set of times into the other, and name no unchanged part', () => {
  fc.assert(
    fc.property(times, times, (before, some) => {
      const after = new Map(
        [...some].map(([key, value]) => [key, before.get(key)?.ms === value.ms ? (before.get(key) ?? value) : value]),
      );
      const changes = timesBetween(before, after);
      expect(new Map(withTimes([...before], changes))).toEqual(after);
      for (const [key] of changes) expect(before.get(key)).not.toBe(after.get(key));
      expect(timesBetween(after, after)).toEqual([]);
    }),
  );
});

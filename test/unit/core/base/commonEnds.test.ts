import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonPrefix, commonSuffix } from '../../../../src/core/base/commonEnds';

it('commonEnds: is never too high, and at most seven too low', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 100 });
  fc.assert(
    fc.property(few, few, few, few, (before, a, b, after) => {
      const [one, other] = [before + a + after, before + b + after];
      const ends = [commonPrefix, commonSuffix].map((end) => end(one, 0, one.length, other, 0, other.length));
      const most = Math.min(one.length, other.length);
      let prefix = 0;
      while (prefix < most && one[prefix] === other[prefix]) prefix++;
      let suffix = 0;
      while (suffix < most && one.at(-1 - suffix) === other.at(-1 - suffix)) suffix++;
      for (const [index, exact] of [prefix, suffix].entries()) {
        expect(ends[index]).toBeLessThanOrEqual(exact);
        expect(ends[index]).toBeGreaterThanOrEqual(exact - 7);
      }
    }),
  );
});

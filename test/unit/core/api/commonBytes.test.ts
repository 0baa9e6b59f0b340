import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPrefix, commonSuffix } from '../../../../src/core/api/commonBytes';

const whole = (text: string) => {
  const bytes = Buffer.from(text);
  return { bytes, from: 0, to: bytes.length };
};

describe('commonPrefix and commonSuffix', () => {
  it('count the equal bytes, in short and long ranges', () => {
    for (const length of [0, 1, 15, 16, 255, 65_535, 65_536, 200_000]) {
      const same = 'x'.repeat(length);
      expect(commonPrefix(whole(`${same}a`), whole(`${same}b`))).toBe(length);
      expect(commonSuffix(whole(`a${same}`), whole(`b${same}`))).toBe(length);
      expect(commonPrefix(whole(same), whole(`${same}b`))).toBe(length);
      expect(commonSuffix(whole(same), whole(`b${same}`))).toBe(length);
    }
  });

  it('look at nothing outside of the ranges', () => {
    const { bytes } = whole('abcabc');
    expect(commonPrefix({ bytes, from: 0, to: 2 }, { bytes, from: 3, to: 6 })).toBe(2);
    expect(commonSuffix({ bytes, from: 1, to: 3 }, { bytes, from: 3, to: 6 })).toBe(2);
    expect(commonPrefix({ bytes, from: 4, to: 2 }, { bytes, from: 0, to: 6 })).toBe(0);
  });

  it('agree with a loop over bytes', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [Buffer.from(a), Buffer.from(b)];
        const most = Math.min(x.length, y.length);
        let prefix = 0;
        while (prefix < most && x[prefix] === y[prefix]) prefix++;
        let suffix = 0;
        while (suffix < most && x[x.length - 1 - suffix] === y[y.length - 1 - suffix]) suffix++;
        expect([commonPrefix(whole(a), whole(b)), commonSuffix(whole(a), whole(b))]).toEqual([prefix, suffix]);
      }),
    );
  });
});

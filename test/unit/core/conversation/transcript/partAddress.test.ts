import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameAddress, parsePartKey, partKey } from '../../../../../src/core/conversation/transcript/partAddress';

const address = fc.record({
  messageId: fc.oneof(fc.string(), fc.constantFrom('', '/', 'm/0', 'm/0/', 'a/1/2')),
  partIndex: fc.nat(),
});

describe('partAddress', () => {
  it('writes the key that earlier versions used for stored times and folds', () => {
    expect(partKey({ messageId: 'm/0', partIndex: 3 })).toBe('m/0/3');
  });

  it('reads back every key that it wrote', () => {
    fc.assert(
      fc.property(address, (one) => {
        expect(parsePartKey(partKey(one))).toEqual(one);
      }),
    );
  });

  it('gives different parts different keys', () => {
    fc.assert(fc.property(address, address, (a, b) => (partKey(a) === partKey(b)) === isSameAddress(a, b)));
  });
});

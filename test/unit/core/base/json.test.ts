import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { field, listField, numberField, sameJson, textField } from '../../../../src/core/base/json';

describe('json', () => {
  it('reads only own fields', () => {
    expect(field({ a: 1 }, 'a')).toBe(1);
    for (const value of [{}, [], null, 'x']) expect(field(value, 'constructor')).toBeUndefined();
  });

  it('reads texts, numbers and lists for what they are', () => {
    expect([textField({ a: '' }, 'a'), textField({ a: 7 }, 'a'), textField({ a: 'x' }, 'a')]).toEqual([
      undefined,
      undefined,
      'x',
    ]);
    expect([7, '7.5', ' ', 'x', '1e999', Number.NaN, true].map((a) => numberField({ a }, 'a'))).toEqual([
      7,
      7.5,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([listField({ a: [1] }, 'a'), listField({ a: {} }, 'a')]).toEqual([[1], []]);
  });

  it('sameJson: agrees with two canonical texts', () => {
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? {
              // Wrapped, so that no object looks like a list.
              entries: Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([key, inner]) => [key, sorted(inner)]),
            }
          : value;
    const small = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(sameJson(a, b)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)));
        expect(sameJson(a, JSON.parse(JSON.stringify(a)))).toBe(true);
      }),
    );
    expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect([sameJson({}, []), sameJson({ a: 1 }, { b: 1 }), sameJson([1], [1, 2])]).toEqual([false, false, false]);
  });
});

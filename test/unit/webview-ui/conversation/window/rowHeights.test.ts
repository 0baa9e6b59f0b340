import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowHeights } from '../../../../../webview-ui/conversation/window/rowHeights';

const height = fc.integer({ min: 0, max: 500 });
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(40), height }),
  fc.record({
    kind: fc.constant('splice' as const),
    at: fc.nat(40),
    removed: fc.nat(5),
    heights: fc.array(height, { maxLength: 5 }),
  }),
);

describe('the heights of rows', () => {
  it('are sums of the heights after any changes', () => {
    fc.assert(
      fc.property(fc.array(height, { maxLength: 40 }), fc.array(change, { maxLength: 30 }), (first, changes) => {
        const rows = new RowHeights(first);
        const plain = [...first];
        for (const next of changes) {
          if (next.kind === 'splice') {
            rows.splice(next.at, next.removed, next.heights);
            plain.splice(next.at, next.removed, ...next.heights);
          } else {
            rows.set(next.at, next.height);
            if (next.at < plain.length) plain[next.at] = next.height;
          }
        }
        expect(rows.length).toBe(plain.length);
        plain.forEach((expected, index) => {
          expect(rows.heightOf(index)).toBe(expected);
        });
        for (let index = 0; index <= plain.length; index++)
          expect(rows.topOf(index)).toBe(plain.slice(0, index).reduce((sum, each) => sum + each, 0));
        expect(rows.total).toBe(rows.topOf(plain.length));
      }),
    );
  });

  it('find the row at every offset, and the nearest one outside', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: -50, max: 4_000 }),
        (heights, place) => {
          const rows = new RowHeights(heights);
          const index = rows.at(place);
          if (place < 0) expect(index).toBe(0);
          else if (place >= rows.total) expect(index).toBe(heights.length - 1);
          else expect(rows.topOf(index) <= place && place < rows.topOf(index + 1)).toBe(true);
        },
      ),
    );
  });

  it('are nothing without rows', () => {
    const rows = new RowHeights();
    expect([rows.at(10), rows.total, rows.topOf(3)]).toEqual([-1, 0, 0]);
  });
});

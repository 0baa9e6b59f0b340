import * as z from 'zod/mini';
import { expect, it } from 'vitest';
import { anyNumber, goodItems } from '../../../../src/core/stored/goodItems';

it('goodItems: keeps what fits, in its order, and says whether that is all', () => {
  expect(goodItems(z.string(), ['a', 'b'])).toEqual({ items: ['a', 'b'], isWhole: true });
  expect(goodItems(z.string(), ['a', 7, 'b', null])).toEqual({ items: ['a', 'b'], isWhole: false });
  expect(goodItems(z.string(), 'a')).toEqual({ items: [], isWhole: false });
});

it('anyNumber: takes numbers that JSON cannot hold, and nothing else', () => {
  expect(goodItems(anyNumber, [1, Number.NaN, Number.POSITIVE_INFINITY, '1', null]).items).toHaveLength(3);
});

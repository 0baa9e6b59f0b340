import { expect, it } from 'vitest';
import { newestWithin, storedBytes } from '../../../../src/core/base/storedSize';

it('storedSize: counts bytes of UTF-8, and forgets the oldest first', () => {
  expect([storedBytes('ab'), storedBytes('€'), storedBytes({ a: 1 })]).toEqual([4, 5, 7]);
  expect([15, 14, 4].map((room) => newestWithin(['aa', 'bb', 'cc'], room))).toEqual([
    ['aa', 'bb', 'cc'],
    ['bb', 'cc'],
    [],
  ]);
});

import { expect, it } from 'vitest';
import { readMeasuredIndex, readOpenPanels, readPositions } from '../../../../src/core/stored/workspaceState';

it.each([undefined, null, 'a', 7, { length: 1, 0: ['a', 'b'] }])('workspaceState: reads nothing in %j', (value) => {
  for (const read of [readOpenPanels, readPositions, readMeasuredIndex]) expect(read(value)).toEqual([]);
});

it('readOpenPanels: leaves out what is no panel', () => {
  expect(readOpenPanels([['a', 'Title'], ['b'], 7, null, ['c', 1], [1, 'd'], ['e', 'Other', 'more']])).toEqual([
    ['a', 'Title'],
    ['e', 'Other'],
  ]);
});

it('readPositions: leaves out what is no position, and keeps the order', () => {
  const position = { messageId: 'm', offset: 3 };
  expect(readPositions([['b', position], ['a', { messageId: 1 }], [2, position], 'c', ['a', position]])).toEqual([
    ['b', position],
    ['a', position],
  ]);
});

it('readMeasuredIndex: takes entries of 0.1.0, which have no bytes', () => {
  expect(readMeasuredIndex([['a', 3, 100], ['b', 2], ['c'], ['d', '3'], ['e', 1, 'x']])).toEqual([
    ['a', 3, 100],
    ['b', 2, undefined],
  ]);
});

import { expect, it } from 'vitest';
import { LONGEST_TIMER_MS } from '../../../../src/core/base/limits';
import { timerMs } from '../../../../src/core/base/timers';

it('timerMs: gives a delay that a timer respects', () => {
  const delays = [-1, 0, 7, 2 ** 31, Number.POSITIVE_INFINITY, Number.NaN];
  expect(delays.map(timerMs)).toEqual([0, 0, 7, LONGEST_TIMER_MS, LONGEST_TIMER_MS, LONGEST_TIMER_MS]);
});

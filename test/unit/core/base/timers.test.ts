import { expect, it } from 'vitest';
import { MAX_TIMER_MS } from '../../../../src/core/base/limits';
import { timerMs } from '../../../../src/core/base/timers';

it('timerMs: gives a delay that a timer respects', () => {
  const delays = [-1, 0, 7, 2 ** 31, Number.POSITIVE_INFINITY, Number.NaN];
  expect(delays.map(timerMs)).toEqual([0, 0, 7, MAX_TIMER_MS, MAX_TIMER_MS, MAX_TIMER_MS]);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { StopRequests } from '../../../../src/conversation/live/stopRequests';
import { MovedClock } from '../../../support/clocks';

let clock: MovedClock;
let stops: StopRequests;
beforeEach(() => {
  clock = new MovedClock();
  stops = new StopRequests(clock);
});

describe('StopRequests', () => {
  it('are under way for half a minute after the last press', () => {
    expect(stops.isStopping).toBe(false);
    stops.press();
    clock.pass(29_000);
    stops.press();
    clock.pass(29_000);
    expect(stops.isStopping).toBe(true);
    clock.pass(2_000);
    expect(stops.isStopping).toBe(false);
  });

  it('end with the run', () => {
    stops.press();
    stops.runEnded();
    expect(stops.isStopping).toBe(false);
  });

  it('end with a refusal, unless the user has pressed again', () => {
    const firstRefused = stops.press();
    const secondRefused = stops.press();
    firstRefused();
    expect(stops.isStopping).toBe(true);
    secondRefused();
    expect(stops.isStopping).toBe(false);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { PageFreshness } from '../../../../src/conversation/live/pageFreshness';
import type { Change } from '../../../../src/core/pages/conversation/protocol';
import { MovedClock } from '../../../support/clocks';

const PROBLEM = { message: 'No network.', action: 'retry' } as const;
const OTHER: Change = { kind: 'truncate', length: 0 };
let clock: MovedClock;
let freshness: PageFreshness;
beforeEach(() => {
  clock = new MovedClock();
  freshness = new PageFreshness(clock, undefined);
});
const kinds = (changes: readonly Change[]): readonly string[] => changes.map(({ kind }) => kind);

/** A page that knows of a read that went well. */
function afterOneRead(): void {
  freshness.readWentWell();
  expect(kinds(freshness.news())).toEqual(['freshness']);
}

describe('PageFreshness', () => {
  it('starts with what an earlier session confirmed', () => {
    expect(new PageFreshness(clock, 5).current).toEqual({ loading: true, confirmedAt: 5 });
    expect(freshness.current).toEqual({ loading: true });
    expect(freshness.news()).toEqual([]);
  });

  it('sends nothing for one more read that went well', () => {
    afterOneRead();
    freshness.readBegins();
    freshness.readWentWell();
    expect(freshness.news(freshness.isLate(false))).toEqual([]);
  });

  it('goes along with other changes, before them, once', () => {
    afterOneRead();
    freshness.readWentWell();
    expect(kinds(freshness.with([OTHER]))).toEqual(['freshness', 'truncate']);
    expect(kinds(freshness.with([OTHER]))).toEqual(['truncate']);
    expect(freshness.with([])).toEqual([]);
  });

  it('sends a failure, the next attempt and its success, and keeps the last confirmed time', () => {
    afterOneRead();
    const { confirmedAt } = freshness.current;
    freshness.readFailed(PROBLEM);
    expect(freshness.news()).toEqual([
      { kind: 'freshness', freshness: { loading: false, confirmedAt, problem: PROBLEM } },
    ]);
    freshness.readFailed(PROBLEM);
    expect(freshness.news()).toEqual([]);
    freshness.readBegins();
    expect(freshness.current).toEqual({ loading: true, confirmedAt, problem: PROBLEM });
    expect(kinds(freshness.news())).toEqual(['freshness']);
    freshness.readWentWell();
    expect(kinds(freshness.news())).toEqual(['freshness']);
    expect(freshness.current).not.toHaveProperty('problem');
  });

  it.each<[string, () => void]>([
    ['minutes later', () => clock.pass(61_000)],
    ['after a sleep', () => clock.sleep(61_000)],
    ['after the clock was set back', () => clock.setWall(-61_000)],
  ])('is late with a read %s', (_, change) => {
    afterOneRead();
    change();
    freshness.readWentWell();
    expect(freshness.isLate(false)).toBe(true);
    expect(kinds(freshness.news(true))).toEqual(['freshness']);
  });

  it('is late, too, when reads follow closely but the last one of them is old on the page', () => {
    afterOneRead();
    for (let read = 0; read < 3; read++) {
      clock.pass(25_000);
      freshness.readWentWell();
    }
    expect([freshness.isLate(false), freshness.isLate(true)]).toEqual([false, true]);
  });
});

import { describe, expect, it } from 'vitest';
import type { RunTime } from '../../../../../src/core/organization/status/runTime';
import { runningTimeWords, runTimeWords } from '../../../../../src/core/organization/status/runTimeWords';
import { render } from '../../../../../src/core/words/render';

describe('runTimeWords', () => {
  it.each<[RunTime, string]>([
    [{ ms: 65_000, bound: 'exact', turns: 1 }, '1 m 5 s'],
    [{ ms: 125_000, bound: 'exact', turns: 2 }, '2 m 5 s in 2 turns'],
    [{ ms: 125_000, bound: 'atLeast', turns: 3 }, 'at least 2 m 5 s in 3 turns'],
    [{ ms: 0, bound: 'atLeast', turns: 3 }, '3 turns'],
    [{ ms: 0, bound: 'atLeast', turns: 1 }, ''],
    [{ ms: 17_460_000, bound: 'atMost' }, 'up to 4 h 51 m'],
  ])('says of %j: %s', (time, words) => {
    expect(render(runTimeWords(time), 'tree')).toBe(words);
  });
});

describe('runningTimeWords', () => {
  it.each<[RunTime, string]>([
    [{ ms: 0, bound: 'exact', turns: 1, since: 1_000 }, '40 s'],
    [{ ms: 60_000, bound: 'exact', turns: 2, since: 1_000 }, '1 m 40 s'],
    [{ ms: 60_000, bound: 'atLeast', turns: 3, since: 1_000 }, 'at least 1 m 40 s'],
    [{ ms: 60_000, bound: 'atLeast', turns: 3 }, 'at least 1 m'],
    [{ ms: 60_000, bound: 'exact', turns: 2, since: 90_000 }, '1 m'],
  ])('counts up from %j: %s', (time, words) => {
    expect(render(runningTimeWords(time, 41_900), 'page')).toBe(words);
  });
});

import { describe, expect, it } from 'vitest';
import { hasEnded, isActive, runStateOf, type RunKind } from '../../../../../src/core/organization/status/runState';
import { render } from '../../../../../src/core/words/render';

/** What the API may say of a run, for each status: without an end, with an end, and with an end and a runtime error. */
const TABLE: readonly (readonly [status: string, word: string, open: RunKind, ended: RunKind, broken: RunKind])[] = [
  ['InQueue', 'In queue', 'waiting', 'ended', 'failed'],
  ['Running', 'Running', 'running', 'ended', 'failed'],
  ['Completed', 'Completed', 'completed', 'completed', 'completed'],
  ['Stopped', 'Stopped', 'stopped', 'stopped', 'stopped'],
  ['Failed', 'Failed', 'failed', 'failed', 'failed'],
  ['PausedByUser', 'Paused by user', 'unknown', 'unknown', 'unknown'],
  ['waiting_for_approval', 'Waiting for approval', 'unknown', 'unknown', 'unknown'],
  ['constructor', 'Constructor', 'unknown', 'unknown', 'unknown'],
  ['__proto__', 'Proto', 'unknown', 'unknown', 'unknown'],
  ['', 'Unknown', 'unknown', 'ended', 'ended'],
];
const WORDS: Readonly<Partial<Record<RunKind, string>>> = { ended: 'Ended', failed: 'Failed' };
const ERROR = 'AttributeError';

const cases = TABLE.flatMap(([status, word, open, ended, broken]) =>
  [status, status.toLowerCase(), status.toUpperCase()].flatMap((cased) => {
    const isSameWord = cased === status || open !== 'unknown';
    const expected = (kind: RunKind): string | undefined =>
      kind === open ? (isSameWord ? word : undefined) : WORDS[kind];
    return [
      { status: cased, kind: open, word: expected(open), isOver: ['completed', 'stopped', 'failed'].includes(open) },
      {
        status: cased,
        runtimeError: ERROR,
        kind: open,
        word: expected(open),
        isOver: ['completed', 'stopped', 'failed'].includes(open),
      },
      { status: cased, ended: 5, kind: ended, word: expected(ended), isOver: true },
      { status: cased, ended: 5, runtimeError: '', kind: ended, word: expected(ended), isOver: true },
      { status: cased, ended: 0, runtimeError: ERROR, kind: broken, word: expected(broken), isOver: true },
    ];
  }),
);

describe('runStateOf', () => {
  it.each(cases)(
    'takes “$status”, ended $ended, runtime error $runtimeError for $kind',
    ({ kind, word, isOver, ...run }) => {
      const state = runStateOf(run);
      expect(state).toMatchObject({ kind, isOver });
      if (word !== undefined) expect(render(state.word, 'tree')).toBe(word);
      expect(hasEnded(run)).toBe(isOver);
      expect(isActive(run)).toBe(kind === 'waiting' || kind === 'running');
    },
  );

  it('gives each kind a shape of its own', () => {
    const states = [
      ...['InQueue', 'Running', 'Completed', 'Stopped', 'Failed', 'Dreaming'].map((status) => ({ status })),
      { status: 'Running', ended: 5 },
    ].map(runStateOf);
    expect(new Set(states.map(({ icon }) => icon)).size).toBe(states.length);
  });
});

import { describe, expect, it } from 'vitest';
import { formatKept, nothingKept, type Kept } from '../../../../src/core/conversation/queue/kept';
import { parseKept, parseOutbox } from '../../../../src/core/stored/savedInput';

const entry = (clientId: string, text = clientId) => ({ clientId, text, at: 1, state: 'queued', notMine: 0 }) as const;
const kept = (change: Partial<Kept>): Kept => ({ ...nothingKept('A'), ...change });

describe('parseKept', () => {
  it('reads back what formatKept wrote', () => {
    const whole = kept({
      draft: 'Half',
      asides: ['Older'],
      outbox: { entries: [{ ...entry('c2'), problem: 'No credit.' }], known: new Set(['c1', 'c2']) },
    });
    expect(parseKept(formatKept(whole))).toEqual({ kept: whole, isWhole: true });
  });

  it.each(['', '[]', '{"version":2,"deploymentId":"A"}', '{"version":1,"deploymentId":""}'])(
    'reads nothing in %s',
    (text) => {
      expect(parseKept(text)).toBeUndefined();
    },
  );

  it('keeps the good entries of a damaged file, and says that it is not whole', () => {
    const text = JSON.stringify({
      version: 1,
      deploymentId: 'A',
      draft: 'Half',
      asides: [7, 'Older'],
      entries: [entry('c1'), { ...entry('c2'), state: 'lost' }, null],
      known: [],
    });
    const found = parseKept(text);
    expect(found?.isWhole).toBe(false);
    expect(found?.kept).toMatchObject({ draft: 'Half', asides: ['Older'], outbox: { entries: [{ clientId: 'c1' }] } });
  });

  it('reads a file that lacks its lists, and says that it is not whole', () => {
    expect(parseKept('{"version":1,"deploymentId":"A"}')).toEqual({ kept: nothingKept('A'), isWhole: false });
  });

  it('keeps the last twenty ids of prompts that have left', () => {
    const known = new Set(Array.from({ length: 30 }, (_, index) => `c${String(index)}`));
    const read = parseKept(formatKept(kept({ outbox: { entries: [], known } })));
    expect([...(read?.kept.outbox.known ?? [])]).toEqual([...known].slice(-20));
  });
});

it('parseOutbox: an id that stands there twice is one prompt, which is sent once', () => {
  const { outbox, isWhole } = parseOutbox([entry('c1', 'First'), entry('c1', 'Second')]);
  expect([outbox.entries.map(({ text }) => text), isWhole]).toEqual([['First'], false]);
});

import { describe, expect, it } from 'vitest';
import { formatSavedInput, emptyInput, type SavedInput } from '../../../../src/core/conversation/queue/savedInput';
import { parseSavedInput, parseOutbox } from '../../../../src/core/stored/savedInput';

const entry = (clientId: string, text = clientId) => ({ clientId, text, at: 1, state: 'queued', notMine: 0 }) as const;
const input = (change: Partial<SavedInput>): SavedInput => ({ ...emptyInput('A'), ...change });

describe('parseSavedInput', () => {
  it('reads and writes a prompt on hold with the word of 0.1.0', () => {
    const onHold = input({ outbox: { entries: [{ ...entry('c1'), state: 'onHold' }], known: new Set(['c1']) } });
    const file = formatSavedInput(onHold);
    expect(JSON.parse(file)).toMatchObject({ entries: [{ clientId: 'c1', state: 'held' }] });
    expect(parseSavedInput(file)).toEqual({ input: onHold, isWhole: true });
  });

  it('reads back what formatSavedInput wrote', () => {
    const whole = input({
      draft: 'Half',
      earlierDrafts: ['Older'],
      outbox: { entries: [{ ...entry('c2'), problem: 'No credit.' }], known: new Set(['c1', 'c2']) },
    });
    expect(parseSavedInput(formatSavedInput(whole))).toEqual({ input: whole, isWhole: true });
  });

  it.each(['', '[]', '{"version":2,"deploymentId":"A"}', '{"version":1,"deploymentId":""}'])(
    'reads nothing in %s',
    (text) => {
      expect(parseSavedInput(text)).toBeUndefined();
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
    const found = parseSavedInput(text);
    expect(found?.isWhole).toBe(false);
    expect(found?.input).toMatchObject({
      draft: 'Half',
      earlierDrafts: ['Older'],
      outbox: { entries: [{ clientId: 'c1' }] },
    });
  });

  it('reads a file that lacks its lists, and says that it is not whole', () => {
    expect(parseSavedInput('{"version":1,"deploymentId":"A"}')).toEqual({ input: emptyInput('A'), isWhole: false });
  });

  it('keeps the last twenty ids of prompts that have left', () => {
    const known = new Set(Array.from({ length: 30 }, (_, index) => `c${String(index)}`));
    const read = parseSavedInput(formatSavedInput(input({ outbox: { entries: [], known } })));
    expect([...(read?.input.outbox.known ?? [])]).toEqual([...known].slice(-20));
  });
});

it('parseOutbox: an ID that occurs twice is one prompt, which is sent once', () => {
  const { outbox, isWhole } = parseOutbox([entry('c1', 'First'), entry('c1', 'Second')]);
  expect([outbox.entries.map(({ text }) => text), isWhole]).toEqual([['First'], false]);
});

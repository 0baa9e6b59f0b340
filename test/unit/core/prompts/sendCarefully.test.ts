import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../../src/core/api/errors';
import { sendCarefully, type Finding } from '../../../../src/core/prompts/sendCarefully';

const lost = new ApiError(
  { kind: 'offline', cause: 'timeout' },
  { path: '/agents/tasks/create', mayHaveHappened: true },
);
const refused = new ApiError({ kind: 'rejected', status: 200 }, { path: '/agents/tasks/create' });
const absent: Finding<string> = { kind: 'absent' };
const unclear: Finding<string> = { kind: 'unclear', problem: lost };
const found: Finding<string> = { kind: 'found', value: 'it' };

/** Plays the script and tells what was done, in order. */
async function play(script: {
  sends: (string | Error)[];
  looks?: Finding<string>[];
  answers?: ('send' | 'look' | 'stop')[];
}) {
  const done: string[] = [];
  const next = <T>(list: T[] | undefined, what: string): T => {
    done.push(what);
    const item = list?.shift();
    if (item === undefined) throw new Error(`${what} was not in the script: ${done.join(', ')}`);
    return item;
  };
  const result = await sendCarefully({
    send: async () => {
      const outcome = next(script.sends, 'send');
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    look: async () => next(script.looks, 'look'),
    ask: async ({ kind }) => next(script.answers, `ask (${kind})`),
  }).catch((error: unknown) => error);
  return { result, done: done.join(', ') };
}

describe('a request that must not happen twice', () => {
  test('is sent once when all goes well', async () => {
    expect(await play({ sends: ['it'] })).toEqual({ result: 'it', done: 'send' });
  });
  test('is not looked for when it cannot have happened', async () => {
    expect(await play({ sends: [refused] })).toEqual({ result: refused, done: 'send' });
  });
  test('is looked for when its answer was lost, and not sent again when it is there', async () => {
    expect(await play({ sends: [lost], looks: [found] })).toEqual({ result: 'it', done: 'send, look' });
  });
  test('is sent again only when it is not there, the user wants it, and it is still not there then', async () => {
    expect(await play({ sends: [lost, 'it'], looks: [absent, absent], answers: ['send'] })).toEqual({
      result: 'it',
      done: 'send, look, ask (absent), look, send',
    });
  });
  test('is not sent again when it turns up while the user decides', async () => {
    expect(await play({ sends: [lost], looks: [absent, found], answers: ['send'] })).toEqual({
      result: 'it',
      done: 'send, look, ask (absent), look',
    });
  });
  test('is never sent again while looking fails', async () => {
    expect(await play({ sends: [lost], looks: [unclear, unclear], answers: ['send', 'stop'] })).toEqual({
      result: undefined,
      done: 'send, look, ask (unclear), look, ask (unclear)',
    });
  });
  test('is left alone when the user says so', async () => {
    expect(await play({ sends: [lost], looks: [absent], answers: ['stop'] })).toEqual({
      result: undefined,
      done: 'send, look, ask (absent)',
    });
  });
  test('is looked for again after each lost answer', async () => {
    expect((await play({ sends: [lost, lost], looks: [absent, absent, found], answers: ['send'] })).done).toBe(
      'send, look, ask (absent), look, send, look',
    );
  });
});

import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../../src/core/api/errors';
import { AtMostOnce, sendAtMostOnce, type Finding } from '../../../../src/core/api/oneTimeRequest';

const lost = new ApiError(
  { kind: 'offline', cause: 'timeout' },
  { path: '/agents/tasks/create', mayHaveHappened: true },
);
const refused = new ApiError({ kind: 'rejected', status: 200 }, { path: '/agents/tasks/create' });
const absent: Finding<string> = { kind: 'absent' };
const unclear: Finding<string> = { kind: 'unclear' };
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
  const result = await sendAtMostOnce(
    {
      send: async () => {
        const outcome = next(script.sends, 'send');
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
      look: async () => next(script.looks, 'look'),
    },
    async (finding) => next(script.answers, `ask (${finding})`),
  ).catch((error: unknown) => error);
  return { result, done: done.join(', ') };
}

describe('sendAtMostOnce', () => {
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

describe('AtMostOnce', () => {
  const request = (sends: (string | Error)[], looks: Finding<string>[]) => ({
    send: async (): Promise<string> => {
      const outcome = sends.shift() ?? 'unexpected';
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    look: async (): Promise<Finding<string>> => looks.shift() ?? unclear,
  });

  test.each<[string, Finding<string>[], (string | Error)[], unknown, number]>([
    ['finds what the lost answer made', [absent, found], ['second'], { kind: 'done', value: 'it' }, 1],
    ['sends again if nothing is there', [absent, absent], ['second'], { kind: 'done', value: 'second' }, 0],
    ['does not send while the look says nothing', [absent, unclear], ['second'], { kind: 'unclear', failure: lost }, 1],
  ])('a later attempt %s', async (_, looks, sends, outcome, left) => {
    const once = new AtMostOnce<string>();
    expect(await once.attempt(request([lost], looks))).toEqual({ kind: 'absent', failure: lost });
    expect(await once.attempt(request(sends, looks))).toEqual(outcome);
    expect(sends).toHaveLength(left);
  });

  test('still looks first after a refusal that followed a lost answer', async () => {
    const once = new AtMostOnce<string>();
    await once.attempt(request([lost], [absent]));
    await expect(once.attempt(request([refused], [absent]))).rejects.toBe(refused);
    expect(await once.attempt(request(['third'], [found]))).toEqual({ kind: 'done', value: 'it' });
  });
});

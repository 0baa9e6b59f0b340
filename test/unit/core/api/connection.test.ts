import { getEventListeners } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isApiError } from '../../../../src/core/api/errors';
import { MAX_ATTEMPTS } from '../../../../src/core/api/retryPolicy';
import { Secret } from '../../../../src/core/base/secret';
import { wallClock } from '../../../support/clocks';
import { startFaultServer } from '../../../support/faultServer';
import {
  checkingSignature,
  cutBody,
  cutGzip,
  endless,
  halfJson,
  html,
  json,
  ok,
  redirect,
  refused,
  reset,
  silence,
  text,
  wrongToken,
} from '../../../support/faults';
import { DEPLOYMENT, errorOf, ORGANIZATION, setUpWorld, TOKEN, USER_ID } from './world';

const world = setUpWorld();
const LIST = '/agents/list';
const good = ok({ agents: [{ id: 47, name: 'A' }] });
const listed = { items: [{ id: 47, name: 'A' }], unreadable: [] };
const list = (options?: object) => world.client(options).listAgents(ORGANIZATION);
const attempts = () => world.server.arrivals.length;

describe('a read that fails for good', () => {
  it.each([
    ['a wrong token', wrongToken(), { kind: 'auth', status: 200 }, 1],
    ['an unknown user', refused('UserID not valid'), { kind: 'auth', status: 200 }, 1],
    ['HTTP 401', json({ success: false }, 401), { kind: 'auth', status: 401 }, 1],
    ['success: false', refused('Organization not found. REF #77'), { kind: 'rejected', status: 200 }, 1],
    ['429', text(429, ''), { kind: 'rateLimited' }, MAX_ATTEMPTS],
    [
      '429 with a long Retry-After',
      text(429, '', { 'retry-after': '3600' }),
      { kind: 'rateLimited', retryAfterMs: 3_600_000 },
      1,
    ],
    [
      '503 with a long Retry-After',
      html(503, { 'retry-after': '3600' }),
      { kind: 'rateLimited', retryAfterMs: 3_600_000 },
      1,
    ],
    ['500', json({ success: false, errors: ['Oops'] }, 500), { kind: 'server', status: 500 }, 2],
    [
      '500 that names the credentials',
      json({ success: false, errors: ["Hash doesn't match."] }, 500),
      { kind: 'auth', status: 500 },
      1,
    ],
    ['502 with HTML', html(502), { kind: 'server', status: 502 }, MAX_ATTEMPTS],
    ['a page instead of the API', html(200), { kind: 'server', status: 200 }, 1],
    [
      'a body cut by the connection',
      cutBody({ success: true, agents: [] }),
      { kind: 'offline', cause: 'reset' },
      MAX_ATTEMPTS,
    ],
    ['a compressed body cut off', cutGzip({ success: true, agents: [] }), { kind: 'contract' }, MAX_ATTEMPTS],
    [
      'a text cut off',
      halfJson({ success: true, agents: [] }),
      { kind: 'contract', problem: 'it is cut off, or no JSON object' },
      MAX_ATTEMPTS,
    ],
    ['an empty body', text(200, ''), { kind: 'contract', problem: 'it is empty' }, MAX_ATTEMPTS],
    ['a reset', reset, { kind: 'offline', cause: 'reset' }, MAX_ATTEMPTS],
    ['a missing key', ok(), { kind: 'contract', problem: 'it has no “agents”' }, 1],
    ['a key of a wrong type', ok({ agents: 'none' }), { kind: 'contract', problem: '“agents”: is no list' }, 1],
    ['JSON of a wrong type', text(200, '[]'), { kind: 'contract' }, MAX_ATTEMPTS],
  ])('%s', async (_, fault, failure, expectedAttempts) => {
    world.server.answer(LIST, fault);
    const error = await errorOf(list());
    expect(error).toMatchObject({ failure, path: LIST, mayHaveHappened: false });
    expect(attempts()).toBe(expectedAttempts);
    expect(world.waits).toHaveLength(expectedAttempts - 1);
    expect(world.records.map(({ number, attempt }) => ({ number, attempt }))).toEqual(
      Array.from({ length: expectedAttempts }, (__, index) => ({ number: 1, attempt: index + 1 })),
    );
  });

  it('keeps the words of the server', async () => {
    world.server.answer(LIST, json({ success: false, errors: ['One. REF #a-1'], Message: 'Two.' }));
    expect((await errorOf(list())).serverMessages).toEqual(['One. REF #a-1', 'Two.']);
  });

  it('no answer: the time limit ends it', async () => {
    world.server.answer(LIST, silence);
    expect(await errorOf(list({ timeoutMs: 200 }))).toMatchObject({ failure: { kind: 'offline', cause: 'timeout' } });
    expect(attempts()).toBeGreaterThan(0);
  });

  it('no server: unreachable', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const error = await errorOf(list({ baseUrl: `http://127.0.0.1:${String(port)}` }));
    expect(error).toMatchObject({ failure: { kind: 'offline', cause: 'unreachable' } });
    expect(world.records).toHaveLength(MAX_ATTEMPTS);
  });

  it('no such host, no such URL: unreachable', async () => {
    expect(await errorOf(list({ baseUrl: 'not a url' }))).toMatchObject({ kind: 'offline' });
  });

  it('an adapter that throws anything', async () => {
    const adapter = () => Promise.reject(new TypeError('boom'));
    expect(await errorOf(list({ adapter }))).toMatchObject({ kind: 'offline' });
  });

  it('an adapter that ignores the signal', async () => {
    const adapter = () => new Promise<never>(() => {});
    expect(await errorOf(list({ adapter, timeoutMs: 50 }))).toMatchObject({
      failure: { kind: 'offline', cause: 'timeout' },
    });
  });
});

describe('a read that fails first', () => {
  it.each([
    ['reset', reset],
    ['429', text(429, '', { 'retry-after': '2' })],
    ['500', text(500, '')],
    ['502', html(502)],
    ['503', html(503)],
    ['cut body', cutBody({ success: true, agents: [] })],
    ['half JSON', halfJson({ success: true, agents: [] })],
  ])('is tried again after %s', async (_, fault) => {
    world.server.answer(LIST, fault, good);
    expect(await list()).toEqual(listed);
    expect(attempts()).toBe(2);
  });

  it('signs each attempt again', async () => {
    let now = 1_700_000_000_000;
    world.server.answer(LIST, html(502), good);
    await list({ clock: wallClock(() => (now += 5_000)) });
    const [first, second] = world.server.arrivals;
    expect(Number(second!.headers.timestamp)).toBeGreaterThan(Number(first!.headers.timestamp));
    expect(second!.headers.authorization).not.toBe(first!.headers.authorization);
  });

  it('waits as long as the server asks', async () => {
    world.server.answer(LIST, text(429, '', { 'retry-after': '2' }), good);
    await list();
    expect(world.waits).toEqual([2250]);
  });
});

describe('an answer that is partly good', () => {
  it('gives the good items and reports the bad one', async () => {
    world.server.answer(
      LIST,
      ok({
        agents: [
          { id: 1, name: 'A' },
          { id: {}, name: 'B' },
          { id: '3', name: 'C', tools: 'all', public: 'true' },
        ],
      }),
    );
    expect(await list()).toEqual({
      items: [
        { id: 1, name: 'A' },
        { id: 3, name: 'C', public: true },
      ],
      unreadable: [{ index: 1, reason: 'id is missing or unreadable' }],
    });
  });

  it('of 20 MB is read', async () => {
    const parts = Array.from({ length: 20 }, (_, index) => ({
      type: 'text',
      text: String(index).repeat(1_048_576 / String(index).length),
    }));
    world.server.answer(
      '/agents/deployments/conversation/read',
      ok({ conversation: { id: DEPLOYMENT, messages: [{ id: 'm', role: 'assistant', parts }] } }),
    );
    const { conversation } = await world.client().readConversation(DEPLOYMENT);
    expect(conversation.messages[0]?.parts).toEqual(parts);
    expect(world.records[0]?.bytes).toBeGreaterThan(20_000_000);
  });

  it('without end stops at the limit', async () => {
    world.server.answer(LIST, endless);
    expect(await errorOf(list())).toMatchObject({ failure: { kind: 'contract', problem: 'it is larger than 64 MB' } });
    expect(attempts()).toBe(1);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed, and carries no credentials anywhere', async (status) => {
    const elsewhere = await startFaultServer();
    try {
      elsewhere.answer(LIST, good);
      world.server.answer(LIST, redirect(`${elsewhere.url}${LIST}`, status));
      expect(await errorOf(list())).toMatchObject({ failure: { kind: 'server', status } });
      expect(elsewhere.arrivals).toEqual([]);
      expect(attempts()).toBe(1);
    } finally {
      await elsewhere.close();
    }
  });
});

describe('cancelling', () => {
  const PROMPT = '/agents/deployments/prompt';

  it('before the call sends nothing', async () => {
    expect(
      await errorOf(world.client().promptDeployment(DEPLOYMENT, 'x', { signal: AbortSignal.abort() })),
    ).toMatchObject({ kind: 'cancelled', mayHaveHappened: false });
    expect(attempts()).toBe(0);
  });

  it.each([
    ['a read', LIST, false],
    ['a prompt', PROMPT, true],
  ] as const)('%s that has been sent ends it', async (_, path, mayHaveHappened) => {
    const controller = new AbortController();
    world.server.answer(path, () => {
      controller.abort();
    });
    const { signal } = controller;
    const client = world.client();
    const error = await errorOf(
      path === LIST
        ? client.listAgents(ORGANIZATION, { signal })
        : client.promptDeployment(DEPLOYMENT, 'x', { signal }),
    );
    expect(error).toMatchObject({ kind: 'cancelled', mayHaveHappened });
    expect(attempts()).toBe(1);
  });

  it('while waiting for the next attempt ends it', async () => {
    const controller = new AbortController();
    world.server.answer(LIST, html(502));
    const sleep = (_: number, signal: AbortSignal) =>
      new Promise<void>((__, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('woken'));
        });
        controller.abort();
      });
    expect(
      await errorOf(world.client({ sleep }).listAgents(ORGANIZATION, { signal: controller.signal })),
    ).toMatchObject({ kind: 'cancelled' });
    expect(attempts()).toBe(1);
  });

  it('really waits, and wakes, without an injected sleep', async () => {
    world.server.answer(LIST, html(502));
    const client = world.client({ sleep: undefined as never, random: () => 0.999 });
    const controller = new AbortController();
    const call = errorOf(client.listAgents(ORGANIZATION, { signal: controller.signal }));
    await expect.poll(() => world.records.length).toBeGreaterThan(0);
    controller.abort();
    expect(await call).toMatchObject({ kind: 'cancelled' });
    expect(attempts()).toBe(1);
  });

  it('leaves nothing on a long-lived signal', async () => {
    world.server.answer(LIST, good);
    const { signal } = new AbortController();
    await world.client().listAgents(ORGANIZATION, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('a timestamp', () => {
  it('that is old is refused if the server sends no time', async () => {
    const now = Date.now();
    world.server.answer(LIST, (response, arrival) => {
      response.sendDate = false;
      if (Math.abs(now / 1000 - Number(arrival.headers.timestamp)) > 7200)
        response.end('{"success":false,"errors":["Hash doesn\'t match."]}');
      else good(response, arrival);
    });
    expect(await errorOf(list({ clock: wallClock(() => now - 7_300_000) }))).toMatchObject({ kind: 'auth' });
    expect(attempts()).toBe(1);
    expect(await list()).toEqual(listed);
  });
});

describe('signing in', () => {
  const AUTH = '/authenticate';

  it('succeeds with the right token and fails with another', async () => {
    world.server.answer(
      AUTH,
      checkingSignature({ userId: USER_ID, token: TOKEN }, () => Date.now(), ok()),
    );
    await world.client().authenticate();
    expect(await errorOf(world.client({ token: new Secret('other') }).authenticate())).toMatchObject({ kind: 'auth' });
  });

  it('takes any rejection as a refusal of the credentials', async () => {
    world.server.answer(AUTH, refused('Nope.'));
    expect(await errorOf(world.client().authenticate())).toMatchObject({
      failure: { kind: 'auth', status: 200 },
      serverMessages: ['Nope.'],
    });
  });
});

it('Connection: any answer ends in a value or an ApiError', async () => {
  const calls = (client: ReturnType<typeof world.client>) => [
    client.listAgents(ORGANIZATION),
    client.readAgent(1),
    client.readTask(1),
    client.readDeployment(DEPLOYMENT),
    client.readConversation(DEPLOYMENT),
    client.createDeployment(1),
    client.updateTask(1, { name: 'x' }),
    client.promptDeployment(DEPLOYMENT, 'x'),
    client.authenticate(),
  ];
  const keys = [
    'success',
    'errors',
    'messages',
    'Message',
    'agents',
    'agent',
    'task',
    'deployment',
    'deployments',
    'conversation',
    'message',
    'debug',
    'llmApiTokenUser',
  ];
  const object = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(200, 200, 200, 201, 400, 403, 500),
      fc.oneof(
        object.map((value) => JSON.stringify(value)),
        fc.json(),
        fc.string(),
      ),
      async (status, data) => {
        const adapter = (config: object) =>
          Promise.resolve({ data, status, statusText: '', headers: {}, config } as never);
        for (const outcome of await Promise.allSettled(calls(world.client({ adapter })))) {
          if (outcome.status === 'rejected' && !isApiError(outcome.reason)) throw outcome.reason;
        }
      },
    ),
    { numRuns: 150 },
  );
});

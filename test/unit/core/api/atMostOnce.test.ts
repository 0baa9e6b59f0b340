import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../support/faultServer';
import {
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
import { ENDPOINTS, errorOf, setUpWorld } from './world';

const world = setUpWorld();

/** Every fault, and whether the server may have carried out the request. */
const FAULTS: Record<string, { fault: Fault; ambiguous: boolean }> = {
  'wrong token': { fault: wrongToken(), ambiguous: false },
  401: { fault: json({ success: false }, 401), ambiguous: false },
  'success: false': { fault: refused('No.'), ambiguous: false },
  400: { fault: json({ success: false, errors: ['No.'] }, 400), ambiguous: false },
  404: { fault: text(404, 'Not found'), ambiguous: false },
  429: { fault: text(429, ''), ambiguous: false },
  '429 with Retry-After': { fault: text(429, '', { 'retry-after': '1' }), ambiguous: false },
  redirect: { fault: redirect('http://127.0.0.1:9/'), ambiguous: false },
  500: { fault: text(500, ''), ambiguous: true },
  '500 of the API': { fault: json({ success: false, errors: ['Oops'] }, 500), ambiguous: true },
  502: { fault: html(502), ambiguous: true },
  503: { fault: html(503), ambiguous: true },
  '503 with Retry-After': { fault: html(503, { 'retry-after': '1' }), ambiguous: true },
  504: { fault: html(504), ambiguous: true },
  'a page': { fault: html(200), ambiguous: true },
  'cut body': { fault: cutBody({ success: true, agent: { id: 1 } }), ambiguous: true },
  'cut gzip': { fault: cutGzip({ success: true, agent: { id: 1 } }), ambiguous: true },
  'half JSON': { fault: halfJson({ success: true, agent: { id: 1 } }), ambiguous: true },
  'empty body': { fault: text(200, ''), ambiguous: true },
  'JSON list': { fault: text(200, '[]'), ambiguous: true },
  'no success': { fault: json({}), ambiguous: true },
  reset: { fault: reset, ambiguous: true },
  silence: { fault: silence, ambiguous: true },
  endless: { fault: endless, ambiguous: true },
};

const ONCE = ENDPOINTS.filter(({ repeatability }) => repeatability === 'once');
const TABLE = ONCE.flatMap((endpoint) =>
  Object.entries(FAULTS).map(([fault, expected]) => ({ ...endpoint, ...expected, faultName: fault })),
);

describe('what must not happen twice', () => {
  it('are the three creates and the prompt', () => {
    expect(ONCE.map(({ name }) => name)).toEqual(['createAgent', 'createTask', 'createDeployment', 'promptDeployment']);
  });

  it.each(TABLE)('$name is sent once under $faultName', async ({ path, fault, faultName, ambiguous, answer, call }) => {
    // A second request would succeed, and the test would see it.
    world.server.answer(path, fault, ok(answer));
    const error = await errorOf(call(world.client(), faultName === 'silence' ? { timeoutMs: 150 } : {}));
    expect(world.server.arrivalsAt(path)).toHaveLength(1);
    expect(error.mayHaveHappened).toBe(ambiguous);
  });

  it.each(ONCE)('$name is sent once even when its key is missing or unreadable', async ({ path, name, call }) => {
    world.server.answer(
      path,
      ok({ agent: null, task: 'odd', deployment: 7, success: name === 'promptDeployment' ? 'maybe' : true }),
      ok(),
    );
    world.server.answer('/agents/deployments/list', ok({ deployments: [] }));
    expect(await errorOf(call(world.client()))).toMatchObject({ kind: 'contract', mayHaveHappened: true });
    expect(world.server.arrivalsAt(path)).toHaveLength(1);
  });
});

describe('what can safely happen twice', () => {
  const IDEMPOTENT = ENDPOINTS.filter(({ repeatability }) => repeatability === 'idempotent');

  it.each(IDEMPOTENT)('$name is tried again after a broken connection', async ({ path, answer, call }) => {
    world.server.answer(path, reset, ok(answer));
    await call(world.client());
    expect(world.server.arrivalsAt(path)).toHaveLength(2);
  });

  it.each(IDEMPOTENT)(
    '$name is not tried again where the first try may still be at work',
    async ({ path, answer, call }) => {
      world.server.answer(path, html(504), ok(answer));
      expect(await errorOf(call(world.client()))).toMatchObject({ kind: 'server', mayHaveHappened: true });
      expect(world.server.arrivalsAt(path)).toHaveLength(1);
    },
  );

  it('a deletion that is refused after a broken connection may have happened at the first try', async () => {
    world.server.answer('/agents/delete', reset, refused('Agent not found.'));
    expect(await errorOf(world.client().deleteAgent(47))).toMatchObject({ kind: 'rejected', mayHaveHappened: true });
  });
});

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../../src/core/api/describeError';
import { render } from '../../../../src/core/words/render';
import type { ApiError } from '../../../../src/core/api/errors';
import { Secret } from '../../../../src/core/base/secret';
import type { Fault } from '../../../support/faultServer';
import {
  cutBody,
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
import { ENDPOINTS, errorOf, ORGANIZATION, PROVIDER_KEY, setUpWorld, TOKEN } from './world';

const world = setUpWorld();

/** A server that returns everything that it got, and the token too. */
const echo =
  (status: number): Fault =>
  (response, arrival) => {
    json(
      {
        success: false,
        errors: [`${arrival.text} ${TOKEN} ${String(arrival.headers.authorization)}`],
        agents: { llmApiTokenUser: PROVIDER_KEY },
      },
      status,
    )(response, arrival);
  };

const FAULTS: Record<string, Fault> = {
  'echo 200': echo(200),
  'echo 400': echo(400),
  'echo 401': echo(401),
  'echo 500': echo(500),
  'wrong token': wrongToken(),
  'success: false': refused('No.'),
  'a bad list': ok({ agents: PROVIDER_KEY, organizations: TOKEN, conversation: TOKEN }),
  html: html(502),
  cut: cutBody({ agents: [{ token: { llmApiTokenUser: PROVIDER_KEY } }] }),
  half: halfJson({ agents: [{ token: { llmApiTokenUser: PROVIDER_KEY } }], agent: TOKEN }),
  reset,
  silence,
  redirect: redirect(`http://127.0.0.1:9/?${TOKEN}`),
  429: text(429, TOKEN),
};

/** Everything that code can print of an error. */
function printed(error: ApiError): string {
  const own = Object.getOwnPropertyNames(error).map((name) =>
    inspect((error as unknown as Record<string, unknown>)[name], { depth: 20, showHidden: true }),
  );
  return [
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true }),
    String(error),
    error.message,
    error.stack,
    inspect(error.cause),
    render(describeError(error).message, 'log'),
    ...own,
  ].join('\n');
}

describe('the canary', () => {
  it.each(Object.keys(FAULTS))('is in no error and no log record after %s', async (fault) => {
    const client = world.client({ timeoutMs: fault === 'silence' ? 100 : 5000 });
    for (const { path } of ENDPOINTS) world.server.answer(path, FAULTS[fault]!);
    const token = { llmProviderApi: 'anthropic', llmApiTokenUser: new Secret(PROVIDER_KEY) };
    const calls = [
      client.listAgents(ORGANIZATION),
      client.createAgent(ORGANIZATION, { name: 'A' }, token),
      client.readConversation('A-1'),
      client.listOrganizations(),
    ];
    const errors = await Promise.all(calls.map(errorOf));
    const sent = world.server.arrivals.map(({ headers }) => String(headers.authorization).replace('Basic ', ''));
    expect(sent.length).toBeGreaterThan(0);
    for (const text of [
      ...errors.map(printed),
      JSON.stringify(world.records),
      inspect(client, { depth: 20, showHidden: true }),
    ]) {
      for (const secret of [TOKEN, PROVIDER_KEY, ...sent]) expect(text).not.toContain(secret);
      expect(text).not.toMatch(/authorization/i);
    }
  });

  it('is in no error after an endless answer', async () => {
    world.server.answer('/agents/list', endless);
    expect(printed(await errorOf(world.client().listAgents(ORGANIZATION)))).not.toMatch(
      new RegExp(`${TOKEN}|authorization`, 'i'),
    );
  });

  it('reaches the server as a provider token, so that the test can fail', async () => {
    world.server.answer('/agents/create', ok({ agent: { id: 1 } }));
    await world
      .client()
      .createAgent(
        ORGANIZATION,
        { name: 'A' },
        { llmProviderApi: 'anthropic', llmApiTokenUser: new Secret(PROVIDER_KEY) },
      );
    expect(world.server.arrivals[0]?.text).toContain(PROVIDER_KEY);
  });

  it('a log record has its fields and nothing else', async () => {
    world.server.answer('/agents/list', ok({ agents: [] }));
    await world.client().listAgents(ORGANIZATION);
    expect(world.records).toEqual([
      {
        number: 1,
        path: '/agents/list',
        outcome: 200,
        attempt: 1,
        bytes: JSON.stringify({ success: true, errors: [], agents: [] }).length,
        durationMs: expect.any(Number) as number,
      },
    ]);
  });
});

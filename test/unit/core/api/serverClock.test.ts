import { describe, expect, it } from 'vitest';
import { wallClock } from '../../../support/clocks';
import { checkingSignature, json, ok, refused, text, wrongToken } from '../../../support/faults';
import type { Fault } from '../../../support/faultServer';
import { DEPLOYMENT, errorOf, NEW_AGENT, ORGANIZATION, setUpWorld, TOKEN, USER_ID } from './world';

const HOUR = 3_600_000;
const SERVER_NOW = Date.UTC(2026, 10, 23, 12);
const LIST = '/agents/list';
const world = setUpWorld();
const credentials = { userId: USER_ID, token: TOKEN };
const at = (ms: number) => ({ clock: wallClock(() => ms) });
const strict = (then: Fault, token = TOKEN): Fault =>
  checkingSignature({ ...credentials, token }, () => SERVER_NOW, then);
const date = { date: new Date(SERVER_NOW).toUTCString() };
const paths = () => world.server.arrivals.map(({ path }) => path);

describe('a clock that is wrong', () => {
  it.each([
    ['behind', -5 * HOUR],
    ['ahead', 26 * HOUR],
  ])('%s is noticed: the call succeeds at the second try, and the user hears of it once', async (_, error) => {
    world.server.answer(LIST, strict(ok({ agents: [] })));
    const client = world.client(at(SERVER_NOW + error));
    await client.listAgents(ORGANIZATION);
    expect(paths()).toEqual([LIST, LIST]);
    await client.listAgents(ORGANIZATION);
    expect(paths()).toEqual([LIST, LIST, LIST]);
    expect(world.skews).toEqual([-error]);
    expect(world.waits).toEqual([]);
  });

  it('is reported once even if several calls find it together', async () => {
    world.server.answer(LIST, strict(ok({ agents: [] })));
    const client = world.client(at(SERVER_NOW - 5 * HOUR));
    await Promise.all([1, 2, 3].map(() => client.listAgents(ORGANIZATION)));
    expect(world.skews).toEqual([5 * HOUR]);
  });

  it('lets a create or a prompt be sent again, because the refusal did nothing', async () => {
    world.server.answer('/agents/create', strict(ok({ agent: { id: 1, name: 'Momentum' } })));
    expect(await world.client(at(SERVER_NOW - 5 * HOUR)).createAgent(ORGANIZATION, NEW_AGENT)).toEqual({
      id: 1,
      name: 'Momentum',
    });
    world.server.answer('/agents/deployments/prompt', strict(ok({ message: 'Prompt run started.' })));
    await world.client(at(SERVER_NOW - 5 * HOUR)).promptDeployment(DEPLOYMENT, 'x');
    expect(paths()).toEqual([
      '/agents/create',
      '/agents/create',
      '/agents/deployments/prompt',
      '/agents/deployments/prompt',
    ]);
  });

  it("is the failure when the server's time does not help either", async () => {
    world.server.answer(LIST, strict(ok({ agents: [] }), 'another token'));
    const client = world.client(at(SERVER_NOW - 5 * HOUR));
    expect(await errorOf(client.listAgents(ORGANIZATION))).toMatchObject({
      failure: { kind: 'clock', offsetMs: 5 * HOUR },
      mayHaveHappened: false,
    });
    expect(paths()).toHaveLength(2);
    expect(world.skews).toEqual([]);
  });

  it('is not blamed for later refusals once its offset is known', async () => {
    world.server.answer(LIST, strict(ok({ agents: [] })), strict(ok({ agents: [] })), strict(ok(), 'revoked'));
    const client = world.client(at(SERVER_NOW - 5 * HOUR));
    await client.listAgents(ORGANIZATION);
    expect(await errorOf(client.listAgents(ORGANIZATION))).toMatchObject({ kind: 'auth' });
    expect(paths()).toHaveLength(3);
  });

  it('can be corrected: the new time is used without a report', async () => {
    world.server.answer(LIST, strict(ok({ agents: [] })));
    let now = SERVER_NOW - 5 * HOUR;
    const client = world.client({ clock: wallClock(() => now) });
    await client.listAgents(ORGANIZATION);
    now = SERVER_NOW;
    await client.listAgents(ORGANIZATION);
    await client.listAgents(ORGANIZATION);
    expect(paths()).toHaveLength(5);
    expect(world.skews).toEqual([5 * HOUR]);
  });

  it.each([
    ['a rejection', json({ success: false, errors: ['Your timestamp is too old.'] }, 200, date)],
    ['a 500', text(500, '', date)],
  ])('can be behind %s of a read', async (_, refusal) => {
    world.server.answer(LIST, refusal, strict(ok({ agents: [] })));
    await world.client(at(SERVER_NOW - 5 * HOUR)).listAgents(ORGANIZATION);
    expect(paths()).toHaveLength(2);
    expect(world.skews).toEqual([5 * HOUR]);
  });

  it('is no reason to send a create again after anything but a refusal of the credentials', async () => {
    world.server.answer(
      '/agents/create',
      json({ success: false, errors: ['Your timestamp is too old.'] }, 200, date),
      ok({ agent: { id: 1 } }),
    );
    expect(await errorOf(world.client(at(SERVER_NOW - 5 * HOUR)).createAgent(ORGANIZATION, NEW_AGENT))).toMatchObject({
      kind: 'rejected',
    });
    world.server.answer('/agents/create', text(500, '', date), ok({ agent: { id: 1 } }));
    expect(await errorOf(world.client(at(SERVER_NOW - 5 * HOUR)).createAgent(ORGANIZATION, NEW_AGENT))).toMatchObject({
      kind: 'server',
    });
    expect(paths()).toHaveLength(2);
  });
});

describe('a clock that is right', () => {
  it('is not blamed for a wrong token', async () => {
    world.server.answer(LIST, strict(ok({ agents: [] }), 'another token'));
    expect(await errorOf(world.client(at(SERVER_NOW - 60_000)).listAgents(ORGANIZATION))).toMatchObject({
      kind: 'auth',
    });
    expect(paths()).toHaveLength(1);
    expect(world.skews).toEqual([]);
  });

  it('is not blamed if the server sends no readable time', async () => {
    world.server.answer(LIST, wrongToken({ date: 'tomorrow' }));
    expect(await errorOf(world.client().listAgents(ORGANIZATION))).toMatchObject({ kind: 'auth' });
    expect(paths()).toHaveLength(1);
  });

  it('is not corrected by an answer that the server rejects for another reason', async () => {
    world.server.answer(LIST, (response, arrival) => {
      response.setHeader('date', date.date);
      refused('Organization not found.')(response, arrival);
    });
    expect(await errorOf(world.client(at(SERVER_NOW - 5 * HOUR)).listAgents(ORGANIZATION))).toMatchObject({
      kind: 'rejected',
    });
    expect(world.skews).toEqual([]);
  });
});

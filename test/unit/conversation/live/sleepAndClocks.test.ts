import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { systemClock } from '../../../../src/core/base/clock';
import { MovedClock } from '../../../support/clocks';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PATIENCE = { timeout: 10_000, interval: 10 };
const PROMPT = '/agents/deployments/prompt';
const STOP = '/agents/deployments/stop';
const READ = '/agents/deployments/conversation/read';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let cloud: RunningSandbox;
let session: TestSession;
let live: LiveConversation;
let clock: MovedClock;
/** The server's own time: nothing that happens to this machine's clocks touches it. */
let serverAheadMs: number;

beforeEach(async () => {
  serverAheadMs = 0;
  clock = new MovedClock();
  cloud = await startSandbox({ clock: { now: () => systemClock.now() + serverAheadMs } });
  session = beginSession(cloud, { timeoutMs: 4_000 });
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  const { deploymentId } = await session.store.deployTask(task?.id ?? 0);
  live = new LiveConversation(session, deploymentId, await openMemory(), clock);
  await live.readNow();
});
afterEach(async () => {
  live.dispose();
  session.end();
  await cloud.stop();
});

const outbox = (): readonly string[] => live.state().outbox.map(({ text, state }) => `${text} ${state}`);
const readsGoOn = async (): Promise<void> => {
  const before = cloud.count(READ);
  await expect.poll(() => cloud.count(READ), PATIENCE).toBeGreaterThan(before);
};

describe('LiveConversation: the machine sleeps for six minutes', () => {
  it.each([
    [
      'and the monotonic clock stands still meanwhile',
      () => {
        clock.sleep(6 * MINUTE + 1_000);
      },
    ],
    [
      'and both clocks count it',
      () => {
        clock.pass(6 * MINUTE + 1_000);
      },
    ],
    [
      'and the wall clock is set back in it',
      () => {
        clock.pass(6 * MINUTE + 1_000);
        clock.setWall(-HOUR);
      },
    ],
  ])('%s: the queue is held, Stop works, and reading goes on', async (_, sleep) => {
    await live.queue('1', 'First');
    sleep();
    await readsGoOn();
    await live.stop();
    expect(cloud.count(STOP)).toBe(1);
    serverAheadMs += HOUR;
    await live.readNow();
    await expect.poll(outbox, PATIENCE).toEqual(['First onHold']);
    expect(cloud.count(PROMPT)).toBe(0);
  });

  it('and the run ended in it: what was queued waits for the user', async () => {
    await live.queue('1', 'First');
    serverAheadMs += HOUR;
    clock.sleep(6 * MINUTE + 1_000);
    await live.readNow();
    await expect
      .poll(() => live.state().outbox, PATIENCE)
      .toMatchObject([{ state: 'onHold', problem: 'The run ended while nobody watched it.' }]);
    expect(cloud.count(PROMPT)).toBe(0);
  });
});

describe('LiveConversation: the wall clock is set', () => {
  it('back by an hour: the queue leaves when the run ends, and reading goes on', async () => {
    await live.queue('1', 'First');
    clock.setWall(-HOUR);
    await readsGoOn();
    serverAheadMs += HOUR;
    await live.readNow();
    await expect.poll(() => cloud.count(PROMPT), PATIENCE).toBe(1);
  });

  it.each([
    ['forward', HOUR],
    ['back', -HOUR],
  ])('%s by an hour: a prompt that was accepted is waited for as long as ever', async (_, byMs) => {
    serverAheadMs += HOUR;
    await live.readNow();
    // Accepted, and never seen in the conversation.
    cloud.faults.add({ path: PROMPT, kind: 'status', status: 200, body: '{"success":true,"errors":[]}' });
    await live.send('1', 'First');
    expect(outbox()).toEqual(['First accepted']);
    clock.pass(31_000);
    await live.readNow();
    clock.setWall(byMs);
    await live.readNow();
    clock.pass(4 * MINUTE);
    await live.readNow();
    expect(outbox()).toEqual(['First accepted']);
    clock.pass(2 * MINUTE);
    await live.readNow();
    await expect.poll(outbox, PATIENCE).toEqual(['First uncertain']);
  });

  it('back by an hour while nothing happens: the page hears of the time that is true now', async () => {
    serverAheadMs += HOUR;
    await live.readNow();
    clock.pass(31_000);
    await live.readNow();
    await live.readNow();
    const told: unknown[] = [];
    live.onDidChange((changes) => told.push(...changes));
    clock.setWall(-HOUR);
    await live.readNow();
    expect(told).toContainEqual(expect.objectContaining({ kind: 'freshness' }));
  });
});

describe('Connection: the wall clock is set', () => {
  it.each([
    ['forward', HOUR],
    ['back', -HOUR],
  ])('%s by an hour during a call: a read that failed is tried again', async (_, byMs) => {
    const { QuantConnectClient } = await import('../../../../src/core/api/client');
    const { Secret } = await import('../../../../src/core/base/secret');
    const client = new QuantConnectClient({
      baseUrl: cloud.url,
      userId: cloud.userId,
      token: new Secret(cloud.apiToken),
      clock,
      random: () => 0,
      sleep: () => {
        clock.setWall(byMs);
        return Promise.resolve();
      },
    });
    cloud.faults.add({ path: '/agents/list', kind: 'status', status: 503, times: 3 });
    await client.listAgents(cloud.organizationId);
    expect(cloud.requests.filter(({ path }) => path === '/agents/list').length).toBeGreaterThanOrEqual(4);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { systemClock } from '../../../../src/core/base/clock';
import { applyChanges } from '../../../../src/core/pages/conversation/applyChanges';
import type { Change, ConversationState } from '../../../../src/core/pages/conversation/protocol';
import { clockAhead, MovedClock } from '../../../support/clocks';
import { asOnDisk, openMemory, workspace, type Workspace } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PROMPT = '/agents/deployments/prompt';
const PATIENCE = { timeout: 50_000, interval: 50 };

let cloud: RunningSandbox;
let session: TestSession;
let kept: Workspace;
let memory: ConversationMemory;
let live: LiveConversation;
let changes: Change[];
/** How much later it is for who watches. */
let laterMs: number;

async function open(deploymentId: string): Promise<void> {
  live = new LiveConversation(
    session,
    deploymentId,
    memory,
    clockAhead(() => laterMs),
  );
  live.onDidChange((some) => changes.push(...some));
  await live.readNow();
}

beforeEach(async () => {
  cloud = await startSandbox({ speed: 100 });
  session = beginSession(cloud, { timeoutMs: 4_000 });
  kept = workspace();
  memory = await openMemory(kept);
  changes = [];
  laterMs = 0;
  await session.store.refreshAll();
});
afterEach(async () => {
  live.dispose();
  session.end();
  await cloud.stop();
});

/** A deployment that has ended, and the clientId-free way to talk about its prompts on the server. */
async function endedDeployment(): Promise<string> {
  for (const task of session.store.snapshot.tasks.value ?? []) {
    await session.store.refreshDeployments(task.id);
    const ended = session.store.deploymentsOf(task.id).value?.find(({ status }) => status === 'Completed');
    if (ended) return ended.deploymentId;
  }
  throw new Error('The sandbox has no completed deployment.');
}

const prompts = (): number => cloud.count(PROMPT);
const said = (text: string): number =>
  live.messages.filter(
    ({ role, parts }) => role === 'user' && parts.some((part) => part.kind === 'text' && part.text === text),
  ).length;

describe('A run that is watched', () => {
  it('is sent part by part to its end; a page that applies the changes shows what a new page would', async () => {
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
    const deployment = await session.store.deployTask(task?.id ?? 0);
    await open(deployment.deploymentId);
    let page = live.state() as ConversationState | undefined;
    live.onDidChange((some) => {
      page = page && applyChanges(page, some);
    });
    await expect.poll(() => live.state().header.status, PATIENCE).toBe('Completed');
    await live.readNow();
    expect(live.state().header).toMatchObject({
      taskName: task?.name,
      model: expect.any(String) as unknown,
      started: expect.any(Number) as unknown,
      ended: expect.any(Number) as unknown,
      inputTokens: expect.any(Number) as unknown,
      outputTokens: expect.any(Number) as unknown,
    });
    const { freshness: _now, ...fresh } = live.state();
    const { freshness: _then, ...followed } = page ?? live.state();
    expect(followed).toEqual(fresh);
    expect(changes.filter(({ kind }) => kind === 'part' || kind === 'message').length).toBeGreaterThan(1);
    expect(session.store.deployment(deployment.deploymentId)?.status).toBe('Completed');
    expect(session.store.task(task?.id ?? 0)?.active).toEqual([]);
  });

  it('is read no more once it has ended, and sends nothing while nothing changes', async () => {
    const deploymentId = await endedDeployment();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await open(deploymentId);
      await live.readNow();
      changes.length = 0;
      const reads = cloud.count('/agents/deployments/conversation/read');
      await vi.advanceTimersByTimeAsync(60 * 60_000);
      await session.store.refreshAll(); // what an hour would have asked for was asked before
      expect(cloud.count('/agents/deployments/conversation/read')).toBe(reads);
      await live.readNow();
      expect(changes).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  it('sends what it read with the time when the server confirmed it', async () => {
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
    const { deploymentId } = await session.store.deployTask(task?.id ?? 0);
    await open(deploymentId);
    const told: unknown[] = [];
    const confirmed: unknown[] = [];
    live.onDidChange((some) => {
      if (!some.some(({ kind }) => kind === 'part' || kind === 'message')) return;
      told.push(some.find(({ kind }) => kind === 'freshness'));
      confirmed.push({ kind: 'freshness', freshness: live.state().freshness });
    });
    await expect.poll(() => live.state().header.status, PATIENCE).toBe('Completed');
    await live.readNow();
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(confirmed);
  });

  it('sends the last confirmed time, once, when attention returns to it after a pause', async () => {
    await open(await endedDeployment());
    await live.readNow();
    changes.length = 0;
    live.visibilityChanged(false);
    laterMs = 2 * 60 * 60_000;
    live.visibilityChanged(true);
    await live.readNow();
    expect(changes).toEqual([{ kind: 'freshness', freshness: live.state().freshness }]);
    expect(live.state().freshness.confirmedAt).toBeGreaterThanOrEqual(systemClock.now() + laterMs - 5_000);
    await live.readNow();
    expect(changes).toHaveLength(1);
  });

  it('is read again when it was prompted from elsewhere and ended again before anybody noticed', async () => {
    const deploymentId = await endedDeployment();
    await open(deploymentId);
    await live.readNow();
    const end = live.deployment?.ended;
    await session.client.promptDeployment(deploymentId, 'From the web page');
    await expect
      .poll(async () => {
        const { status, ended } = await session.client.readDeployment(deploymentId);
        return status === 'Completed' && ended !== end;
      }, PATIENCE)
      .toBe(true);
    expect(said('From the web page')).toBe(0);
    await session.store.refreshDeployments(live.deployment?.taskId ?? 0);
    expect(live.deployment?.ended).not.toBe(end);
    await expect.poll(() => said('From the web page'), PATIENCE).toBe(1);
  });

  it('keeps what was read when the connection breaks, says so, and goes on when it is back', async () => {
    await open(await endedDeployment());
    const { messages } = live;
    cloud.faults.add({ kind: 'status', status: 401 });
    await live.readNow();
    expect(live.messages).toBe(messages);
    expect(live.state().freshness.problem?.action).toBe('signIn');
    expect(live.state().freshness.confirmedAt).toBeDefined();
    cloud.faults.clear();
    await live.readNow();
    expect(live.state().freshness.problem).toBeUndefined();
  });

  it('stops when asked: shown as asked for at once, and as stopped when the server says so', async () => {
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length > 0);
    await open(task?.active[0]?.deploymentId ?? '');
    const stopping = live.stop();
    expect(live.state().header.stopping).toBe(true);
    await stopping;
    expect(live.state().header).toMatchObject({ status: 'Stopped', stopping: false, canStop: false });
    expect(session.store.task(task?.id ?? 0)?.active).toEqual([]);
  });
});

describe('Stop', () => {
  const STOP = '/agents/deployments/stop';
  const SILENT_SUCCESS = { path: STOP, kind: 'status', status: 200, body: '{"success":true}' } as const;
  let clock: MovedClock;

  beforeEach(async () => {
    await cloud.stop();
    // Slow enough that the run does not end by itself meanwhile.
    cloud = await startSandbox();
    session = beginSession(cloud);
    await session.store.refreshAll();
    clock = new MovedClock();
    const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length > 0);
    live = new LiveConversation(session, task?.active[0]?.deploymentId ?? '', memory, clock);
    await live.readNow();
  });

  it('sends each time it is pressed, and says “Stopping…” for half a minute after the last press', async () => {
    cloud.faults.add(SILENT_SUCCESS);
    await live.stop();
    await live.stop();
    expect(cloud.count(STOP)).toBe(2);
    expect(live.state().header).toMatchObject({ status: 'Running', stopping: true, canStop: true });
    clock.pass(31_000);
    expect(live.state().header).toMatchObject({ status: 'Running', stopping: false, canStop: true });
  });

  it.each([
    ['back', -3_600_000],
    ['forward', 3_600_000],
  ])('sends again after the clock was set %s by an hour', async (_, byMs) => {
    cloud.faults.add(SILENT_SUCCESS);
    await live.stop();
    clock.setWall(byMs);
    expect(live.state().header.stopping).toBe(true);
    clock.pass(31_000);
    expect(live.state().header.stopping).toBe(false);
    await live.stop();
    expect(cloud.count(STOP)).toBe(2);
  });

  it('sends again while the first press waits for an answer that never comes', async () => {
    cloud.faults.add({ path: STOP, kind: 'silence' });
    live.stop().catch(() => undefined);
    await expect.poll(() => cloud.count(STOP), PATIENCE).toBe(1);
    cloud.faults.clear();
    await live.stop();
    expect(live.state().header).toMatchObject({ status: 'Stopped', canStop: false, stopping: false });
  });

  it('is no error where another press has stopped the run before', async () => {
    await Promise.all([live.stop(), live.stop()]);
    expect(cloud.count(STOP)).toBe(2);
    expect(live.state().header).toMatchObject({ status: 'Stopped', stopping: false });
  });

  it('is offered again as before where the last press was refused', async () => {
    cloud.faults.add({ path: STOP, kind: 'status', status: 200, body: '{"success":false,"errors":["Not now."]}' });
    await expect(live.stop()).rejects.toThrow('Not now.');
    expect(live.state().header).toMatchObject({ status: 'Running', stopping: false, canStop: true });
  });
});

describe('A prompt', () => {
  beforeEach(async () => {
    await open(await endedDeployment());
  });

  it('is pending at once, sent once, and leaves the outbox when the conversation contains it', async () => {
    void memory.saveDraft(live.deploymentId, 'Use SPY');
    const sending = live.send('c1', 'Use SPY');
    expect(live.state().outbox).toMatchObject([{ clientId: 'c1', state: 'sending', text: 'Use SPY' }]);
    expect(live.state().draft).toBe('');
    await Promise.all([sending, live.send('c1', 'Use SPY')]);
    await expect.poll(() => live.state().outbox, PATIENCE).toEqual([]);
    expect(said('Use SPY')).toBe(1);
    expect(prompts()).toBe(1);
  });

  it('that was refused stays with the reason, and returns to the box in front of what was typed since', async () => {
    cloud.faults.add({
      path: PROMPT,
      kind: 'status',
      status: 200,
      body: '{"success":false,"errors":["Out of credits. REF #9"]}',
    });
    await live.send('c1', 'Use SPY');
    const [item] = live.state().outbox;
    expect(item).toMatchObject({ state: 'failed', text: 'Use SPY' });
    expect(item?.problem).toContain('Out of credits. REF #9');
    void memory.saveDraft(live.deploymentId, 'Another thought');
    live.takeBack('c1');
    expect(live.state()).toMatchObject({ outbox: [], draft: 'Use SPY\n\nAnother thought' });
  });

  it('whose answer was lost is looked for, found and not sent again', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'reset', carriedOut: true, times: 1 });
    await live.send('c1', 'Use SPY');
    await expect.poll(() => live.state().outbox, PATIENCE).toEqual([]);
    expect(said('Use SPY')).toBe(1);
    expect(prompts()).toBe(1);
  });

  it('that never arrived is uncertain, and sent again only when the user says so', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'reset', times: 1 });
    await live.send('c1', 'Use SPY');
    expect(live.state().outbox).toMatchObject([{ state: 'uncertain', text: 'Use SPY' }]);
    await live.readNow();
    expect(prompts()).toBe(1);
    await live.sendAgain('c1');
    await expect.poll(() => live.state().outbox, PATIENCE).toEqual([]);
    expect(said('Use SPY')).toBe(1);
    expect(prompts()).toBe(2);
  });

  it('that was on its way when the window closed is neither lost nor sent again, and is found when it had arrived', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'delay', ms: 1_000 });
    void live.send('c1', 'Use SPY');
    await expect.poll(prompts, PATIENCE).toBe(1);
    const { deploymentId } = live;
    live.dispose();
    memory = await openMemory(asOnDisk(kept));
    expect(memory.outbox(deploymentId).entries).toMatchObject([{ state: 'uncertain', text: 'Use SPY' }]);
    await open(deploymentId);
    await expect.poll(() => live.state().outbox, PATIENCE).toEqual([]);
    expect(said('Use SPY')).toBe(1);
    expect(prompts()).toBe(1);
  });

  it('that is being sent when its panel closes appears in the panel that opens next', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'silence' });
    const sending = live.send('c1', 'Use SPY');
    const { deploymentId } = live;
    live.dispose();
    await open(deploymentId);
    await live.send('c1', 'Use SPY');
    expect(live.state().outbox).toMatchObject([{ clientId: 'c1', state: 'sending' }]);
    await sending;
    expect(live.state().outbox).toMatchObject([{ clientId: 'c1', state: 'uncertain' }]);
    expect(changes).toContainEqual({ kind: 'outbox', outbox: live.state().outbox });
    expect(prompts()).toBe(1);
  });

  it('is saved before the conversation has been read, and not sent if it cannot be read', async () => {
    const { deploymentId } = live;
    live.dispose();
    cloud.faults.add({ path: '/agents/deployments/conversation/read', kind: 'status', status: 401 });
    live = new LiveConversation(session, deploymentId, memory, systemClock);
    void memory.saveDraft(live.deploymentId, 'Use SPY');
    const { written, done } = live.add('send', 'c1', 'Use SPY');
    void memory.saveDraft(live.deploymentId, 'Typed since');
    expect(await written).toEqual({ isWritten: true });
    const next = (await openMemory(asOnDisk(kept))).outbox(deploymentId);
    expect(next.entries).toMatchObject([{ state: 'failed', text: 'Use SPY' }]);
    await done;
    expect(live.state()).toMatchObject({ outbox: [{ state: 'failed', text: 'Use SPY' }], draft: 'Typed since' });
    expect(live.state().outbox[0]?.problem).toContain('could not be read');
    expect(prompts()).toBe(0);
  });

  it('that is uncertain is not sent again while reads fail, so that nobody knows whether it arrived', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'reset', times: 1 });
    await live.send('c1', 'Use SPY');
    cloud.faults.add({ path: '/agents/deployments/conversation/read', kind: 'status', status: 401 });
    await live.sendAgain('c1');
    expect(live.state().outbox).toMatchObject([{ state: 'uncertain', text: 'Use SPY' }]);
    expect(live.state().outbox[0]?.problem).toContain('not sent again');
    expect(prompts()).toBe(1);
  });

  it('is not sent in an account or organization that was left', async () => {
    session.end();
    await live.send('c1', 'Use SPY');
    expect(live.state().outbox).toMatchObject([{ state: 'failed', text: 'Use SPY' }]);
    expect(live.state().outbox[0]?.problem).toContain('switched');
    expect(prompts()).toBe(0);
  });
});

describe('What is typed', () => {
  it('outlives the panel and a sign-out', async () => {
    await open(await endedDeployment());
    void memory.saveDraft(live.deploymentId, 'Half a thou');
    const { deploymentId } = live;
    live.dispose();
    session.end();
    session = beginSession(cloud);
    await open(deploymentId);
    expect(live.state().draft).toBe('Half a thou');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { systemClock } from '../../../../src/core/base/clock';
import { ARRIVAL_GRACE_MS } from '../../../../src/core/conversation/queue/promptQueue';
import { isActive } from '../../../../src/core/organization/status/runState';
import type { Change } from '../../../../src/core/pages/conversation/protocol';
import { clockAhead } from '../../../support/clocks';
import { asOnDisk, openMemory, workspace, type Workspace } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PROMPT = '/agents/deployments/prompt';
const PATIENCE = { timeout: 50_000, interval: 20 };

let cloud: RunningSandbox;
let session: TestSession;
let kept: Workspace;
let memory: ConversationMemory;
let live: LiveConversation;
let changes: Change[];
/** Sandbox time is real time and what was added to it: a run is as long as a test needs it. */
let aheadMs: number;
/** How long the machine that watches has slept. */
let sleptMs: number;
let deploymentId: string;

function watch(): void {
  changes = [];
  live = new LiveConversation(
    session,
    deploymentId,
    memory,
    clockAhead(() => sleptMs),
  );
  live.onDidChange((some) => changes.push(...some));
}

beforeEach(async () => {
  aheadMs = 0;
  sleptMs = 0;
  cloud = await startSandbox({ clock: { now: () => systemClock.now() + aheadMs } });
  session = beginSession(cloud, { timeoutMs: 4_000 });
  kept = workspace();
  memory = await openMemory(kept);
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId } = await session.store.deployTask(task?.id ?? 0));
  watch();
  await live.readNow();
});
afterEach(async () => {
  live.dispose();
  session.end();
  await cloud.stop();
});

/**
 * Lets everything that is running come to its end, and has it seen. To be called when nothing is on its way: a request
 * that was signed before the sandbox's clock jumps is refused and signed anew.
 */
async function runEnds(): Promise<void> {
  aheadMs += 60 * 60_000;
  await live.readNow();
}
const outbox = (): readonly string[] => live.state().outbox.map(({ text, state }) => `${text} ${state}`);
const sentTexts = (): readonly unknown[] =>
  cloud.requests.filter(({ path }) => path === PROMPT).map(({ body }) => (body as { prompt: unknown }).prompt);
const said = (): readonly string[] =>
  live.messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text : '')))
    .slice(1);

describe('PromptSender: what is queued while a run is busy', () => {
  it('is saved and shown, and is sent one by one, in order, each when the run is done with the one before', async () => {
    void memory.saveDraft(live.deploymentId, 'First');
    await Promise.all([live.queue('1', 'First'), live.queue('1', 'First')]);
    await live.queue('2', 'Second');
    expect(live.state().draft).toBe('');
    await live.readNow();
    expect(outbox()).toEqual(['First queued', 'Second queued']);
    expect(sentTexts()).toEqual([]);
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual(['Second queued']);
    for (let read = 0; read < 3; read++) await live.readNow();
    expect(sentTexts()).toEqual(['First']);
    expect(isActive(live.state().header)).toBe(true);
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual([]);
    await runEnds();
    expect(said()).toEqual(['First', 'Second']);
    expect(sentTexts()).toEqual(['First', 'Second']);
  });

  it('leaves at once where the run had ended without anybody noticing', async () => {
    aheadMs += 60 * 60_000;
    await live.queue('1', 'First');
    await expect.poll(outbox, PATIENCE).toEqual([]);
    expect(sentTexts()).toEqual(['First']);
  });

  it('leaves in the background too', async () => {
    await live.queue('1', 'First');
    live.visibilityChanged(false);
    aheadMs += 60 * 60_000;
    await expect.poll(sentTexts, { timeout: 50_000, interval: 100 }).toEqual(['First']);
  });

  it('stops behind one that was refused, says so, and goes on when the user says so', async () => {
    await live.queue('1', 'First');
    await live.queue('2', 'Second');
    cloud.faults.add({
      path: PROMPT,
      kind: 'status',
      status: 200,
      body: '{"success":false,"errors":["Out of credits. REF #9"]}',
      times: 1,
    });
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual(['First failed', 'Second onHold']);
    expect(live.state().outbox[1]?.problem).toBe('The prompt before it was not sent.');
    await live.readNow();
    expect(sentTexts()).toEqual(['First']);
    live.takeBack('1');
    await live.resumeQueue();
    await expect.poll(outbox, PATIENCE).toEqual([]);
    expect(sentTexts()).toEqual(['First', 'Second']);
    expect(said()).toEqual(['Second']);
  });

  it('does not leave while nothing can be read, and leaves when it can again', async () => {
    await live.queue('1', 'First');
    cloud.faults.add({ path: '/agents/deployments/conversation/read', kind: 'status', status: 401 });
    await runEnds();
    await live.readNow();
    expect(outbox()).toEqual(['First queued']);
    expect(sentTexts()).toEqual([]);
    cloud.faults.clear();
    await live.readNow();
    await expect.poll(sentTexts, PATIENCE).toEqual(['First']);
  });

  it('goes on hold if the run ended while the machine slept or reads failed, because hours may have passed', async () => {
    await live.queue('1', 'First');
    await live.queue('2', 'Second');
    sleptMs += 8 * 60 * 60_000;
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual(['First onHold', 'Second onHold']);
    expect(live.state().outbox[0]?.problem).toBe('The run ended while nobody watched it.');
    await live.readNow();
    expect(sentTexts()).toEqual([]);
    await live.resumeQueue();
    await expect.poll(sentTexts, PATIENCE).toEqual(['First']);
  });

  it('goes on where the run is still busy after a sleep, and leaves where it was asked for after it', async () => {
    await live.queue('1', 'First');
    sleptMs += 8 * 60 * 60_000;
    await live.readNow();
    expect(outbox()).toEqual(['First queued']);
    await runEnds();
    await expect.poll(sentTexts, PATIENCE).toEqual(['First']);
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual([]);
    sleptMs += 8 * 60 * 60_000;
    await live.queue('2', 'Second');
    await expect.poll(sentTexts, PATIENCE).toEqual(['First', 'Second']);
  });

  it('goes on hold when the run is stopped', async () => {
    await live.queue('1', 'First');
    await live.stop();
    await expect.poll(outbox, PATIENCE).toEqual(['First onHold']);
    expect(live.state().outbox[0]?.problem).toBe('The run was stopped.');
    await live.readNow();
    expect(sentTexts()).toEqual([]);
    await live.resumeQueue();
    await expect.poll(sentTexts, PATIENCE).toEqual(['First']);
  });

  it('can be sent past the run, once', async () => {
    await live.queue('1', 'First');
    await live.queue('2', 'Second');
    await Promise.all([live.sendNow('2'), live.sendNow('2')]);
    expect(sentTexts()).toEqual(['Second']);
    expect(outbox()).toEqual(['Second accepted', 'First queued']);
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual([]);
    expect(sentTexts()).toEqual(['Second', 'First']);
  });
});

describe('PromptSender: a prompt that was accepted and never comes', () => {
  it('is left to the user five minutes after the run was seen to end, without anybody asking, and is not sent again by itself', async () => {
    cloud.faults.add({ path: PROMPT, kind: 'status', status: 200, body: '{"success":true}', times: 1 });
    await live.send('1', 'First');
    await live.queue('2', 'Second');
    sleptMs += ARRIVAL_GRACE_MS;
    await live.readNow();
    expect(outbox()).toEqual(['First accepted', 'Second queued']);
    live.takeBack('2');
    // More than a prompt may take to start the run again.
    sleptMs += 31_000;
    await runEnds();
    await live.readNow();
    expect(outbox()).toEqual(['First accepted']);
    expect(live.takeBack('1')).toBe(false);
    sleptMs += ARRIVAL_GRACE_MS;
    await expect.poll(outbox, PATIENCE).toEqual(['First uncertain']);
    expect(live.takeBack('1')).toBe(true);
    expect(sentTexts()).toEqual(['First']);
  });
});

describe('PromptSender: taking a queued prompt back', () => {
  it('puts its text into the box, and it is never sent', async () => {
    await live.queue('1', 'First');
    void memory.saveDraft(live.deploymentId, 'Typed since');
    expect(live.takeBack('1')).toBe(true);
    expect(live.state()).toMatchObject({ outbox: [], draft: 'First\n\nTyped since' });
    expect(changes.at(-1)).toEqual({ kind: 'draft', text: 'First\n\nTyped since' });
    await runEnds();
    await live.readNow();
    expect(sentTexts()).toEqual([]);
  });

  it('while it is being sent says that it is too late, and its text is in one list only', async () => {
    await live.queue('1', 'First');
    cloud.faults.add({ path: PROMPT, kind: 'delay', ms: 300, times: 1 });
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual(['First sending']);
    expect(live.takeBack('1')).toBe(false);
    await expect.poll(outbox, PATIENCE).toEqual([]);
    expect(live.takeBack('1')).toBe(false);
    expect(live.state().draft).toBe('');
    expect(said()).toEqual(['First']);
  });

  it('at any moment around its leaving either keeps it from being sent or says that it was sent', async () => {
    for (let round = 0; round < 12; round++) {
      const text = `Round ${String(round)}`;
      await runEnds();
      const before = sentTexts().length;
      const queueing = live.queue(String(round), text);
      // eslint-disable-next-line tests/no-fixed-wait -- another moment in each round: what is expected holds at every moment
      await new Promise((resolve) => setTimeout(resolve, round * 2));
      const isBack = live.takeBack(String(round));
      await queueing;
      await expect.poll(outbox, PATIENCE).toEqual([]);
      expect([sentTexts().length - before, live.state().draft]).toEqual(isBack ? [0, text] : [1, '']);
      void memory.saveDraft(live.deploymentId, '');
    }
  });

  it('and sending it now at the same time do one of the two', async () => {
    await live.queue('1', 'First');
    const sending = live.sendNow('1');
    expect(live.takeBack('1')).toBe(false);
    await sending;
    expect(sentTexts()).toEqual(['First']);
    await live.queue('2', 'Second');
    expect(live.takeBack('2')).toBe(true);
    await live.sendNow('2');
    expect(sentTexts()).toEqual(['First']);
  });
});

describe('PromptSender: a queue that its window or panel left behind', () => {
  /** As after a crash: what was kept is all there is. */
  async function restart(): Promise<void> {
    live.dispose();
    kept = asOnDisk(kept);
    memory = await openMemory(kept);
    watch();
    await live.readNow();
  }

  it('is still queued in the next window, and is sent when its run ends there', async () => {
    await live.queue('1', 'First');
    await restart();
    expect(outbox()).toEqual(['First queued']);
    expect(sentTexts()).toEqual([]);
    await runEnds();
    await expect.poll(sentTexts, PATIENCE).toEqual(['First']);
  });

  it('goes on hold if the run ended while nobody watched', async () => {
    await live.queue('1', 'First');
    live.dispose();
    aheadMs += 60 * 60_000;
    await restart();
    await expect.poll(outbox, PATIENCE).toEqual(['First onHold']);
    await live.readNow();
    expect(sentTexts()).toEqual([]);
    await live.sendNow('1');
    expect(sentTexts()).toEqual(['First']);
  });

  it('is not sent again where it had left when the window crashed', async () => {
    await live.queue('1', 'First');
    await live.queue('2', 'Second');
    cloud.faults.add({ path: PROMPT, kind: 'delay', ms: 300, times: 1 });
    await runEnds();
    await expect.poll(() => cloud.count(PROMPT), PATIENCE).toBe(1);
    await restart();
    await expect.poll(said, PATIENCE).toEqual(['First']);
    await expect.poll(outbox, PATIENCE).toEqual(['Second onHold']);
    await runEnds();
    expect(sentTexts()).toEqual(['First']);
  });

  it('is not sent if the saved outbox is outdated but the conversation contains the prompt', async () => {
    await live.queue('1', 'First');
    const older = asOnDisk(kept);
    await runEnds();
    await expect.poll(outbox, PATIENCE).toEqual([]);
    kept = older;
    await restart();
    await runEnds();
    await live.readNow();
    expect(outbox()).toEqual(['First onHold']);
    expect(sentTexts()).toEqual(['First']);
  });

  it('is not sent by the panel that was closed', async () => {
    await live.queue('1', 'First');
    cloud.faults.add({ path: '/agents/deployments/conversation/read', kind: 'delay', ms: 200 });
    aheadMs += 60 * 60_000;
    const reading = live.readNow();
    live.dispose();
    await reading;
    await session.store.refreshAll(); // a prompt would have left with the end of the reading, so before this
    expect(sentTexts()).toEqual([]);
    expect(memory.outbox(deploymentId).entries).toMatchObject([{ state: 'queued' }]);
  });

  it('goes on after a sign-out and the next sign-in, and is forgotten with its deployment', async () => {
    await live.queue('1', 'First');
    live.dispose();
    session.end();
    session = beginSession(cloud);
    watch();
    await live.readNow();
    expect(outbox()).toEqual(['First queued']);
    await live.queue('2', 'Second');
    memory.saveReadingPosition(deploymentId, { messageId: 'm', offset: 3 });
    memory.forget(deploymentId);
    expect(memory.outbox(deploymentId).entries).toEqual([]);
    await memory.close();
    const next = await openMemory(asOnDisk(kept));
    expect([next.outbox(deploymentId).entries, next.readingPosition(deploymentId)]).toEqual([[], undefined]);
    await runEnds();
    expect(sentTexts()).toEqual([]);
  });
});

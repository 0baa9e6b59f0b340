import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { systemClock } from '../../../../src/core/base/clock';
import {
  markFailed,
  putOnHold,
  addQueued,
  addSending,
  EMPTY_OUTBOX,
} from '../../../../src/core/conversation/queue/outbox';
import type { Change } from '../../../../src/core/pages/conversation/protocol';
import { MAX_QUEUED_PROMPTS, STORED_BYTES } from '../../../../src/core/base/limits';
import { remember, storedForm, type PromptFileMemories } from '../../../../src/core/prompts/memory';
import { storedBytes } from '../../../../src/core/base/storedSize';
import { openMemory, workspace, type Workspace } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PROMPT = '/agents/deployments/prompt';

let cloud: RunningSandbox;
let session: TestSession;
let home: Workspace;
let memory: ConversationMemory;
let live: LiveConversation;
let changes: Change[];
let aheadMs: number;
let deploymentId: string;

beforeEach(async () => {
  aheadMs = 0;
  changes = [];
  cloud = await startSandbox({ clock: { now: () => systemClock.now() + aheadMs } });
  session = beginSession(cloud);
  home = workspace();
  memory = await openMemory(home);
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId } = await session.store.deployTask(task?.id ?? 0));
  live = new LiveConversation(session, deploymentId, memory, systemClock);
  live.onDidChange((some) => changes.push(...some));
  await live.readNow();
});
afterEach(async () => {
  live.dispose();
  session.end();
  await cloud.stop();
});

const prompt = (clientId: string) => ({ clientId, text: clientId, at: 1 });

describe('PromptSender: a queue with a hundred prompts', () => {
  it('adds no more: the text returns to the prompt box, and the user is warned', async () => {
    let full = EMPTY_OUTBOX;
    for (let count = 0; count < MAX_QUEUED_PROMPTS; count++) full = addQueued(full, prompt(`q${String(count)}`), []);
    await memory.saveOutbox(deploymentId, full);
    await expect(live.queue('one more', 'One more')).rejects.toThrow('100 prompts wait in this queue');
    expect(live.state().outbox).toHaveLength(MAX_QUEUED_PROMPTS);
    expect(changes).toContainEqual({ kind: 'draft', text: 'One more' });
    expect(live.state().draft).toBe('One more');
    await live.send('now', 'Past the queue');
    expect(cloud.count(PROMPT)).toBe(1);
  });
});

describe('PromptSender: a prompt for which the workspace has no room', () => {
  it('is not sent: the text returns to the prompt box, and the user is warned', async () => {
    for (const id of ['1', '2', '3']) await memory.saveDraft(id, 'x'.repeat(1_000_000));
    const text = 'y'.repeat(900_000);
    await expect(live.send('c1', text)).rejects.toThrow('already keeps 3.8 MB');
    expect(live.state().outbox).toEqual([]);
    expect(live.state().draft).toBe(text);
    expect(cloud.count(PROMPT)).toBe(0);
    // Told by who asked for it, and not a second time.
    expect(home.told).toEqual([]);
  });
});

describe('PromptSender: a prompt that cannot be written down', () => {
  const folder = (): string => path.join(home.root, '1');
  /** A file stands where the folder was. A write that is under way would make the folder again, so nothing may be. */
  async function breakDisk(): Promise<void> {
    await memory.lastWrite(deploymentId);
    renameSync(folder(), `${folder()}-away`);
    writeFileSync(folder(), 'in the way');
  }

  it.each<readonly [string, () => Promise<void>]>([
    ['send', () => live.send('c1', 'Use SPY')],
    [
      'queue',
      async () => {
        await live.queue('c1', 'Use SPY');
        aheadMs += 60 * 60_000;
        await live.readNow();
      },
    ],
    [
      'the end of a run',
      async () => {
        await memory.saveOutbox(deploymentId, addQueued(EMPTY_OUTBOX, prompt('c1'), live.messages));
        await breakDisk();
        aheadMs += 60 * 60_000;
        await live.readNow();
      },
    ],
    [
      'sendNow',
      async () => {
        await memory.saveOutbox(deploymentId, addQueued(EMPTY_OUTBOX, prompt('c1'), live.messages));
        await breakDisk();
        await live.sendNow('c1');
      },
    ],
    [
      'sendAgain',
      async () => {
        await memory.saveOutbox(deploymentId, markFailed(addSending(EMPTY_OUTBOX, prompt('c1'), []), 'c1', 'No.'));
        await breakDisk();
        await live.sendAgain('c1');
      },
    ],
    [
      'resumeQueue',
      async () => {
        aheadMs += 60 * 60_000;
        await live.readNow();
        await memory.saveOutbox(deploymentId, putOnHold(addQueued(EMPTY_OUTBOX, prompt('c1'), live.messages), 'Why.'));
        await breakDisk();
        await live.resumeQueue();
      },
    ],
  ])('is not sent by %s, stays as failed, and the user is told', async (how, act) => {
    if (how === 'send' || how === 'queue') await breakDisk();
    await act();
    await expect
      .poll(() => live.state().outbox, { timeout: 10_000, interval: 10 })
      .toMatchObject([{ clientId: 'c1', state: 'failed' }]);
    expect(live.state().outbox[0]?.problem).toContain('could not be saved first');
    expect(cloud.count(PROMPT)).toBe(0);
    expect(home.told).toHaveLength(1);
    // The disk is well again.
    rmSync(folder());
    mkdirSync(folder());
    await live.sendAgain('c1');
    expect(cloud.count(PROMPT)).toBe(1);
  });
});

describe('what is saved beside the user’s input', () => {
  it('has a limit: reading positions and times of long ago are forgotten', () => {
    const parts = (count: number) => ({
      readAt: 1,
      parts: Array.from({ length: count }, (_, index) => [`${'m'.repeat(300)}/${String(index)}`, 1, 2, 3]),
    });
    for (const id of ['A', 'B', 'C']) memory.saveMeasuredTimes(id, parts(500), 500);
    expect([memory.measuredTimes('A'), memory.measuredTimes('B'), memory.measuredTimes('C')].map(Boolean)).toEqual([
      false,
      true,
      true,
    ]);
    memory.saveMeasuredTimes('D', parts(2_000), 2_000);
    expect(memory.measuredTimes('D')).toBeUndefined();
    for (let count = 0; count < 200; count++)
      memory.saveReadingPosition(`place ${String(count)}`, { messageId: 'm'.repeat(1_900), offset: 0 });
    expect([memory.readingPosition('place 0'), memory.readingPosition('place 199')?.offset]).toEqual([undefined, 0]);
    expect(storedBytes(home.memento.entries())).toBeLessThanOrEqual(
      STORED_BYTES.measuredTimes + STORED_BYTES.readingPositions + 10_000,
    );
  });

  it('has a limit: prompt files that were used longest ago are forgotten', () => {
    let memories: PromptFileMemories = new Map();
    for (let count = 0; count < 300; count++) {
      memories = remember(memories, `file:///${'folder/'.repeat(300)}${String(count)}.prompt.md`, {
        accountId: 'a',
        organizationId: 'o',
      });
    }
    expect(storedBytes(storedForm(memories))).toBeLessThanOrEqual(STORED_BYTES.promptFiles);
    expect([...memories.keys()].at(-1)).toContain('299.prompt.md');
  });
});

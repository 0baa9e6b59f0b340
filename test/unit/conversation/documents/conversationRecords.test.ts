import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConversationRecords, type OpenConversation } from '../../../../src/conversation/documents/conversationRecords';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { PageFiles } from '../../../../src/conversation/panel/pageFiles';
import type { Conversation } from '../../../../src/core/api/model';
import { toTranscript } from '../../../../src/core/conversation/transcript/parseTranscript';
import type { PartTimes } from '../../../../src/core/conversation/times/partTimes';
import { wallClock } from '../../../support/clocks';
import { message, text } from '../../../support/conversations';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

let cloud: RunningSandbox;
let session: TestSession;
let deploymentId: string;
let live: OpenConversation | undefined;
let now: number;
let records: ConversationRecords;
let signedIn: boolean;
let times: PartTimes;

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(
    ({ active, deploymentCount }) => active.length === 0 && deploymentCount,
  );
  await session.store.refreshDeployments(task?.id ?? 0);
  deploymentId = session.store.deploymentsOf(task?.id ?? 0).value?.[0]?.deploymentId ?? '';
  live = undefined;
  now = 1_000;
  signedIn = true;
  times = new Map();
  records = new ConversationRecords({
    sessions: { ready: () => Promise.resolve(signedIn ? session : undefined) },
    clock: { now: () => now },
    live: { get: () => live, timesOf: () => times },
  });
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

const reads = (): number => cloud.count('/agents/deployments/conversation/read');

async function inPanel(): Promise<Conversation> {
  const { conversation } = await session.client.readConversation(deploymentId);
  live = {
    session,
    conversation,
    messages: toTranscript(conversation),
    confirmedAt: now,
    readNow: () => Promise.reject(new Error('nobody asked for a read')),
  };
  return conversation;
}

describe('The last reading of a conversation', () => {
  it('is read once if nobody has read it, and kept', async () => {
    const first = await records.last(deploymentId);
    expect(first?.facts.deploymentId).toBe(deploymentId);
    expect(await records.last(deploymentId)).toBe(first);
    expect(reads()).toBe(1);
  });

  it('is what its panel shows, without another read, and follows it', async () => {
    await records.last(deploymentId);
    now = 2_000;
    const conversation = await inPanel();
    const before = reads();
    const shown = await records.last(deploymentId);
    expect(shown).toMatchObject({ readAt: 2_000 });
    expect(shown?.messages).toBe(live?.messages);
    now = 3_000;
    expect(await records.last(deploymentId)).toBe(shown);
    live = {
      ...live!,
      confirmedAt: 2_500,
      conversation: { ...conversation },
      messages: [message('m1', 'assistant', text('More'))],
    };
    expect(await records.last(deploymentId)).toMatchObject({ readAt: 2_500, messages: live.messages });
    expect(reads()).toBe(before);
  });

  it('holds how long parts took, however it was read, and follows that too', async () => {
    const seen = (ms: number): PartTimes => new Map([['m1/0', { since: 1, within: 100, ms }]]);
    times = seen(5_000);
    expect((await records.read(session, deploymentId)).times).toBe(times);
    await inPanel();
    const shown = await records.last(deploymentId);
    expect(shown?.times).toBe(times);
    expect(await records.last(deploymentId)).toBe(shown);
    times = seen(6_000);
    expect((await records.last(deploymentId))?.times).toBe(times);
  });

  it('is not taken from the panel of another session', async () => {
    await inPanel();
    live = { ...live!, session: beginSession(cloud), messages: [] };
    expect((await records.last(deploymentId))?.messages.length).toBeGreaterThan(0);
  });
});

describe('A conversation that is exported', () => {
  it('is as old as what its panel shows when it cannot be read', async () => {
    const panel = new LiveConversation(
      session,
      deploymentId,
      await openMemory(),
      wallClock(() => now),
    );
    live = panel;
    await panel.readNow();
    now = 900_000;
    cloud.faults.add({ kind: 'status', status: 401 });
    expect(await records.read(session, deploymentId)).toMatchObject({ readAt: 1_000, messages: panel.messages });
    cloud.faults.clear();
    expect((await records.read(session, deploymentId)).readAt).toBe(900_000);
    panel.dispose();
  });

  it('is of now where no panel shows it', async () => {
    now = 900_000;
    expect((await records.read(session, deploymentId)).readAt).toBe(900_000);
  });
});

describe('A file that the page asks for', () => {
  it('is found in what the panel has read already', async () => {
    await inPanel();
    const before = reads();
    const asked: unknown[] = [];
    const files = new PageFiles(records, {
      atCall: (record, call, action) => {
        asked.push([record.messages, call, action]);
        return Promise.resolve();
      },
      saveAll: (record, all) => {
        asked.push([record.messages, all.length > 0]);
        return Promise.resolve();
      },
    });
    const call = { messageId: 'm', partIndex: 1 };
    await files.act(deploymentId, call, 'open');
    await files.saveAll(deploymentId);
    expect(asked).toEqual([
      [live?.messages, call, 'open'],
      [live?.messages, expect.any(Boolean)],
    ]);
    expect(reads()).toBe(before);
    signedIn = false;
    await expect(files.act(deploymentId, call, 'open')).rejects.toThrow('Sign in');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversations } from '../../../../src/conversation/live/liveConversations';
import { systemClock } from '../../../../src/core/base/clock';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const READ = '/agents/deployments/conversation/read';
const PATIENCE = { timeout: 50_000, interval: 20 };
let cloud: RunningSandbox;
let session: TestSession;
let memory: ConversationMemory;
let live: LiveConversations;
let id: string;

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId: id } = await session.store.deployTask(task?.id ?? 0));
  memory = await openMemory();
  live = new LiveConversations(memory, systemClock);
});
afterEach(async () => {
  live.dispose();
  await memory.close();
  session.end();
  await cloud.stop();
});

describe('LiveConversations', () => {
  it('finds a conversation from its start to its end', () => {
    const conversation = live.begin(session, id);
    expect(live.get(id)).toBe(conversation);
    expect(live.get('A-another')).toBeUndefined();
    live.end(conversation);
    expect(live.get(id)).toBeUndefined();
  });

  it('reports which conversation has changed', async () => {
    const changed: string[] = [];
    live.onDidChange((deploymentId) => changed.push(deploymentId));
    await live.begin(session, id).readNow();
    expect(new Set(changed)).toEqual(new Set([id]));
  });

  it('has one reader for a deployment: a second one ends the first', async () => {
    const first = live.begin(session, id);
    await first.readNow();
    const heard: string[] = [];
    first.onDidChange(() => heard.push('first'));
    const second = live.begin(session, id);
    expect(live.get(id)).toBe(second);
    await second.readNow();
    const reads = cloud.count(READ);
    await first.readNow();
    expect([heard, cloud.count(READ)]).toEqual([[], reads]);
  });

  it('keeps the newer reader when the older one ends again', () => {
    const first = live.begin(session, id);
    const second = live.begin(session, id);
    live.end(first);
    expect(live.get(id)).toBe(second);
  });

  it('knows when parts ran, during the reading and after it', async () => {
    const conversation = live.begin(session, id);
    await conversation.readNow();
    await expect
      .poll(async () => {
        await conversation.readNow();
        return conversation.times.size;
      }, PATIENCE)
      .toBeGreaterThan(0);
    const { times } = conversation;
    expect(live.timesOf(id)).toBe(times);
    live.end(conversation);
    expect([...live.timesOf(id)]).toEqual([...times]);
  });
});

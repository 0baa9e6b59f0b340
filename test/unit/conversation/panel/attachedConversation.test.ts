import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { LiveConversations } from '../../../../src/conversation/live/liveConversations';
import { AttachedConversation } from '../../../../src/conversation/panel/attachedConversation';
import { nothingSeen } from '../../../../src/conversation/panel/detachedConversation';
import type { PageFiles } from '../../../../src/conversation/panel/pageFiles';
import { PageInput } from '../../../../src/conversation/panel/pageInput';
import type { SessionMessages } from '../../../../src/conversation/panel/shownConversation';
import { systemClock } from '../../../../src/core/base/clock';
import { dispatch, type MessageOf } from '../../../../src/core/pages/channel/messages';
import type { ToPage } from '../../../../src/core/pages/conversation/protocol';
import { message, text } from '../../../support/conversations';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PROMPT = '/agents/deployments/prompt';
let cloud: RunningSandbox;
let session: TestSession;
let memory: ConversationMemory;
let live: LiveConversations;
let id: string;
let posted: ToPage[];
let asked: unknown[][];
let shown: AttachedConversation;

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud, { timeoutMs: 4_000 });
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId: id } = await session.store.deployTask(task?.id ?? 0));
  memory = await openMemory();
  live = new LiveConversations(memory, systemClock);
  posted = [];
  asked = [];
  const channel = { post: (sent: ToPage) => posted.push(sent) > 0, sendChanges: () => undefined };
  const files = {
    act: (...args: unknown[]) => Promise.resolve(asked.push(args)),
    saveAll: (...args: unknown[]) => Promise.resolve(asked.push(args)),
  } as unknown as PageFiles;
  const seen = { ...nothingSeen({ deploymentId: id, organizationId: 'o', accountId: 'a' }), outbox: [], draft: '' };
  shown = new AttachedConversation(
    session,
    id,
    { ...seen, messages: [message('m1', 'assistant', text('Seen before'))] },
    { live, files, channel, input: new PageInput(id, memory, channel) },
  );
});
afterEach(async () => {
  shown.dispose();
  live.dispose();
  await memory.close();
  session.end();
  await cloud.stop();
});
const ask = async (message: MessageOf<SessionMessages>): Promise<void> => {
  await dispatch(shown.handlers, message);
};

describe('AttachedConversation', () => {
  it('shows what was seen before, and confirms nothing of it, until it has read', async () => {
    expect(JSON.stringify(shown.state().messages)).toContain('Seen before');
    expect(shown.confirmedMessages).toBeUndefined();
    await shown.readNow();
    expect(JSON.stringify(shown.state().messages)).not.toContain('Seen before');
    expect(shown.confirmedMessages).toBe(live.get(id)?.messages);
  });

  it('is the live conversation of its deployment until it ends', () => {
    expect(live.get(id)?.session).toBe(session);
    shown.dispose();
    expect(live.get(id)).toBeUndefined();
  });

  it('confirms a prompt when it is on the disk, and sends it once per ID', async () => {
    await ask({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    await ask({ type: 'send', clientId: 'c1', text: 'Use SPY' });
    expect(posted).toEqual([
      { type: 'promptsConfirmed', clientIds: ['c1'] },
      { type: 'promptsConfirmed', clientIds: ['c1'] },
    ]);
    expect(cloud.count(PROMPT)).toBe(1);
  });

  it('queues a prompt, takes it back, and says when it is too late for that', async () => {
    await ask({ type: 'queue', clientId: 'c1', text: 'Use SPY' });
    await ask({ type: 'takeBack', clientId: 'c1' });
    expect([memory.draft(id), cloud.count(PROMPT)]).toEqual(['Use SPY', 0]);
    await ask({ type: 'takeBack', clientId: 'c1' });
    expect(posted.at(-1)).toEqual({ type: 'alreadySent', clientId: 'c1' });
  });

  it('acts on written files of its own deployment', async () => {
    const file = { type: 'file', action: 'diff', messageId: 'm1', partIndex: 2 } as const;
    await ask(file);
    await ask({ type: 'saveAllFiles' });
    expect(asked).toEqual([[id, file, 'diff'], [id]]);
  });

  it('stops the run', async () => {
    await ask({ type: 'stop' });
    expect(shown.state().header).toMatchObject({ canStop: false });
  });
});

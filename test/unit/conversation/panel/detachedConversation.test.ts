import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { DetachedConversation, nothingSeen, type Seen } from '../../../../src/conversation/panel/detachedConversation';
import { PageInput } from '../../../../src/conversation/panel/pageInput';
import { whyDetached, type WhyDetached } from '../../../../src/conversation/panel/whyDetached';
import { EMPTY_OUTBOX, addQueued } from '../../../../src/core/conversation/queue/outbox';
import { dispatch, type MessageOf } from '../../../../src/core/pages/channel/messages';
import type { Change, ToPage } from '../../../../src/core/pages/conversation/protocol';
import type { SessionMessages } from '../../../../src/conversation/panel/shownConversation';
import { message, text } from '../../../support/conversations';
import { openMemory } from '../../../support/savedInputFolders';

const ID = 'A-1';
const SIGNED_OUT = whyDetached(undefined, undefined);
let memory: ConversationMemory;
let posted: ToPage[];
let changes: Change[];

beforeEach(async () => {
  memory = await openMemory();
  posted = [];
  changes = [];
});

function without(why: WhyDetached | undefined, seen: Partial<Seen> = {}): DetachedConversation {
  const channel = {
    post: (sent: ToPage) => posted.push(sent) > 0,
    sendChanges: () => {
      throw new Error('Changes leave through onDidChange.');
    },
  };
  const nothing = nothingSeen({ deploymentId: ID, organizationId: 'o', accountId: 'a' });
  const input = new PageInput(ID, memory, channel);
  const conversation = new DetachedConversation(ID, { ...nothing, ...seen }, why, { memory, input, channel });
  conversation.onDidChange((some) => changes.push(...some));
  return conversation;
}
const detached = (seen?: Partial<Seen>): DetachedConversation => without(SIGNED_OUT, seen);
/** While the sign-in is being restored. */
const restoring = (): DetachedConversation => without(undefined);
const ask = async (conversation: DetachedConversation, asked: MessageOf<SessionMessages>): Promise<void> => {
  await dispatch(conversation.handlers, asked);
};
const queue = (): void => {
  void memory.saveOutbox(ID, addQueued(EMPTY_OUTBOX, { clientId: 'c1', text: 'Use SPY', at: 1 }, []));
};

describe('DetachedConversation: what it shows', () => {
  it('is what was read, without Stop, and why nothing more comes', () => {
    const messages = [message('m1', 'assistant', text('Done'))];
    const header = { ...nothingSeen({ deploymentId: ID, organizationId: 'o', accountId: 'a' }).header, canStop: true };
    const state = detached({ messages, header, freshness: { loading: true, confirmedAt: 5 } }).state();
    expect(state).toMatchObject({
      messages,
      header: { canStop: false, stopping: false },
      freshness: { loading: false, confirmedAt: 5, problem: { action: 'signIn' } },
    });
  });

  it('is still loading while nobody knows whether the session can be restored', () => {
    expect(restoring().state().freshness).toEqual({ loading: true });
  });

  it('follows the memory: draft and outbox go on without a session', () => {
    const conversation = detached();
    void memory.saveDraft(ID, 'Half a thou');
    queue();
    expect(conversation.state()).toMatchObject({ draft: 'Half a thou', outbox: [{ text: 'Use SPY' }] });
    expect(changes).toMatchObject([{ kind: 'outbox', outbox: [{ text: 'Use SPY' }] }]);
    conversation.dispose();
    void memory.saveOutbox(ID, EMPTY_OUTBOX);
    expect(changes).toHaveLength(1);
  });
});

describe('DetachedConversation: what it is asked for', () => {
  it.each(['send', 'queue'] as const)('returns the prompt into the box before it says why (%s)', async (type) => {
    void memory.saveDraft(ID, 'And then');
    await expect(ask(detached(), { type, clientId: 'c1', text: 'Use SPY' })).rejects.toThrow('You are signed out');
    expect(memory.draft(ID)).toBe('Use SPY\n\nAnd then');
    expect(memory.outbox(ID)).toEqual(EMPTY_OUTBOX);
    expect(changes).toEqual([{ kind: 'draft', text: 'Use SPY\n\nAnd then' }]);
    expect(posted).toEqual([{ type: 'promptsConfirmed', clientIds: ['c1'] }]);
  });

  it.each<MessageOf<SessionMessages>>([
    { type: 'sendNow', clientId: 'c1' },
    { type: 'sendAgain', clientId: 'c1' },
    { type: 'resumeQueue' },
    { type: 'stop' },
    { type: 'file', action: 'open', messageId: 'm', partIndex: 0 },
    { type: 'saveAllFiles' },
  ])('says why it does not do it, and changes nothing: $type', async (asked) => {
    queue();
    const outbox = memory.outbox(ID);
    const conversation = detached();
    await expect(ask(conversation, asked)).rejects.toThrow('You are signed out');
    expect(memory.outbox(ID)).toBe(outbox);
    expect(posted).toEqual([]);
    await expect(ask(restoring(), asked)).rejects.toThrow('The sign-in is being restored');
  });

  it('takes a queued prompt back into the box, or says that it is too late', async () => {
    queue();
    const conversation = detached();
    await ask(conversation, { type: 'takeBack', clientId: 'c1' });
    expect([memory.draft(ID), memory.outbox(ID).entries]).toEqual(['Use SPY', []]);
    expect(changes.at(-1)).toEqual({ kind: 'draft', text: 'Use SPY' });
    expect(posted).toEqual([]);
    await ask(conversation, { type: 'takeBack', clientId: 'c1' });
    expect(posted).toEqual([{ type: 'alreadySent', clientId: 'c1' }]);
  });
});

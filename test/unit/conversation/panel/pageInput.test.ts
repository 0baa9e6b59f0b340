import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationMemory } from '../../../../src/conversation/live/conversationMemory';
import { PageInput } from '../../../../src/conversation/panel/pageInput';
import type { Change, SentPrompt, ToPage } from '../../../../src/core/pages/conversation/protocol';
import { parseSavedPage } from '../../../../src/core/pages/conversation/savedPage';
import { openMemory } from '../../../support/savedInputFolders';

const ID = 'A-1';
let memory: ConversationMemory;
let posted: ToPage[];
let changes: Change[];
let input: PageInput;

beforeEach(async () => {
  memory = await openMemory();
  posted = [];
  changes = [];
  input = new PageInput(ID, memory, {
    post: (message) => posted.push(message) > 0,
    sendChanges: (some) => {
      changes.push(...some);
    },
  });
});
const sent = (clientId: string, text: string): SentPrompt => ({ clientId, text, how: 'send', at: 1 });
const outbox = (): readonly string[] =>
  memory.outbox(ID).entries.map(({ clientId, text, state }) => `${clientId} ${text} ${state}`);

describe('PageInput', () => {
  it('confirms a draft by its revision once it is on the disk', async () => {
    const keeping = input.saveDraft({ type: 'draft', text: 'Half a thou', earlierDrafts: ['Old'], revision: 7 });
    expect([posted, memory.draft(ID)]).toEqual([[], 'Half a thou']);
    await keeping;
    expect(posted).toEqual([{ type: 'draftSaved', revision: 7 }]);
    expect(memory.earlierDrafts(ID)).toEqual(['Old']);
  });

  it('confirms no prompt that could not be written', async () => {
    await input.confirm(['c1'], Promise.resolve({ isWritten: false, problem: 'The disk is full.' }));
    await input.confirm([]);
    expect(posted).toEqual([]);
  });

  it('makes a prompt that nobody knows uncertain, once, and confirms it each time', async () => {
    for (let time = 0; time < 2; time++) await input.settle([sent('c1', 'Use SPY')], []);
    expect(outbox()).toEqual(['c1 Use SPY uncertain']);
    expect(posted).toEqual([
      { type: 'promptsConfirmed', clientIds: ['c1'] },
      { type: 'promptsConfirmed', clientIds: ['c1'] },
    ]);
  });

  it('leaves a prompt alone that was returned into the draft', async () => {
    void memory.saveDraft(ID, 'Use SPY\n\nAnd then');
    await input.settle([sent('c1', 'Use SPY')], []);
    expect(outbox()).toEqual([]);
    expect(posted).toEqual([{ type: 'promptsConfirmed', clientIds: ['c1'] }]);
  });

  it('adopts draft and prompts of a page whose extension host stopped', async () => {
    const saved = parseSavedPage({
      identity: { deploymentId: ID, organizationId: 'o', accountId: 'a' },
      draft: 'Half a thou',
      draftTold: false,
      sent: [sent('c1', 'Use SPY')],
    });
    if (!saved) throw new Error('This is no saved page.');
    void memory.saveDraft(ID, 'Another one');
    await input.adopt(saved, undefined);
    expect(changes).toEqual([{ kind: 'draft', text: 'Half a thou\n\nAnother one' }]);
    expect(outbox()).toEqual(['c1 Use SPY uncertain']);
    await input.adopt(saved, undefined);
    expect(memory.draft(ID)).toBe('Half a thou\n\nAnother one');
    expect(outbox()).toHaveLength(1);
  });
});

import { containsParagraphs } from '../../core/conversation/queue/draftText';
import { addUnconfirmed } from '../../core/conversation/queue/outbox';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { MessageOf } from '../../core/pages/channel/messages';
import type { FromPageMessages, SentPrompt } from '../../core/pages/conversation/protocol';
import type { SavedPage } from '../../core/pages/conversation/savedPage';
import type { ConversationMemory } from '../live/conversationMemory';
import type { PageChannel } from './pageChannel';

/**
 * Saves what the user wrote in a page, and then confirms it. The page keeps its drafts and prompts until they are
 * confirmed, so a text is always in at least one of the two. Needs no session.
 */
export class PageInput {
  constructor(
    private readonly deploymentId: string,
    private readonly memory: ConversationMemory,
    private readonly channel: Pick<PageChannel, 'post' | 'sendChanges'>,
  ) {}

  async saveDraft({ text, earlierDrafts = [], revision }: MessageOf<FromPageMessages, 'draft'>): Promise<void> {
    const { isWritten } = await this.memory.saveDraft(this.deploymentId, text, earlierDrafts);
    if (isWritten && revision !== undefined) this.channel.post({ type: 'draftSaved', revision });
  }

  /** Confirms prompts to the page once they are on the disk. */
  async confirm(clientIds: readonly string[], written = this.memory.lastWrite(this.deploymentId)): Promise<void> {
    const { isWritten } = await written;
    if (isWritten && clientIds.length > 0) this.channel.post({ type: 'promptsConfirmed', clientIds });
  }

  /**
   * Settles prompts that a page sent without getting an answer. An unknown prompt may have been sent before the
   * extension host stopped. So it becomes uncertain, and the user decides.
   * @param messages the messages as last read, to tell older prompts with the same text apart.
   */
  async settle(prompts: readonly SentPrompt[], messages: readonly Message[] | undefined): Promise<void> {
    const settled: string[] = [];
    for (const prompt of prompts) {
      const outbox = this.memory.outbox(this.deploymentId);
      const next = addUnconfirmed(outbox, prompt, messages);
      // A prompt in the draft was never sent, or was returned. One that does not fit stays in the page.
      const isSettled =
        next === outbox ||
        containsParagraphs(prompt.text, this.memory.draft(this.deploymentId)) ||
        this.memory.addPrompt(this.deploymentId, next, prompt.text) === undefined;
      if (isSettled) settled.push(prompt.clientId);
    }
    await this.confirm(settled);
  }

  /** Adopts unconfirmed input from another page of this conversation. */
  async adopt({ draft, draftTold, sent = [] }: SavedPage, messages: readonly Message[] | undefined): Promise<void> {
    const { memory, deploymentId } = this;
    if (!draftTold && draft.trim() !== '' && !containsParagraphs(draft, memory.draft(deploymentId))) {
      const text = memory.returnToDraft(deploymentId, draft);
      this.channel.sendChanges([{ kind: 'draft', text }]);
    }
    await this.settle(sent, messages);
  }
}

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
 * confirmed, so a text is always in one of the two. Needs no session.
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

  /** Tells the page that prompts are on the disk, once they are. */
  async confirm(clientIds: readonly string[], written = this.memory.lastWrite(this.deploymentId)): Promise<void> {
    const { isWritten } = await written;
    if (isWritten && clientIds.length > 0) this.channel.post({ type: 'promptsConfirmed', clientIds });
  }

  /**
   * Decides about prompts that a page sent without an answer. An unknown one may have left before the extension host
   * stopped. So nobody sends it: it becomes uncertain, and the user decides.
   * @param messages as they were read last, to tell older prompts of the same text apart.
   */
  async settle(prompts: readonly SentPrompt[], messages: readonly Message[] | undefined): Promise<void> {
    const settled: string[] = [];
    for (const prompt of prompts) {
      const outbox = this.memory.outbox(this.deploymentId);
      const next = addUnconfirmed(outbox, prompt, messages);
      // A prompt in the draft never left, or was returned. One that there is no room for stays with the page.
      const isSettled =
        next === outbox ||
        containsParagraphs(prompt.text, this.memory.draft(this.deploymentId)) ||
        this.memory.addPrompt(this.deploymentId, next, prompt.text) === undefined;
      if (isSettled) settled.push(prompt.clientId);
    }
    await this.confirm(settled);
  }

  /** Adopts what another page of this conversation kept and no extension host has confirmed. */
  async adopt({ draft, draftTold, sent = [] }: SavedPage, messages: readonly Message[] | undefined): Promise<void> {
    const { memory, deploymentId } = this;
    if (!draftTold && draft.trim() !== '' && !containsParagraphs(draft, memory.draft(deploymentId))) {
      const text = memory.returnToDraft(deploymentId, draft);
      this.channel.sendChanges([{ kind: 'draft', text }]);
    }
    await this.settle(sent, messages);
  }
}

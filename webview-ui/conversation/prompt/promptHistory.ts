import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { userTexts } from '../../../src/core/conversation/transcript/userTexts';

/**
 * The user's prompts in this conversation, newest first, without repeats in a row. Takes time linear in the messages,
 * so call it only on request.
 */
export function ownPrompts(messages: readonly Message[], outbox: readonly OutboxItem[]): readonly string[] {
  const all = [...userTexts(messages), ...outbox.map(({ text }) => text)]
    .filter((text) => text.trim() !== '')
    .reverse();
  return withoutRepeats(all);
}

/**
 * Walks through the user's prompts and back. The draft is the newest of them and never gets lost. If the user edits a
 * recalled prompt, the draft becomes an earlier draft. It returns when the edited prompt is sent.
 */
export class PromptHistory {
  private walk: { readonly texts: readonly string[]; readonly at: number } | undefined;

  /**
   * @param source the user's prompts, newest first.
   * @param drafts drafts that made room for an edited prompt, oldest first.
   */
  constructor(
    private readonly source: () => readonly string[],
    private drafts: readonly string[],
    private readonly saveDrafts: (drafts: readonly string[]) => void,
  ) {}

  /** The box contains a recalled prompt. */
  get isRecalling(): boolean {
    return this.walk !== undefined;
  }

  /** Oldest first. */
  get earlierDrafts(): readonly string[] {
    return this.drafts;
  }

  /**
   * The earlier drafts as the panel has them.
   * @param isConfirmed the panel has confirmed all that are here, so its list counts. Otherwise ours are newer.
   */
  offerEarlierDrafts(offered: readonly string[], isConfirmed: boolean): void {
    if (offered.length > 0)
      this.save([...offered, ...(isConfirmed ? [] : this.drafts.filter((draft) => !offered.includes(draft)))]);
  }

  /** Another draft replaces this one in the box. */
  addEarlierDraft(draft: string): void {
    if (draft.trim() !== '') this.save([...this.drafts.filter((earlier) => earlier !== draft), draft]);
  }

  /**
   * The next older prompt; undefined if there is none.
   * @param draft the text in the box.
   */
  older(draft: string): string | undefined {
    const walk = this.walk ?? {
      texts: withoutRepeats([draft, ...[...this.drafts].reverse(), ...this.source()]),
      at: 0,
    };
    const text = walk.texts[walk.at + 1];
    if (text === undefined) return undefined;
    this.walk = { texts: walk.texts, at: walk.at + 1 };
    return text;
  }

  /** The next newer prompt, and finally the draft. Undefined if the box contains the draft already. */
  newer(): string | undefined {
    if (!this.walk) return undefined;
    const { texts, at } = this.walk;
    this.walk = at > 1 ? { texts, at: at - 1 } : undefined;
    return texts[at - 1];
  }

  /** The user edited the recalled prompt: it is the draft now. */
  edited(): void {
    const draft = this.leave();
    if (draft !== undefined) this.addEarlierDraft(draft);
  }

  /** Ends the walk. Returns the draft from before it; undefined if no prompt was recalled. */
  leave(): string | undefined {
    const draft = this.walk?.texts[0];
    this.walk = undefined;
    return draft;
  }

  /**
   * Returns the text for the box after a prompt was sent: the draft that made room for it, or an empty text.
   * @param sent the prompt that was sent.
   */
  afterSending(sent: string): string {
    const draft = this.leave();
    if (draft !== undefined) return draft === sent ? '' : draft;
    const waiting = this.drafts.filter((draft) => draft !== sent);
    if (this.drafts.length > 0) this.save(waiting.slice(0, -1));
    return waiting.at(-1) ?? '';
  }

  private save(drafts: readonly string[]): void {
    this.drafts = drafts;
    this.saveDrafts(drafts);
  }
}

const withoutRepeats = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => text !== texts[index - 1]);

import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { userTexts } from '../../../src/core/conversation/transcript/userTexts';

/**
 * What the user has asked for in this conversation, newest first, what stands there in a row only once. Linear in the
 * messages: for when it is asked for.
 */
export function ownPrompts(messages: readonly Message[], outbox: readonly OutboxItem[]): readonly string[] {
  const all = [...userTexts(messages), ...outbox.map(({ text }) => text)]
    .filter((text) => text.trim() !== '')
    .reverse();
  return withoutRepeats(all);
}

/**
 * Walks through own prompts and back. What stood in the box before is the newest of them and is never given up: not
 * while one looks around, and if a recalled prompt is edited, what stood there before it becomes one of them, until it
 * comes back when the edited one is sent.
 */
export class PromptHistory {
  private walk: { readonly texts: readonly string[]; readonly at: number } | undefined;

  /**
   * @param source own prompts, newest first.
   * @param drafts drafts that had to make room for an edited prompt, oldest first.
   */
  constructor(
    private readonly source: () => readonly string[],
    private drafts: readonly string[],
    private readonly saveDrafts: (drafts: readonly string[]) => void,
  ) {}

  /** A recalled prompt stands in the box. */
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

  /** Another draft takes its place in the box. */
  addEarlierDraft(draft: string): void {
    if (draft.trim() !== '') this.save([...this.drafts.filter((earlier) => earlier !== draft), draft]);
  }

  /** The next older prompt; undefined: there is none. @param draft what stands in the box. */
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

  /** The next newer prompt, in the end the draft as it was; undefined: the draft stands there already. */
  newer(): string | undefined {
    if (!this.walk) return undefined;
    const { texts, at } = this.walk;
    this.walk = at > 1 ? { texts, at: at - 1 } : undefined;
    return texts[at - 1];
  }

  /** The recalled prompt has been edited: it is the draft now. */
  edited(): void {
    const draft = this.leave();
    if (draft !== undefined) this.addEarlierDraft(draft);
  }

  /** Ends the walk. What stood in the box before it; undefined: no prompt was recalled. */
  leave(): string | undefined {
    const draft = this.walk?.texts[0];
    this.walk = undefined;
    return draft;
  }

  /**
   * What stands in the box was sent: the draft that made room for it, which comes back; else nothing.
   * @param sent what was sent.
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

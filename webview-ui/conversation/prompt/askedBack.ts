import { standsIn } from '../../../src/core/conversation/queue/draftText';

/** Prompts that were asked back into the prompt box. Each has not come back yet, nor was it too late. */
export class AskedBack {
  private readonly texts = new Map<string, string>();
  private late: ReadonlySet<string> = new Set();

  /** Ids of the prompts that had left before they were asked back. */
  get tooLate(): ReadonlySet<string> {
    return this.late;
  }

  add(clientId: string, text: string): void {
    this.texts.set(clientId, text);
  }

  cameTooLate(clientId: string): void {
    this.late = new Set([...this.late, clientId]);
    this.texts.delete(clientId);
  }

  /** The text that came back with a draft of the panel; undefined where it is none of these. */
  cameBackWith(draft: string): string | undefined {
    const [clientId, text] = [...this.texts].find(([, asked]) => standsIn(asked, draft)) ?? [];
    if (clientId !== undefined) this.texts.delete(clientId);
    return text;
  }

  /**
   * The panel begins anew with this draft: the texts that have come back with it. What else was asked back is not
   * waited for any more.
   */
  settle(draft: string): readonly string[] {
    const back = [...this.texts.values()].filter((text) => standsIn(text, draft));
    this.texts.clear();
    return back;
  }
}

import { containsParagraphs } from '../../../src/core/conversation/queue/draftText';

/** Prompts that the user takes back, until the panel returns the text or says that it was sent already. */
export class TakeBackRequests {
  private readonly texts = new Map<string, string>();
  private late: ReadonlySet<string> = new Set();

  /** IDs of the prompts that were sent before the user took them back. */
  get tooLateIds(): ReadonlySet<string> {
    return this.late;
  }

  add(clientId: string, text: string): void {
    this.texts.set(clientId, text);
  }

  cameTooLate(clientId: string): void {
    this.late = new Set([...this.late, clientId]);
    this.texts.delete(clientId);
  }

  /** The text that returned with a draft of the panel; undefined if the draft contains none of these. */
  cameBackWith(draft: string): string | undefined {
    const [clientId, text] = [...this.texts].find(([, asked]) => containsParagraphs(asked, draft)) ?? [];
    if (clientId !== undefined) this.texts.delete(clientId);
    return text;
  }

  /**
   * The panel starts again with this draft. Returns the texts that the draft contains, and forgets the other requests.
   */
  settle(draft: string): readonly string[] {
    const back = [...this.texts.values()].filter((text) => containsParagraphs(text, draft));
    this.texts.clear();
    return back;
  }
}

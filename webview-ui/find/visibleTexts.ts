import { visibleText } from '../rich/visibleText';

/** So many characters are kept: enough for what a reader searches in again while typing, little beside a long conversation. */
const MAX_KEPT = 2_000_000;

/** What a reader sees of Markdown texts, kept for the next letter that is typed. */
export class VisibleTexts {
  private kept = new Map<string, string>();
  private size = 0;

  readonly of = (markdown: string): string => {
    let seen = this.kept.get(markdown);
    if (seen === undefined) {
      seen = visibleText(markdown);
      this.size += seen.length;
      if (this.size > MAX_KEPT) {
        this.kept = new Map();
        this.size = seen.length;
      }
      this.kept.set(markdown, seen);
    }
    return seen;
  };
}

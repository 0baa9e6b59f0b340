import type { TextSource } from '../../../src/core/conversation/find/search';
import { textsOf, type SearchText } from '../../../src/core/conversation/find/texts';
import type { Part } from '../../../src/core/conversation/transcript/transcript';
import { visibleText } from '../rich/visibleText';

/**
 * The most characters to cache of each kind. Enough for searches while typing, and little beside the conversation
 * itself.
 */
const MAX_VISIBLE = 2_000_000;
const MAX_TEXTS = 16_000_000;

/**
 * Caches the searched texts for the next key. Making a text takes several times as long as searching it: for a tool
 * call it writes JSON and compares lines.
 */
export class SearchedTexts implements TextSource {
  private parts = new WeakMap<Part, readonly SearchText[]>();
  private partsSize = 0;
  private readonly seen = new Map<string, string>();
  private seenSize = 0;

  textsOf(part: Part): readonly SearchText[] {
    let texts = this.parts.get(part);
    if (!texts) {
      texts = textsOf(part);
      this.partsSize += texts.reduce((sum, { text }) => sum + text.length, 0);
      if (this.partsSize > MAX_TEXTS) {
        this.parts = new WeakMap();
        this.partsSize = 0;
      }
      this.parts.set(part, texts);
    }
    return texts;
  }

  visible(markdown: string): string {
    let seen = this.seen.get(markdown);
    if (seen === undefined) {
      seen = visibleText(markdown);
      this.seenSize += seen.length;
      if (this.seenSize > MAX_VISIBLE) {
        this.seen.clear();
        this.seenSize = seen.length;
      }
      this.seen.set(markdown, seen);
    }
    return seen;
  }
}

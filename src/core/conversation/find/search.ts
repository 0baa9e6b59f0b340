import type { Message, Part } from '../transcript/transcript';
import type { PartAddress } from '../transcript/partAddress';
import { isNarrower, Matcher, type FindQuery, type Match } from './matcher';
import type { SearchText } from './texts';

/** Which parts of a message are searched. Undefined: all parts. */
export type SearchedParts = ((message: Message) => readonly number[]) | undefined;

/** Supplies the texts to search. Each new query asks for them again. */
export interface TextSource {
  /** All texts of a part, as from `textsOf`. */
  textsOf(part: Part): readonly SearchText[];
  /** The visible text of a Markdown text. */
  visible(markdown: string): string;
}

/** Names a match by its part and its number there, from 0. It stays valid while the conversation grows. */
export interface HitAddress extends PartAddress {
  readonly ordinal: number;
}

/** A match, and the text that contains it. */
export interface Hit extends Match {
  readonly in: SearchText;
  /** The position of that text among the texts of its part, from 0. */
  readonly textIndex: number;
  /** The visible text. `start` and `end` are positions in it. */
  readonly seen: string;
}

/** The answer is not known before more is searched. */
export const UNSEARCHED = 'unsearched';

interface Counts {
  readonly total: number;
  /** For each part. Empty if the message has no matches. */
  readonly parts: readonly number[];
}

const NONE: Counts = { total: 0, parts: [] };

/**
 * Searches a conversation for one query, in slices. It starts at the reader's position, goes on to the end, and
 * continues from the beginning. It remembers only the number of matches per part, so that a million matches need no
 * memory. The positions are searched again for the one part that the reader goes to.
 */
export class Search {
  readonly matcher: Matcher;
  private messages: readonly Message[] = [];
  private indices = new Map<string, number>();
  private readonly parts = new WeakMap<Part, number>();
  private counts = new WeakMap<Message, Counts>();
  private searched: SearchedParts;
  private origin = 0;
  /** How many messages are done, counted from the origin. */
  private done = 0;

  /** The counts for a shorter query. A part without the shorter query has no match for this one. */
  private readonly wider: WeakMap<Part, number> | undefined;

  /** @param before the search that this one replaces. */
  constructor(
    readonly query: FindQuery,
    private readonly source: TextSource,
    before?: Search,
  ) {
    this.matcher = new Matcher(query);
    this.wider = before && isNarrower(before.query, query) ? before.parts : undefined;
  }

  /**
   * Sets what to search. Messages and parts that are the same objects as before are not searched again.
   * @param origin the id of the message to start at. Without it, the search starts where it started before.
   */
  searchIn(messages: readonly Message[], searched?: SearchedParts, origin?: string): void {
    if (searched !== this.searched) this.counts = new WeakMap();
    const beganAt = this.messages[this.origin]?.id;
    this.searched = searched;
    if (messages !== this.messages) this.indices = new Map(messages.map(({ id }, index) => [id, index]));
    this.messages = messages;
    this.origin = this.indices.get(origin ?? beganAt ?? '') ?? 0;
    this.done = 0;
  }

  /** Continues while `mayGoOn` is true, for at least one part. Returns true when everything is searched. */
  work(mayGoOn: () => boolean): boolean {
    let isFirst = true;
    const mayCount = (): boolean => {
      const may = isFirst || mayGoOn();
      isFirst = false;
      return may;
    };
    while (this.done < this.messages.length) {
      const message = this.messages[(this.origin + this.done) % this.messages.length];
      if (message && !this.counts.has(message) && !this.countParts(message, mayCount)) return false;
      this.done++;
    }
    return true;
  }

  get isComplete(): boolean {
    return this.done >= this.messages.length;
  }

  /** How many matches are found so far. */
  get total(): number {
    let total = 0;
    for (const message of this.messages) total += this.counts.get(message)?.total ?? 0;
    return total;
  }

  /** How many of the matches found so far are before this one. Undefined if there is no such match. */
  indexOf({ messageId, partIndex, ordinal }: HitAddress): number | undefined {
    const index = this.indices.get(messageId);
    const message = index === undefined ? undefined : this.messages[index];
    const own = message && this.counts.get(message);
    if (index === undefined || !own || ordinal >= (own.parts[partIndex] ?? 0)) return undefined;
    const inParts = own.parts.slice(0, partIndex).reduce((sum, count) => sum + count, 0);
    return this.messages
      .slice(0, index)
      .reduce((sum, earlier) => sum + (this.counts.get(earlier)?.total ?? 0), inParts + ordinal);
  }

  /** The first match in a part or after it. Continues from the beginning. Undefined if there is no match. */
  from(messageId: string, partIndex: number): HitAddress | typeof UNSEARCHED | undefined {
    return this.look({ messageId, partIndex }, 1);
  }

  /** The last match before a part. Continues from the end. Undefined if there is no match. */
  upTo(messageId: string, partIndex: number): HitAddress | typeof UNSEARCHED | undefined {
    return this.look({ messageId, partIndex: partIndex - 1 }, -1);
  }

  /** The match after this one, or before it. Continues at the other end. May be this match, or undefined if none. */
  beside({ messageId, partIndex, ordinal }: HitAddress, direction: 1 | -1): HitAddress | typeof UNSEARCHED | undefined {
    const message = this.messageOf(messageId);
    const next = ordinal + direction;
    if (message && next >= 0) {
      const own = this.counts.get(message);
      if (!own) return UNSEARCHED;
      if (next < (own.parts[partIndex] ?? 0)) return { messageId, partIndex, ordinal: next };
    }
    return this.look({ messageId, partIndex: partIndex + direction }, direction);
  }

  /** The match with its position and text. Undefined if there is no such match. */
  hitAt({ messageId, partIndex, ordinal }: HitAddress): Hit | undefined {
    return this.hitsIn(messageId, partIndex)[ordinal];
  }

  /** All matches of one part, in reading order. */
  hitsIn(messageId: string, partIndex: number): readonly Hit[] {
    const part = this.messageOf(messageId)?.parts[partIndex];
    const hits: Hit[] = [];
    const texts = part ? this.source.textsOf(part) : [];
    for (const [textIndex, text] of texts.entries()) {
      const seen = this.seenOf(text);
      if (seen !== undefined)
        for (const match of this.matcher.all(seen)) hits.push({ ...match, in: text, textIndex, seen });
    }
    return hits;
  }

  private messageOf(id: string): Message | undefined {
    const index = this.indices.get(id);
    return index === undefined ? undefined : this.messages[index];
  }

  private countParts(message: Message, mayCount: () => boolean): boolean {
    const counts = new Array<number>(message.parts.length).fill(0);
    let total = 0;
    for (const index of this.searched?.(message) ?? message.parts.keys()) {
      const part = message.parts[index];
      if (!part) continue;
      let count = this.parts.get(part);
      if (count === undefined) {
        if (!mayCount()) return false;
        count = this.wider?.get(part) === 0 ? 0 : this.countIn(part);
        this.parts.set(part, count);
      }
      counts[index] = count;
      total += count;
    }
    this.counts.set(message, total === 0 ? NONE : { total, parts: counts });
    return true;
  }

  private countIn(part: Part): number {
    let count = 0;
    for (const text of this.source.textsOf(part)) {
      const seen = this.seenOf(text);
      if (seen !== undefined) count += this.matcher.count(seen);
    }
    return count;
  }

  /** The visible text. Undefined if it certainly has no match. */
  private seenOf({ text, isMarkdown }: SearchText): string | undefined {
    if (!isMarkdown) return text;
    return this.matcher.mayStandIn(text) ? this.source.visible(text) : undefined;
  }

  private look({ messageId, partIndex }: PartAddress, direction: 1 | -1): HitAddress | typeof UNSEARCHED | undefined {
    const count = this.messages.length;
    const start = this.indices.get(messageId) ?? 0;
    let at = partIndex;
    // One step more than there are messages, so that it ends in the message where it started.
    for (let step = 0; step <= count && count > 0; step++) {
      const message = this.messages[(start + direction * step + count * 2) % count];
      if (!message) return undefined;
      const own = this.counts.get(message);
      if (!own) return UNSEARCHED;
      if (step > 0) at = direction === 1 ? 0 : message.parts.length - 1;
      for (; own.total > 0 && at >= 0 && at < own.parts.length; at += direction) {
        const found = own.parts[at] ?? 0;
        if (found > 0) return { messageId: message.id, partIndex: at, ordinal: direction === 1 ? 0 : found - 1 };
      }
    }
    return undefined;
  }
}

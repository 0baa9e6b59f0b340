import type { Message, Part } from '../transcript/transcript';
import type { PartAddress } from '../transcript/partAddress';
import { isNarrower, Matcher, type FindQuery, type Match } from './matcher';
import type { SearchText } from './texts';

/** Which parts of a message are searched; undefined: all of them. */
export type SearchedParts = ((message: Message) => readonly number[]) | undefined;

/** Where the session has its texts from: they are asked for again with every word. */
export interface TextSource {
  /** Every text of a part, as `textsOf` gives them. */
  textsOf(part: Part): readonly SearchText[];
  /** What a reader sees of a Markdown text. */
  visible(markdown: string): string;
}

/** One match, named so that it stays the same while the conversation grows: the how manieth of its part, from 0. */
export interface HitPlace extends PartAddress {
  readonly ordinal: number;
}

/** A match and the text that it stands in. */
export interface Hit extends Match {
  readonly in: SearchText;
  /** The how manieth text of its part that is. */
  readonly textIndex: number;
  /** What is seen of that text: what `start` and `end` count in. */
  readonly seen: string;
}

/** More is to be searched before this can be told. */
export const UNSEARCHED = 'unsearched';

interface Counts {
  readonly total: number;
  /** Per part; empty where there are none. */
  readonly parts: readonly number[];
}

const NONE: Counts = { total: 0, parts: [] };

/**
 * The search for one query over a conversation, done in slices, from where the reader is to the end and then from the
 * beginning on. It keeps how often each part holds the query, not where: that is found again for the one part that is
 * gone to, so that a million matches take no room.
 */
export class FindSession {
  readonly matcher: Matcher;
  private messages: readonly Message[] = [];
  private indices = new Map<string, number>();
  private readonly parts = new WeakMap<Part, number>();
  private counts = new WeakMap<Message, Counts>();
  private searched: SearchedParts;
  private origin = 0;
  /** So many messages, from the origin on, are done. */
  private done = 0;

  /** What was counted for a shorter word: what holds none of it holds none of this one. */
  private readonly wider: WeakMap<Part, number> | undefined;

  /** @param before the search that this one takes the place of. */
  constructor(
    readonly query: FindQuery,
    private readonly source: TextSource,
    before?: FindSession,
  ) {
    this.matcher = new Matcher(query);
    this.wider = before && isNarrower(before.query, query) ? before.parts : undefined;
  }

  /**
   * What is searched from now on. Messages and parts that are the same objects as before are not searched again.
   * @param origin the message to begin at; left out: where it began.
   */
  search(messages: readonly Message[], searched?: SearchedParts, origin?: string): void {
    if (searched !== this.searched) this.counts = new WeakMap();
    const beganAt = this.messages[this.origin]?.id;
    this.searched = searched;
    if (messages !== this.messages) this.indices = new Map(messages.map(({ id }, index) => [id, index]));
    this.messages = messages;
    this.origin = this.indices.get(origin ?? beganAt ?? '') ?? 0;
    this.done = 0;
  }

  /** Searches on for as long as it may, one part at least. True when all is searched. */
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

  /** How many matches are known of. */
  get total(): number {
    let total = 0;
    for (const message of this.messages) total += this.counts.get(message)?.total ?? 0;
    return total;
  }

  /**
   * How many matches stand before this one; as far as is known, while it is not complete. Undefined if there is no such
   * match.
   */
  indexOf({ messageId, partIndex, ordinal }: HitPlace): number | undefined {
    const index = this.indices.get(messageId);
    const message = index === undefined ? undefined : this.messages[index];
    const own = message && this.counts.get(message);
    if (index === undefined || !own || ordinal >= (own.parts[partIndex] ?? 0)) return undefined;
    const inParts = own.parts.slice(0, partIndex).reduce((sum, count) => sum + count, 0);
    return this.messages
      .slice(0, index)
      .reduce((sum, earlier) => sum + (this.counts.get(earlier)?.total ?? 0), inParts + ordinal);
  }

  /** The first match in a message's part or after it; round the end to the beginning. Undefined: there is none. */
  from(messageId: string, partIndex: number): HitPlace | typeof UNSEARCHED | undefined {
    return this.look({ messageId, partIndex }, 1);
  }

  /** The last match before a message's part; round the beginning to the end. */
  upTo(messageId: string, partIndex: number): HitPlace | typeof UNSEARCHED | undefined {
    return this.look({ messageId, partIndex: partIndex - 1 }, -1);
  }

  /**
   * The match after this one, or before it; round the end, and itself if there is no other. Undefined: there is none.
   */
  beside({ messageId, partIndex, ordinal }: HitPlace, direction: 1 | -1): HitPlace | typeof UNSEARCHED | undefined {
    const message = this.messageOf(messageId);
    const next = ordinal + direction;
    if (message && next >= 0) {
      const own = this.counts.get(message);
      if (!own) return UNSEARCHED;
      if (next < (own.parts[partIndex] ?? 0)) return { messageId, partIndex, ordinal: next };
    }
    return this.look({ messageId, partIndex: partIndex + direction }, direction);
  }

  /** Where it stands. Undefined if there is no such match. */
  hitAt({ messageId, partIndex, ordinal }: HitPlace): Hit | undefined {
    return this.hitsIn(messageId, partIndex)[ordinal];
  }

  /** All matches of one part, in the order they are read. */
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

  /** Undefined where it holds no match for certain. */
  private seenOf({ text, isMarkdown }: SearchText): string | undefined {
    if (!isMarkdown) return text;
    return this.matcher.mayStandIn(text) ? this.source.visible(text) : undefined;
  }

  private look({ messageId, partIndex }: PartAddress, direction: 1 | -1): HitPlace | typeof UNSEARCHED | undefined {
    const count = this.messages.length;
    const start = this.indices.get(messageId) ?? 0;
    let at = partIndex;
    // One more than there are: the way ends where it began.
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

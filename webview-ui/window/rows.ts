import type { Message } from '../../src/core/conversation/transcript';

/** So many parts make one row: an agent that works for hours writes a single message with hundreds of parts, which must not be drawn whole. */
const ROW_PARTS = 8;

/** What is drawn and measured as one: a message, or a segment of a long one. */
export interface TimelineRow {
  /** Unique among the rows of a conversation, and stable while the message grows. */
  readonly key: string;
  readonly message: Message;
  /** Where the message stands in the conversation. */
  readonly index: number;
  /** Which of the message's parts, ascending. */
  readonly parts: readonly number[];
  /** From 0: which segment of its message it is. */
  readonly segment: number;
  /** No other segment of the message follows. */
  readonly isLast: boolean;
}

/** Which parts of a message are shown; undefined: all of them. None: the message is left out. */
export type PartChoice = ((message: Message) => readonly number[]) | undefined;

/** The rows of a conversation. The rows of a message that did not change are the same objects as before: keep one of these per timeline. */
export class RowsOfMessages {
  private readonly known = new WeakMap<Message, readonly TimelineRow[]>();
  private choice: PartChoice;

  of(messages: readonly Message[], choice?: PartChoice): readonly TimelineRow[] {
    if (choice !== this.choice) {
      for (const message of messages) this.known.delete(message);
      this.choice = choice;
    }
    const rows: TimelineRow[] = [];
    messages.forEach((message, index) => {
      let own = this.known.get(message);
      if (!own || (own.length > 0 && own[0]?.index !== index)) {
        own = segments(message, index, choice ? choice(message) : message.parts.map((_, part) => part), choice !== undefined);
        this.known.set(message, own);
      }
      for (const row of own) rows.push(row);
    });
    return rows;
  }
}

/** Segments begin at fixed places, so that a part that comes later changes the last one alone. */
function segments(message: Message, index: number, parts: readonly number[], isChosen: boolean): readonly TimelineRow[] {
  if (parts.length === 0) return isChosen ? [] : [{ key: rowKey(message.id, 0), message, index, parts, segment: 0, isLast: true }];
  const rows: TimelineRow[] = [];
  for (let from = 0; from < parts.length; from += ROW_PARTS) {
    const segment = from / ROW_PARTS;
    rows.push({ key: rowKey(message.id, segment), message, index, parts: parts.slice(from, from + ROW_PARTS), segment, isLast: from + ROW_PARTS >= parts.length });
  }
  return rows;
}

export function rowKey(messageId: string, segment: number): string {
  return segment === 0 ? messageId : `${messageId}\n${String(segment)}`;
}

/** The row that shows a part; without a part, or where it is not shown, the first one of the message. */
export function rowOf(rows: readonly TimelineRow[], messageId: string, partIndex?: number): TimelineRow | undefined {
  const own = rows.filter(({ message }) => message.id === messageId);
  return own.find(({ parts }) => partIndex !== undefined && parts.includes(partIndex)) ?? own[0];
}

import type { Message } from '../../../src/core/conversation/transcript/transcript';

/**
 * So many parts make one row: an agent that works for hours writes a single message with hundreds of parts, which must
 * not be drawn whole.
 */
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

/**
 * The rows of a conversation, kept from one state to the next: what did not change costs a comparison, and its rows are
 * the same objects as before.
 */
export class RowsOfMessages {
  private messages: readonly Message[] = [];
  private choice: PartChoice;
  private rows: readonly TimelineRow[] = [];
  /** Where the rows of each message begin. */
  private starts: readonly number[] = [];

  /** The same list, by identity, for the same messages and choice. */
  of(messages: readonly Message[], choice?: PartChoice): readonly TimelineRow[] {
    const before = choice === this.choice ? this.messages : [];
    let same = 0;
    while (same < messages.length && messages[same] === before[same]) same++;
    if (same === messages.length && same === before.length && choice === this.choice) return this.rows;
    const starts = this.starts.slice(0, same);
    const rows = this.rows.slice(0, this.starts[same] ?? this.rows.length);
    // Where messages were put in front, the others stand elsewhere now: all are made anew, which happens once per piece
    // that arrives.
    for (let index = same; index < messages.length; index++) {
      const message = messages[index];
      if (!message) continue;
      starts.push(rows.length);
      const own =
        message === before[index]
          ? this.rows.slice(this.starts[index], this.starts[index + 1])
          : segments(message, index, choice);
      for (const row of own) rows.push(row);
    }
    this.messages = messages;
    this.choice = choice;
    this.rows = rows;
    this.starts = starts;
    return rows;
  }
}

/** Segments begin at fixed places, so that a part that comes later changes the last one alone. */
function segments(message: Message, index: number, choice: PartChoice): readonly TimelineRow[] {
  const parts = choice ? choice(message) : message.parts.map((_, part) => part);
  if (parts.length === 0)
    return choice ? [] : [{ key: rowKey(message.id, 0), message, index, parts, segment: 0, isLast: true }];
  const rows: TimelineRow[] = [];
  for (let from = 0; from < parts.length; from += ROW_PARTS) {
    const segment = from / ROW_PARTS;
    rows.push({
      key: rowKey(message.id, segment),
      message,
      index,
      parts: parts.slice(from, from + ROW_PARTS),
      segment,
      isLast: from + ROW_PARTS >= parts.length,
    });
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

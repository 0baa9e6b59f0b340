import type { Message } from '../../../src/core/conversation/transcript/transcript';

/**
 * The number of parts in a row. An agent that works for hours writes one message with hundreds of parts, too many to
 * draw at once.
 */
const ROW_PARTS = 8;

/** A unit of drawing and measuring: a message, or a segment of a long one. */
export interface TimelineRow {
  /** Unique among the rows of a conversation, and stable while the message grows. */
  readonly key: string;
  readonly message: Message;
  /** The index of the message in the conversation. */
  readonly index: number;
  /** The indexes of the message's parts in this row, ascending. */
  readonly parts: readonly number[];
  /** Which segment of its message it is, from 0. */
  readonly segment: number;
  /** No other segment of the message follows. */
  readonly isLast: boolean;
}

/** Chooses the parts of a message that are shown. Undefined: all parts. An empty list hides the message. */
export type PartChoice = ((message: Message) => readonly number[]) | undefined;

/**
 * Makes the rows of a conversation, and remembers them. An unchanged message costs one comparison, and its rows are the
 * same objects as before.
 */
export class RowsOfMessages {
  private messages: readonly Message[] = [];
  private choice: PartChoice;
  private rows: readonly TimelineRow[] = [];
  /** The index of each message's first row. */
  private starts: readonly number[] = [];

  /** The rows. Returns the same list for the same messages and choice. */
  of(messages: readonly Message[], choice?: PartChoice): readonly TimelineRow[] {
    const before = choice === this.choice ? this.messages : [];
    let same = 0;
    while (same < messages.length && messages[same] === before[same]) same++;
    if (same === messages.length && same === before.length && choice === this.choice) return this.rows;
    const starts = this.starts.slice(0, same);
    const rows = this.rows.slice(0, this.starts[same] ?? this.rows.length);
    // If messages arrived before the first one, all indexes change. So all rows are made again, once per piece that
    // arrives.
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

/** Segments begin at fixed indexes, so that a new part changes only the last one. */
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

/** The row that shows a part. Without a part, or if it is hidden, the first row of the message. */
export function rowOf(rows: readonly TimelineRow[], messageId: string, partIndex?: number): TimelineRow | undefined {
  const own = rows.filter(({ message }) => message.id === messageId);
  return own.find(({ parts }) => partIndex !== undefined && parts.includes(partIndex)) ?? own[0];
}

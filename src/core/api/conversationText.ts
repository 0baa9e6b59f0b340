/**
 * The text of a conversation's answer. The next answer is compared with it, because the API has no delta: each read of
 * a running deployment returns the same megabytes with one more part at the end.
 *
 * The text is kept as bytes, and positions count bytes. So what did not change is neither decoded nor parsed again.
 * JSON's structural characters are ASCII, and no byte of another character in UTF-8 looks like one.
 */
import { createHash } from 'node:crypto';
import { parseJson } from '../base/nesting';
import { mayHoldKey } from '../secrets/secrets';
import type { AnswerBody } from './answerBody';
import { commonPrefix, commonSuffix } from './commonBytes';

/** The positions of the messages: `[` and `]` of the list, and each message. */
interface Spans {
  readonly open: number;
  readonly close: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** How another answer differs: its JSON without messages, and which messages replace which. */
export interface ConversationDifference {
  readonly envelope: string;
  readonly start: number;
  readonly removed: number;
  /** As parsed from JSON. */
  readonly messages: readonly unknown[];
  readonly text: ConversationText;
}

/**
 * Two levels are above the messages: the answer and its conversation. So messages are cut at the same depth as in a
 * whole answer.
 */
const LEVELS_ABOVE = 2;

/** The end of the list is searched from the end of the text, because little comes after the messages. */
const MAX_TRIES = 24;

export class ConversationText {
  /** Private at run time too, so that no log can print it with the answer. */
  readonly #bytes: Buffer | undefined;
  readonly #fingerprint: string | undefined;
  readonly #spans: Spans | undefined;

  /**
   * @param body is kept as bytes, or only as a fingerprint if it may contain a provider key. The fingerprint recognizes
   * the same body.
   */
  constructor(body: AnswerBody, spans?: Spans) {
    if (spans === undefined && mayHoldKey(body.text)) {
      this.#fingerprint = fingerprint(body);
    } else {
      this.#bytes = body.bytes();
      this.#spans = spans ?? spansOf(this.#bytes);
    }
  }

  isSame(body: AnswerBody): boolean {
    return this.#bytes === undefined ? this.#fingerprint === fingerprint(body) : this.#bytes.equals(body.bytes());
  }

  /**
   * What is different in another answer. Undefined: that is not certain, so the answer must be read as a whole.
   *
   * It is certain because a text has three pieces: before the messages, the messages, after the messages. A piece that
   * is JSON can replace another piece that is JSON.
   */
  differenceTo(body: AnswerBody): ConversationDifference | undefined {
    const bytes = body.bytes();
    const old = this.#bytes;
    const oldSpans = this.#spans;
    const open = messagesStart(bytes);
    if (old === undefined || !oldSpans || open < 0) return undefined;
    const prefix = commonPrefix(
      { bytes: old, from: oldSpans.open + 1, to: oldSpans.close },
      { bytes, from: open + 1, to: bytes.length },
    );
    let close = bytes.length;
    for (let tries = 0; tries < MAX_TRIES && close > 0; tries++) {
      close = bytes.lastIndexOf(CLOSE_LIST, close - 1);
      if (close <= open) return undefined;
      const envelope = textIn(bytes, 0, open + 1) + textIn(bytes, close, bytes.length);
      if (isEnvelope(envelope, textIn(bytes, 0, open).length)) {
        const found = differenceBetween(old, oldSpans, bytes, { open, close }, prefix);
        if (found) {
          const { spans, ...difference } = found;
          return { envelope, ...difference, text: new ConversationText(body, spans) };
        }
      }
    }
    return undefined;
  }
}

function fingerprint(body: AnswerBody): string {
  return createHash('sha256').update(body.bytes()).digest('base64');
}

function textIn(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}

/** @param open the position of the list's `[`, in UTF-16 units. */
function isEnvelope(envelope: string, open: number): boolean {
  const rest = envelope.slice(open);
  // A second key of the same name would replace the first.
  if (rest.includes('"messages"') || rest.includes('"conversation"') || mayHoldKey(envelope)) return false;
  return parsed(envelope) !== undefined;
}

/** @param prefix the number of equal bytes after `[` in both texts. */
function differenceBetween(
  old: Buffer,
  spans: Spans,
  bytes: Buffer,
  { open, close }: Pick<Spans, 'open' | 'close'>,
  prefix: number,
): (Omit<ConversationDifference, 'envelope' | 'text'> & { readonly spans: Spans }) | undefined {
  const count = spans.starts.length;
  const start = countBelow(spans.ends, spans.open + 1 + prefix + 1);
  const oldStart = start === 0 ? spans.open + 1 : (spans.ends[start - 1] ?? 0);
  const newStart = oldStart - spans.open + open;
  const suffix = commonSuffix({ bytes: old, from: oldStart, to: spans.close }, { bytes, from: newStart, to: close });
  const kept = Math.min(count - countBelow(spans.starts, spans.close - suffix), count - start);
  const shift = close - spans.close;
  const newEnd = kept === 0 ? close : (spans.starts[count - kept] ?? 0) + shift;
  if (newEnd < newStart) return undefined;
  const between = textIn(bytes, newStart, newEnd);
  if (mayHoldKey(between)) return undefined;
  // Zeros replace the messages on both sides, so that the commas must be right.
  const values = parsed(`[${start > 0 ? '0' : ''}${between}${kept > 0 ? '0' : ''}]`, LEVELS_ABOVE);
  if (!Array.isArray(values)) return undefined;
  const messages: readonly unknown[] = values.slice(start > 0 ? 1 : 0, kept > 0 ? -1 : undefined);
  const added = messages.length === 0 ? { starts: [], ends: [] } : spansFrom(bytes, newStart, newEnd);
  if (added?.starts.length !== messages.length) return undefined;
  const moved = (at: number): number => at + shift;
  const ahead = (at: number): number => at - spans.open + open;
  return {
    start,
    removed: count - kept - start,
    messages,
    spans: {
      open,
      close,
      starts: [
        ...spans.starts.slice(0, start).map(ahead),
        ...added.starts,
        ...spans.starts.slice(count - kept).map(moved),
      ],
      ends: [...spans.ends.slice(0, start).map(ahead), ...added.ends, ...spans.ends.slice(count - kept).map(moved)],
    },
  };
}

function parsed(text: string, above = 0): unknown {
  try {
    return parseJson(text, above);
  } catch {
    return undefined;
  }
}

/** The number of items below a limit, in an ascending list. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function spansOf(bytes: Buffer): Spans | undefined {
  const open = messagesStart(bytes);
  if (open < 0) return undefined;
  const found = spansFrom(bytes, open + 1, bytes.length);
  return found && bytes[found.stop] === CLOSE_LIST
    ? { open, close: found.stop, starts: found.starts, ends: found.ends }
    : undefined;
}

const QUOTE = 34,
  COMMA = 44,
  COLON = 58,
  BACKSLASH = 92,
  OPEN_LIST = 91,
  CLOSE_LIST = 93,
  OPEN = 123,
  CLOSE = 125;

/**
 * The positions of the objects in a list of valid JSON. Undefined if the list has anything else, because only objects
 * are sure to end where they end.
 */
function spansFrom(
  bytes: Buffer,
  from: number,
  to: number,
): { readonly starts: number[]; readonly ends: number[]; readonly stop: number } | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let depth = 0;
  for (let at = from; at < to; at++) {
    switch (bytes[at] ?? 0) {
      case QUOTE:
        if (depth === 0) return undefined;
        at = stringEnd(bytes, at);
        if (at < 0) return undefined;
        break;
      case OPEN:
      case OPEN_LIST:
        if (depth === 0 && bytes[at] !== OPEN) return undefined;
        if (depth++ === 0) starts.push(at);
        break;
      case CLOSE:
      case CLOSE_LIST:
        if (depth === 0) return { starts, ends, stop: at };
        if (--depth === 0) ends.push(at + 1);
        break;
      case COMMA:
      case 32:
      case 9:
      case 10:
      case 13:
        break;
      default:
        if (depth === 0) return undefined;
    }
  }
  return { starts, ends, stop: to };
}

/** The position of the quotation mark that closes the string, or -1. */
function stringEnd(bytes: Buffer, open: number): number {
  for (let at = open + 1; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === QUOTE) return at;
  }
  return -1;
}

/** The `[` of `{"conversation": {"messages": [`, or -1. */
function messagesStart(bytes: Buffer): number {
  const keys: string[] = [];
  let depth = 0;
  let key = '';
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at] ?? 0) {
      case QUOTE: {
        const end = stringEnd(bytes, at);
        if (end < 0) return -1;
        key = textIn(bytes, at + 1, end);
        at = end;
        break;
      }
      case COLON:
        keys[depth] = key;
        break;
      case OPEN:
        keys[++depth] = '';
        break;
      case OPEN_LIST:
        if (depth === 2 && keys[1] === 'conversation' && keys[2] === 'messages') return at;
        keys[++depth] = '[';
        break;
      case CLOSE:
      case CLOSE_LIST:
        depth--;
        break;
      default:
        break;
    }
  }
  return -1;
}

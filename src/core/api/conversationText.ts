/**
 * The text of a conversation's answer, kept so that the next answer is read by what differs from it: the API has no
 * delta, and a run that is watched answers the same ten megabytes every few seconds, with one part more at the end.
 */
import { createHash } from 'node:crypto';
import { commonPrefix, commonSuffix } from '../base/commonEnds';
import { parseJson } from '../base/nesting';
import { mayHoldKey } from '../secrets/secrets';

/** Where the messages are in a text: `[` and `]` of the array, and each message. */
interface Spans {
  readonly open: number;
  readonly close: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** How another answer differs: its JSON with no messages in it, and which messages stand in the place of which. */
export interface ConversationDifference {
  readonly envelope: string;
  readonly start: number;
  readonly removed: number;
  /** As parsed from JSON. */
  readonly messages: readonly unknown[];
  readonly text: ConversationText;
}

/** The answer and its conversation: the messages are cut at the same depth as in an answer that is read whole. */
const LEVELS_ABOVE = 2;

/** The end of the array is looked for from the end of the text; what comes after the messages is short. */
const MAX_TRIES = 24;

export class ConversationText {
  /** Private to the language too: it must not get into a log by way of the answer that holds it. */
  readonly #text: string | undefined;
  readonly #fingerprint: string | undefined;
  readonly #spans: Spans | undefined;

  /**
   * @param text is not kept if it may hold a provider key: then a fingerprint tells whether another one is the same,
   * and no more.
   */
  constructor(text: string, spans?: Spans) {
    if (spans === undefined && mayHoldKey(text)) {
      this.#fingerprint = fingerprint(text);
    } else {
      this.#text = text;
      this.#spans = spans ?? spansOf(text);
    }
  }

  isSame(text: string): boolean {
    return this.#text === undefined ? this.#fingerprint === fingerprint(text) : this.#text === text;
  }

  /**
   * What is different in another answer. Undefined where that cannot be told for certain: it has to be read as a whole.
   * It is certain, as a text is put together from three: what is before the messages, the messages, what is after them;
   * and JSON in the place of JSON is JSON.
   */
  differenceTo(text: string): ConversationDifference | undefined {
    const old = this.#text;
    const spans = this.#spans;
    const open = messagesStart(text);
    if (old === undefined || !spans || open < 0) return undefined;
    const prefix = commonPrefix(old, spans.open + 1, spans.close, text, open + 1, text.length);
    let close = text.length;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      close = text.lastIndexOf(']', close - 1);
      if (close <= open) return undefined;
      const envelope = text.slice(0, open + 1) + text.slice(close);
      if (isEnvelope(envelope, open)) {
        const found = differenceBetween(old, spans, text, { open, close }, prefix);
        if (found) return { envelope, ...found };
      }
    }
    return undefined;
  }
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function isEnvelope(envelope: string, open: number): boolean {
  const rest = envelope.slice(open);
  // A key that comes twice would replace the first.
  if (rest.includes('"messages"') || rest.includes('"conversation"') || mayHoldKey(envelope)) return false;
  return parsed(envelope) !== undefined;
}

function differenceBetween(
  old: string,
  spans: Spans,
  text: string,
  { open, close }: Pick<Spans, 'open' | 'close'>,
  prefix: number,
): Omit<ConversationDifference, 'envelope'> | undefined {
  const count = spans.starts.length;
  const start = countBelow(spans.ends, spans.open + 1 + prefix + 1);
  const oldStart = start === 0 ? spans.open + 1 : (spans.ends[start - 1] ?? 0);
  const newStart = oldStart - spans.open + open;
  const suffix = commonSuffix(old, oldStart, spans.close, text, newStart, close);
  const kept = Math.min(count - countBelow(spans.starts, spans.close - suffix), count - start);
  const shift = close - spans.close;
  const newEnd = kept === 0 ? close : (spans.starts[count - kept] ?? 0) + shift;
  if (newEnd < newStart) return undefined;
  const between = text.slice(newStart, newEnd);
  if (mayHoldKey(between)) return undefined;
  // Zeros stand for the messages on both sides, so that the commas must be right.
  const values = parsed(`[${start > 0 ? '0' : ''}${between}${kept > 0 ? '0' : ''}]`, LEVELS_ABOVE);
  if (!Array.isArray(values)) return undefined;
  const messages: readonly unknown[] = values.slice(start > 0 ? 1 : 0, kept > 0 ? -1 : undefined);
  const added = messages.length === 0 ? { starts: [], ends: [] } : spansFrom(text, newStart, newEnd);
  if (added?.starts.length !== messages.length) return undefined;
  const moved = (at: number): number => at + shift;
  const ahead = (at: number): number => at - spans.open + open;
  return {
    start,
    removed: count - kept - start,
    messages,
    text: new ConversationText(text, {
      open,
      close,
      starts: [
        ...spans.starts.slice(0, start).map(ahead),
        ...added.starts,
        ...spans.starts.slice(count - kept).map(moved),
      ],
      ends: [...spans.ends.slice(0, start).map(ahead), ...added.ends, ...spans.ends.slice(count - kept).map(moved)],
    }),
  };
}

function parsed(text: string, above = 0): unknown {
  try {
    return parseJson(text, above);
  } catch {
    return undefined;
  }
}

/** How many of the ascending numbers are below a limit. */
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

function spansOf(text: string): Spans | undefined {
  const open = messagesStart(text);
  if (open < 0) return undefined;
  const found = spansFrom(text, open + 1, text.length);
  return found && text[found.stop] === ']'
    ? { open, close: found.stop, starts: found.starts, ends: found.ends }
    : undefined;
}

const QUOTE = 34,
  COMMA = 44,
  BACKSLASH = 92,
  OPEN_LIST = 91,
  CLOSE_LIST = 93,
  OPEN = 123,
  CLOSE = 125;

/**
 * The objects of a list in valid JSON; undefined if the list holds anything else, as nothing but an object ends where
 * it ends.
 */
function spansFrom(
  text: string,
  from: number,
  to: number,
): { readonly starts: number[]; readonly ends: number[]; readonly stop: number } | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let depth = 0;
  for (let at = from; at < to; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        if (depth === 0) return undefined;
        at = stringEnd(text, at);
        if (at < 0) return undefined;
        break;
      case OPEN:
      case OPEN_LIST:
        if (depth === 0 && text.charCodeAt(at) !== OPEN) return undefined;
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

/** Where the string that opens there closes. */
function stringEnd(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return -1;
}

/** The `[` of `{"conversation": {"messages": [`, or -1. */
function messagesStart(text: string): number {
  const keys: string[] = [];
  let depth = 0;
  let key = '';
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = stringEnd(text, at);
        if (end < 0) return -1;
        key = text.slice(at + 1, end);
        at = end;
        break;
      }
      case 58:
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

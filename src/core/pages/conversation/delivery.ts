/**
 * How a conversation reaches the page: the header first, then the last messages, so that the page can paint. The page
 * requests the rest piece by piece, so that no single message blocks the panel, the window or the page.
 */
import { applyChanges } from './applyChanges';
import { keepIdentity } from './diff';
import type { Change, ConversationState } from './protocol';
import type { Message } from '../../conversation/transcript/transcript';

/** More than any screen shows. */
const FIRST_MESSAGES = 40;
const FIRST_SIZE = 200_000;
const PIECE_SIZE = 500_000;

/** A piece of the messages, and the index of its first one. */
export interface Earlier {
  readonly from: number;
  readonly messages: readonly Message[];
}

/**
 * The state without its messages. It is sent first: header and Stop neither wait for messages, nor fail when messages
 * cannot be sent.
 */
export function openingState(state: ConversationState): {
  readonly state: ConversationState;
  readonly earlier: number;
  readonly follows: boolean;
} {
  const { length } = state.messages;
  return { state: { ...state, messages: [] }, earlier: length, follows: length > 0 };
}

/** The last messages, which follow the opening. */
export function lastMessages(messages: readonly Message[]): Earlier {
  return piece(messages, messages.length, FIRST_SIZE, FIRST_MESSAGES);
}

/**
 * Separates small changes from those that contain messages or grow with them. The panel sends the two separately, so
 * that the small ones arrive even if the others cannot be sent.
 */
export function splitChanges(
  changes: readonly Change[],
): readonly [small: readonly Change[], messages: readonly Change[]] {
  const ofMessages = ({ kind }: Change): boolean =>
    kind === 'message' || kind === 'part' || kind === 'truncate' || kind === 'partTimes';
  return [changes.filter((change) => !ofMessages(change)), changes.filter(ofMessages)];
}

/** The next piece for a page that has only the messages from `before` on. */
export function earlierThan(messages: readonly Message[], before: number): Earlier {
  return piece(messages, before, PIECE_SIZE, Number.POSITIVE_INFINITY);
}

function piece(messages: readonly Message[], before: number, maxSize: number, maxMessages: number): Earlier {
  const to = Math.min(before, messages.length);
  let from = to;
  for (let taken = 0; from > 0 && to - from < maxMessages; from--) {
    taken += sizeOf(messages[from - 1]);
    if (taken > maxSize && from < to) break;
  }
  return { from, messages: messages.slice(from, to) };
}

/** The approximate size in characters. Adds up the texts without making JSON of them. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null || depth > 20) return 8;
  let size = 2;
  for (const inner of Object.values(value)) size += 10 + sizeOf(inner, depth + 1);
  return size;
}

/** What the page has received of the state so far. */
export interface ReceivedState {
  /** With the messages that can be shown. */
  readonly state: ConversationState;
  /** How many messages at the beginning have not arrived since the panel sent its state. */
  readonly missing: number;
  /** Older messages that the page shows until the missing ones arrive: none, or the first of them. */
  readonly stale: readonly Message[];
}

/** The panel sent its state again. Older messages stay visible until new ones arrive, so that nothing scrolls away. */
export function receiveState(
  state: ConversationState,
  earlier: number,
  before: ReceivedState | undefined,
): ReceivedState {
  const known = before?.missing === 0 ? before.state.messages : [];
  return combined(
    state,
    earlier,
    known.slice(0, earlier),
    keepIdentity(known.slice(earlier), state.messages),
    before?.state.messages ?? [],
  );
}

/** Adds the next piece. Returns the same object if the piece does not fit. */
export function withEarlier(received: ReceivedState, { from, messages }: Earlier): ReceivedState {
  if (messages.length === 0 || from + messages.length !== received.missing) return received;
  const piece = keepIdentity(received.stale.slice(from), messages);
  return combined(
    received.state,
    from,
    received.stale.slice(0, from),
    [...piece, ...arrived(received)],
    received.state.messages,
  );
}

/**
 * Applies changes; undefined if one does not fit. Ignores changes of messages that have not arrived: those messages
 * already contain the change when they arrive.
 */
export function withChanges(received: ReceivedState, changes: readonly Change[]): ReceivedState | undefined {
  let { missing } = received;
  if (missing === 0) {
    const state = applyChanges(received.state, changes);
    return state && { state, missing, stale: [] };
  }
  let state: ConversationState | undefined = { ...received.state, messages: arrived(received) };
  for (const change of changes) {
    if (change.kind === 'truncate' && change.length < missing) {
      missing = change.length;
      state = { ...state, messages: [] };
    } else if (change.kind === 'truncate') {
      state = applyChanges(state, [{ ...change, length: change.length - missing }]);
    } else if (change.kind !== 'message' && change.kind !== 'part') {
      state = applyChanges(state, [change]);
    } else if (change.index >= missing) {
      state = applyChanges(state, [{ ...change, index: change.index - missing }]);
    }
    if (!state) return undefined;
  }
  return combined(state, missing, received.stale.slice(0, missing), state.messages, received.state.messages);
}

const arrived = ({ state, stale }: ReceivedState): readonly Message[] => state.messages.slice(stale.length);

/** @param shown the messages on screen. The result contains this same list if nothing in it differs. */
function combined(
  state: ConversationState,
  missing: number,
  stale: readonly Message[],
  last: readonly Message[],
  shown: readonly Message[],
): ReceivedState {
  // Leave out old messages if a gap follows them. They would look as if the new messages came right after.
  const older = stale.length === missing || last.length === 0 ? stale : [];
  const messages = keepList(shown, older.length === 0 ? last : [...older, ...last]);
  return { state: { ...state, messages }, missing, stale: older };
}

function keepList(before: readonly Message[], after: readonly Message[]): readonly Message[] {
  return before.length === after.length && after.every((message, index) => message === before[index]) ? before : after;
}

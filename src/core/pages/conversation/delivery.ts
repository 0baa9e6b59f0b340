/**
 * How a conversation crosses to the page: its header first, then its last messages, so that the page can paint. The
 * rest follows piece by piece, when the page asks for it, so that no single message holds up the panel, the window or
 * the page.
 */
import { applyChanges } from './applyChanges';
import { keepIdentity } from './diff';
import type { Change, ConversationState } from './protocol';
import type { Message } from '../../conversation/transcript/transcript';

/** More than any screen shows. */
const FIRST_MESSAGES = 40;
const FIRST_SIZE = 200_000;
const PIECE_SIZE = 500_000;

/** Messages before `before` that are sent next: how many are left out before them, and they themselves. */
export interface Earlier {
  readonly from: number;
  readonly messages: readonly Message[];
}

/**
 * The state as it is sent first: without messages. They cannot hold up header and Stop, nor take them along when they
 * cannot be sent.
 */
export function opening(state: ConversationState): {
  readonly state: ConversationState;
  readonly earlier: number;
  readonly follows: boolean;
} {
  const { length } = state.messages;
  return { state: { ...state, messages: [] }, earlier: length, follows: length > 0 };
}

/** The last messages, which follow the opening. */
export function lastOf(messages: readonly Message[]): Earlier {
  return piece(messages, messages.length, FIRST_SIZE, FIRST_MESSAGES);
}

/**
 * Small changes, and those that carry messages or grow with them: sent apart, so that the first arrive whatever becomes
 * of the second.
 */
export function apart(changes: readonly Change[]): readonly [small: readonly Change[], messages: readonly Change[]] {
  const ofMessages = ({ kind }: Change): boolean =>
    kind === 'message' || kind === 'part' || kind === 'truncate' || kind === 'observed';
  return [changes.filter((change) => !ofMessages(change)), changes.filter(ofMessages)];
}

/** The next piece for a page that lacks the messages before `before`. */
export function earlierThan(messages: readonly Message[], before: number): Earlier {
  return piece(messages, before, PIECE_SIZE, Number.POSITIVE_INFINITY);
}

function piece(messages: readonly Message[], before: number, size: number, most: number): Earlier {
  const to = Math.min(before, messages.length);
  let from = to;
  for (let taken = 0; from > 0 && to - from < most; from--) {
    taken += sizeOf(messages[from - 1]);
    if (taken > size && from < to) break;
  }
  return { from, messages: messages.slice(from, to) };
}

/** Roughly, in characters: adding up texts, without writing them. */
function sizeOf(value: unknown, depth = 0): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value !== 'object' || value === null || depth > 20) return 8;
  let size = 2;
  for (const inner of Object.values(value)) size += 10 + sizeOf(inner, depth + 1);
  return size;
}

/** The page's end: the state as far as it has arrived. */
export interface Held {
  /** With the messages that can be shown. */
  readonly state: ConversationState;
  /** So many messages at the beginning have not arrived, or not since the panel began anew. */
  readonly missing: number;
  /** What is shown for them meanwhile, from before: none, or the first of them. */
  readonly stale: readonly Message[];
}

/** The panel has begun anew. What it has not sent yet is shown as it was, so that the reader keeps their place. */
export function heldFrom(state: ConversationState, earlier: number, before: Held | undefined): Held {
  const known = before?.missing === 0 ? before.state.messages : [];
  return joined(
    state,
    earlier,
    known.slice(0, earlier),
    keepIdentity(known.slice(earlier), state.messages),
    before?.state.messages ?? [],
  );
}

/** The next piece; the same object if it is not the one that fits. */
export function withEarlier(held: Held, { from, messages }: Earlier): Held {
  if (messages.length === 0 || from + messages.length !== held.missing) return held;
  const piece = keepIdentity(held.stale.slice(from), messages);
  return joined(held.state, from, held.stale.slice(0, from), [...piece, ...arrived(held)], held.state.messages);
}

/**
 * The changes taken over; undefined where one does not fit. What they say about messages that have not arrived arrives
 * with those.
 */
export function withChanges(held: Held, changes: readonly Change[]): Held | undefined {
  let { missing } = held;
  if (missing === 0) {
    const state = applyChanges(held.state, changes);
    return state && { state, missing, stale: [] };
  }
  let state: ConversationState | undefined = { ...held.state, messages: arrived(held) };
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
  return joined(state, missing, held.stale.slice(0, missing), state.messages, held.state.messages);
}

const arrived = ({ state, stale }: Held): readonly Message[] => state.messages.slice(stale.length);

/** @param shown what is shown now: the same list, by identity, if nothing in it differs. */
function joined(
  state: ConversationState,
  missing: number,
  stale: readonly Message[],
  last: readonly Message[],
  shown: readonly Message[],
): Held {
  // With a gap before what has arrived, the old messages would look as if they came right before it.
  const standIns = stale.length === missing || last.length === 0 ? stale : [];
  const messages = keepList(shown, standIns.length === 0 ? last : [...standIns, ...last]);
  return { state: { ...state, messages }, missing, stale: standIns };
}

function keepList(before: readonly Message[], after: readonly Message[]): readonly Message[] {
  return before.length === after.length && after.every((message, index) => message === before[index]) ? before : after;
}

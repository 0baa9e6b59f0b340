/** How the page applies the changes that the panel sends. */
import { withTimes } from '../../conversation/times/partTimes';
import type { Change, ConversationState } from './protocol';
import type { Message } from '../../conversation/transcript/transcript';

/**
 * The state after the changes. Unchanged messages and parts stay the same objects. Undefined if a change does not fit:
 * the page missed one and must ask for the complete state.
 */
export function applyChanges(state: ConversationState, changes: readonly Change[]): ConversationState | undefined {
  let next: ConversationState | undefined = state;
  for (const change of changes) {
    next = applyChange(next, change);
    if (next === undefined) return undefined;
  }
  return next;
}

function applyChange(state: ConversationState, change: Change): ConversationState | undefined {
  switch (change.kind) {
    case 'header':
      return { ...state, header: change.header };
    case 'freshness':
      return { ...state, freshness: change.freshness };
    case 'outbox':
      return { ...state, outbox: change.outbox };
    case 'partTimes':
      return { ...state, partTimes: withTimes(state.partTimes, change.times) };
    case 'draft':
      return { ...state, draft: change.text };
    case 'message':
    case 'part':
    case 'truncate': {
      const messages = applyToMessages(state.messages, change);
      return messages && { ...state, messages };
    }
  }
}

/** The messages after one change; undefined if it does not fit. */
export function applyToMessages(
  messages: readonly Message[],
  change: Extract<Change, { kind: 'message' | 'part' | 'truncate' }>,
): readonly Message[] | undefined {
  switch (change.kind) {
    case 'truncate':
      return change.length <= messages.length ? messages.slice(0, change.length) : undefined;
    case 'message':
      return put(messages, change.index, change.message);
    case 'part': {
      const message = messages[change.index];
      const parts = message && put(message.parts, change.partIndex, change.part);
      return message && parts && put(messages, change.index, { ...message, parts });
    }
  }
}

function put<T>(list: readonly T[], index: number, item: T): readonly T[] | undefined {
  if (index < 0 || index > list.length) return undefined;
  const next = list.slice();
  next[index] = item;
  return next;
}

/**
 * What version 0.1.0 saved of conversations in the workspace's memento, under one key for each conversation and kind.
 * Read once, then moved to files.
 */
import { parseEarlierDrafts } from '../conversation/queue/earlierDrafts';
import { emptyInput, type SavedInput } from '../conversation/queue/savedInput';
import { parseOutbox } from './savedInput';

const DRAFT = 'quantAgents.draft.';
const EARLIER_DRAFTS = 'quantAgents.asides.';
const OUTBOX = 'quantAgents.outbox.';

/** Whether a key of the memento belongs to a text that the user wrote. */
export function isKeyOf010(key: string): boolean {
  return [DRAFT, EARLIER_DRAFTS, OUTBOX].some((prefix) => key.startsWith(prefix) && key.length > prefix.length);
}

/** The saved input under one key. Undefined if it cannot be read. */
export function inputFrom010(key: string, value: unknown): SavedInput | undefined {
  if (key.startsWith(DRAFT)) {
    return typeof value === 'string' && value !== ''
      ? { ...emptyInput(key.slice(DRAFT.length)), draft: value }
      : undefined;
  }
  if (key.startsWith(EARLIER_DRAFTS)) {
    const earlierDrafts = parseEarlierDrafts(value);
    return earlierDrafts.length > 0 ? { ...emptyInput(key.slice(EARLIER_DRAFTS.length)), earlierDrafts } : undefined;
  }
  const { outbox } = parseOutbox(value);
  return outbox.entries.length > 0 ? { ...emptyInput(key.slice(OUTBOX.length)), outbox } : undefined;
}

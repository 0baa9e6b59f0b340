/**
 * What version 0.1.0 kept of conversations in the workspace's memento, under one key for each conversation and kind.
 * Read once, then moved to files.
 */
import { parseAsides } from '../conversation/queue/asides';
import { nothingKept, type Kept } from '../conversation/queue/kept';
import { parseOutbox } from './savedInput';

const DRAFT = 'quantAgents.draft.';
const ASIDES = 'quantAgents.asides.';
const OUTBOX = 'quantAgents.outbox.';

/** Whether a key of the memento holds words that the user wrote. */
export function isLegacyKey(key: string): boolean {
  return [DRAFT, ASIDES, OUTBOX].some((prefix) => key.startsWith(prefix) && key.length > prefix.length);
}

/** What one key held. Undefined: it holds nothing that can be read. */
export function fromLegacy(key: string, value: unknown): Kept | undefined {
  if (key.startsWith(DRAFT)) {
    return typeof value === 'string' && value !== ''
      ? { ...nothingKept(key.slice(DRAFT.length)), draft: value }
      : undefined;
  }
  if (key.startsWith(ASIDES)) {
    const asides = parseAsides(value);
    return asides.length > 0 ? { ...nothingKept(key.slice(ASIDES.length)), asides } : undefined;
  }
  const { outbox } = parseOutbox(value);
  return outbox.entries.length > 0 ? { ...nothingKept(key.slice(OUTBOX.length)), outbox } : undefined;
}

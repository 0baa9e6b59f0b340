/**
 * The saved input of one conversation: texts of the user that exist nowhere else. `core/stored/savedInput.ts` reads the
 * file.
 */
import type { Outbox } from './outbox';

export interface SavedInput {
  readonly deploymentId: string;
  readonly draft: string;
  /** Drafts that made room for the one in the prompt box, oldest first. */
  readonly earlierDrafts: readonly string[];
  readonly outbox: Outbox;
}

/** The version of the file's format. */
export const SAVED_INPUT_VERSION = 1;
/**
 * How many ids of sent prompts are saved. The page may ask again after the extension host crashed, and no prompt may be
 * sent twice.
 */
const KNOWN_IDS = 20;

export function emptyInput(deploymentId: string): SavedInput {
  return { deploymentId, draft: '', earlierDrafts: [], outbox: { entries: [], known: new Set() } };
}

/** Whether the input contains any text of the user. */
export function hasText({ draft, earlierDrafts, outbox }: SavedInput): boolean {
  return draft !== '' || earlierDrafts.length > 0 || outbox.entries.length > 0;
}

export function formatSavedInput({ deploymentId, draft, earlierDrafts, outbox }: SavedInput): string {
  const inOutbox = new Set(outbox.entries.map(({ clientId }) => clientId));
  const known = [...outbox.known].filter((id) => !inOutbox.has(id)).slice(-KNOWN_IDS);
  const entries = outbox.entries.map((entry) => ({ ...entry, state: entry.state === 'onHold' ? 'held' : entry.state }));
  return JSON.stringify({ version: SAVED_INPUT_VERSION, deploymentId, draft, asides: earlierDrafts, entries, known });
}

/** Merges what two windows saved of one conversation. No text is lost: a second draft becomes an earlier draft. */
export function mergeInputs(ours: SavedInput, theirs: SavedInput): SavedInput {
  const isSameDraft = theirs.draft.trim() === '' || theirs.draft === ours.draft;
  const [draft, second] = ours.draft.trim() === '' ? [theirs.draft, ''] : [ours.draft, isSameDraft ? '' : theirs.draft];
  const earlierDrafts = [...ours.earlierDrafts, ...theirs.earlierDrafts, ...(second === '' ? [] : [second])];
  const entries = [
    ...ours.outbox.entries,
    ...theirs.outbox.entries.filter(({ clientId }) => !ours.outbox.known.has(clientId)),
  ];
  return {
    deploymentId: ours.deploymentId,
    draft,
    earlierDrafts: [...new Set(earlierDrafts)],
    outbox: { entries, known: new Set([...theirs.outbox.known, ...ours.outbox.known]) },
  };
}

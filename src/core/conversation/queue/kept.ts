/**
 * The saved input of one conversation: texts of the user that exist nowhere else. `core/stored/savedInput.ts` reads the
 * file.
 */
import type { Outbox } from './outbox';

export interface Kept {
  readonly deploymentId: string;
  readonly draft: string;
  /** Drafts that made room for the one in the prompt box, oldest first. */
  readonly asides: readonly string[];
  readonly outbox: Outbox;
}

/** The version of the file's format. */
export const KEPT_VERSION = 1;
/**
 * How many ids of sent prompts are saved. The page may ask again after the extension host crashed, and no prompt may be
 * sent twice.
 */
const KNOWN_IDS = 20;

export function nothingKept(deploymentId: string): Kept {
  return { deploymentId, draft: '', asides: [], outbox: { entries: [], known: new Set() } };
}

/** Whether the input contains any text of the user. */
export function hasWords({ draft, asides, outbox }: Kept): boolean {
  return draft !== '' || asides.length > 0 || outbox.entries.length > 0;
}

export function formatKept({ deploymentId, draft, asides, outbox }: Kept): string {
  const waiting = new Set(outbox.entries.map(({ clientId }) => clientId));
  const known = [...outbox.known].filter((id) => !waiting.has(id)).slice(-KNOWN_IDS);
  return JSON.stringify({ version: KEPT_VERSION, deploymentId, draft, asides, entries: outbox.entries, known });
}

/** Merges what two windows saved of one conversation. No text is lost: a second draft becomes an earlier draft. */
export function joined(ours: Kept, theirs: Kept): Kept {
  const isSameDraft = theirs.draft.trim() === '' || theirs.draft === ours.draft;
  const [draft, second] = ours.draft.trim() === '' ? [theirs.draft, ''] : [ours.draft, isSameDraft ? '' : theirs.draft];
  const asides = [...ours.asides, ...theirs.asides, ...(second === '' ? [] : [second])];
  const entries = [
    ...ours.outbox.entries,
    ...theirs.outbox.entries.filter(({ clientId }) => !ours.outbox.known.has(clientId)),
  ];
  return {
    deploymentId: ours.deploymentId,
    draft,
    asides: [...new Set(asides)],
    outbox: { entries, known: new Set([...theirs.outbox.known, ...ours.outbox.known]) },
  };
}

/**
 * What is kept of one conversation, as it stands in a file: the words that the user wrote and that are nowhere else.
 * Parsed when read.
 */
import { field, isObject } from '../../base/json';
import type { Outbox } from './outbox';

type Entry = Outbox['entries'][number];

export interface Kept {
  readonly deploymentId: string;
  readonly draft: string;
  /** Drafts that made room for the one in the prompt box, oldest first. */
  readonly asides: readonly string[];
  readonly outbox: Outbox;
}

const VERSION = 1;
/**
 * Ids of prompts that were taken in last. A page that asks again after a crash of the extension host must not send one
 * twice.
 */
const KNOWN_IDS = 20;

export function nothingKept(deploymentId: string): Kept {
  return { deploymentId, draft: '', asides: [], outbox: { entries: [], known: new Set() } };
}

/** Whether it holds words of the user. */
export function hasWords({ draft, asides, outbox }: Kept): boolean {
  return draft !== '' || asides.length > 0 || outbox.entries.length > 0;
}

export function formatKept({ deploymentId, draft, asides, outbox }: Kept): string {
  const waiting = new Set(outbox.entries.map(({ clientId }) => clientId));
  const known = [...outbox.known].filter((id) => !waiting.has(id)).slice(-KNOWN_IDS);
  return JSON.stringify({ version: VERSION, deploymentId, draft, asides, entries: outbox.entries, known });
}

/** Reads what {@link formatKept} wrote. Undefined: it is no such text. `isWhole`: nothing in it had to be left out. */
export function parseKept(text: string): { readonly kept: Kept; readonly isWhole: boolean } | undefined {
  const value = parseJson(text);
  if (!isObject(value) || field(value, 'version') !== VERSION) return undefined;
  const deploymentId = field(value, 'deploymentId');
  if (typeof deploymentId !== 'string' || deploymentId === '') return undefined;
  const draft = field(value, 'draft');
  const asides = parseTexts(field(value, 'asides'));
  const known = parseTexts(field(value, 'known'));
  const outbox = parseOutbox(field(value, 'entries'), known.items);
  return {
    kept: { deploymentId, draft: typeof draft === 'string' ? draft : '', asides: asides.items, outbox: outbox.outbox },
    isWhole: typeof draft === 'string' && asides.isWhole && known.isWhole && outbox.isWhole,
  };
}

/** Entries that crossed a border: those that can be read. */
export function parseOutbox(
  value: unknown,
  known: readonly string[] = [],
): { readonly outbox: Outbox; readonly isWhole: boolean } {
  const { items, isWhole } = parseItems(value, isEntry);
  // The same id twice could send a prompt twice.
  const byId = new Map(items.toReversed().map((entry) => [entry.clientId, entry]));
  const entries = items.filter((entry) => byId.get(entry.clientId) === entry).map(ownFields);
  return {
    outbox: { entries, known: new Set([...known, ...byId.keys()]) },
    isWhole: isWhole && entries.length === items.length,
  };
}

/**
 * Brings together what two windows kept of one conversation. Nothing is lost: a second draft becomes a displaced one.
 */
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

function parseTexts(value: unknown): { readonly items: readonly string[]; readonly isWhole: boolean } {
  return parseItems(value, (item): item is string => typeof item === 'string');
}

function parseItems<T>(
  value: unknown,
  isItem: (item: unknown) => item is T,
): { readonly items: readonly T[]; readonly isWhole: boolean } {
  if (!Array.isArray(value)) return { items: [], isWhole: false };
  const items = (value as readonly unknown[]).filter(isItem);
  return { items, isWhole: items.length === value.length };
}

const STATES: Readonly<Record<Entry['state'], true>> = {
  queued: true,
  held: true,
  sending: true,
  accepted: true,
  failed: true,
  uncertain: true,
};

function isEntry(value: unknown): value is Entry {
  if (!isObject(value)) return false;
  const { clientId, text, at, state, notMine, problem } = value;
  return (
    typeof clientId === 'string' &&
    typeof text === 'string' &&
    typeof at === 'number' &&
    typeof notMine === 'number' &&
    typeof state === 'string' &&
    Object.hasOwn(STATES, state) &&
    (problem === undefined || typeof problem === 'string')
  );
}

function ownFields({ clientId, text, at, state, notMine, problem }: Entry): Entry {
  return { clientId, text, at, state, notMine, ...(problem !== undefined && { problem }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

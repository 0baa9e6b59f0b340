/**
 * What the page of a conversation saves in VS Code's webview state, and how page and panel read it. Fields keep the
 * names of older versions.
 */
import { filterNamed, type Filter } from '../../conversation/find/filters';
import type { FindQuery } from '../../conversation/find/matcher';
import { readPosition, readSentPrompts } from './readers';
import { parseEarlierDrafts } from '../../conversation/queue/earlierDrafts';
import { field, listField } from '../../base/json';
import { MAX_COPY_LENGTH, type PanelIdentity, type ReadingPosition, type SentPrompt } from './protocol';

export interface SavedPage {
  /** VS Code restores the panel from it after a reload. */
  readonly identity: PanelIdentity;
  readonly draft: string;
  /** The panel has confirmed that it saved this draft. */
  readonly draftTold: boolean;
  /** Earlier drafts: they made room for another one. Oldest first. */
  readonly asides?: readonly string[];
  /** Prompts that the panel has not confirmed, oldest first. */
  readonly sent?: readonly SentPrompt[];
  /** Folds that the user opened or closed. */
  readonly folds: readonly (readonly [key: string, open: boolean])[];
  /** Undefined: at the end. */
  readonly place?: ReadingPosition | undefined;
  /** The messages were drawn once. From then on `place` counts, also if there is none. */
  readonly begun?: boolean;
  /** The last search. */
  readonly find?: FindQuery | undefined;
  /** The only kind of part that is shown; undefined: all kinds. */
  readonly filter?: Filter | undefined;
}

/** A draft that is too long for the panel is saved only here. */
const MAX_DRAFT_LENGTH = MAX_COPY_LENGTH;
const MAX_FOLDS = 500;
const MAX_KEY_LENGTH = 4_000;
const MAX_QUERY_LENGTH = 10_000;
const MAX_ID_LENGTH = 500;

/**
 * Reads saved state of this or an earlier version: from VS Code, or from a page that reconnects. Leaves out fields that
 * do not fit. Undefined if the state does not name its conversation.
 */
export function parseSavedPage(value: unknown): SavedPage | undefined {
  const identity = parseIdentity(field(value, 'identity'));
  if (!identity) return undefined;
  const draft = field(value, 'draft');
  const isDraft = typeof draft === 'string' && draft.length <= MAX_DRAFT_LENGTH;
  const asides = parseEarlierDrafts(field(value, 'asides'));
  const sent = readSentPrompts(field(value, 'sent'));
  const place = readPosition(field(value, 'place'));
  const find = parseQuery(field(value, 'find'));
  const filter = filterNamed(field(value, 'filter'));
  return {
    identity,
    draft: isDraft ? draft : '',
    // If the draft cannot be read, the panel's draft counts.
    draftTold: !isDraft || field(value, 'draftTold') !== false,
    folds: listField(value, 'folds').filter(isFold).slice(-MAX_FOLDS),
    ...(asides.length > 0 && { asides }),
    ...(sent.length > 0 && { sent }),
    ...(place && { place }),
    ...(field(value, 'begun') === true && { begun: true }),
    ...(find && { find }),
    ...(filter && { filter }),
  };
}

/** The conversation that a panel shows; undefined if a field is missing. */
function parseIdentity(value: unknown): PanelIdentity | undefined {
  const [deploymentId, organizationId, accountId] = ['deploymentId', 'organizationId', 'accountId'].map((key) =>
    idField(value, key),
  );
  return deploymentId === undefined || organizationId === undefined || accountId === undefined
    ? undefined
    : { deploymentId, organizationId, accountId };
}

function parseQuery(value: unknown): FindQuery | undefined {
  const text = field(value, 'text');
  if (typeof text !== 'string' || text.length > MAX_QUERY_LENGTH) return undefined;
  return { text, matchCase: field(value, 'matchCase') === true, wholeWord: field(value, 'wholeWord') === true };
}

function isFold(value: unknown): value is readonly [string, boolean] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    typeof value[0] === 'string' &&
    value[0].length <= MAX_KEY_LENGTH &&
    typeof value[1] === 'boolean'
  );
}

function idField(value: unknown, key: string): string | undefined {
  const id = field(value, key);
  return typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH ? id : undefined;
}

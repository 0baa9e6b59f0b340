/** Filters: which parts of a conversation the reader wants to see. */
import { toolLine } from './toolLine';
import { readToolOutput } from '../toolCalls/toolOutput';
import type { Message, Part } from '../transcript/transcript';

export const FILTERS = ['prompts', 'tools', 'errors', 'files'] as const;
export type Filter = (typeof FILTERS)[number];

/**
 * The positions of the parts that a filter shows, ascending. If there are none, the message is hidden.
 *
 * - `prompts`: the user's prompts, and prompts that steer a run;
 * - `tools`: all tool calls;
 * - `errors`: calls that failed, were denied or report errors, and broken parts, but not warnings;
 * - `files`: calls that write or delete a file, and parts that are files.
 *
 * A part with a sub-agent's messages is also shown if one of their parts matches.
 */
export function partsShown(filter: Filter, message: Message): readonly number[] {
  const kinds = kindsIn(message);
  const bit = BITS[filter];
  let shown = kinds.shown.get(filter);
  if (!shown) {
    shown = [...kinds.parts.keys()].filter((index) => ((kinds.parts[index] ?? 0) & bit) !== 0);
    kinds.shown.set(filter, shown);
  }
  return shown;
}

export type PartCounts = Readonly<Record<Filter | 'all', number>>;

/** Counts all parts and those of each filter. Steps do not count, because they are invisible. */
export function countParts(messages: readonly Message[]): PartCounts {
  const counts = { all: 0, prompts: 0, tools: 0, errors: 0, files: 0 };
  for (const message of messages) {
    counts.all += message.parts.length - kindsIn(message).steps;
    for (const filter of FILTERS) counts[filter] += partsShown(filter, message).length;
  }
  return counts;
}

/**
 * Prepares the counts in slices, so that the page stays responsive. Works while `mayGoOn` is true. Call it again until
 * it returns true. Then {@link countParts}, {@link partsShown} and the first search are quick.
 */
export function prepareCounts(messages: readonly Message[], mayGoOn: () => boolean): boolean {
  for (const message of messages) {
    if (known.has(message)) continue;
    for (const part of message.parts) {
      if (knownParts.has(part)) continue;
      if (!mayGoOn()) return false;
      kindsOf(part);
    }
    kindsIn(message);
  }
  return true;
}

/** Reads the saved name of a filter. Undefined if it is not a filter. */
export function filterNamed(name: unknown): Filter | undefined {
  return FILTERS.find((filter) => filter === name);
}

interface Kinds {
  /** For each part, the bits of the filters that show it. */
  readonly parts: readonly number[];
  readonly steps: number;
  readonly shown: Map<Filter, readonly number[]>;
}

const BITS: Readonly<Record<Filter, number>> = { prompts: 1, tools: 2, errors: 4, files: 8 };
const known = new WeakMap<Message, Kinds>();
const knownParts = new WeakMap<Part, number>();

function kindsIn(message: Message): Kinds {
  let kinds = known.get(message);
  if (!kinds) {
    const said = message.role === 'user' ? BITS.prompts : 0;
    kinds = {
      parts: message.parts.map((part) => (part.kind === 'step' ? 0 : kindsOf(part) | said)),
      steps: message.parts.filter(({ kind }) => kind === 'step').length,
      shown: new Map(),
    };
    known.set(message, kinds);
  }
  return kinds;
}

function kindsOf(part: Part): number {
  let bits = knownParts.get(part);
  if (bits === undefined) {
    bits = ownKinds(part);
    // A prompt for a sub-agent is not a prompt of the user.
    if ('messages' in part)
      for (const message of part.messages ?? [])
        for (const inner of message.parts) bits |= kindsOf(inner) & ~BITS.prompts;
    knownParts.set(part, bits);
  }
  return bits;
}

const WRITING_TOOLS: ReadonlySet<string> = new Set(['create_file', 'edit_file', 'delete_file']);

function ownKinds(part: Part): number {
  switch (part.kind) {
    case 'tool': {
      const { tone } = toolLine(part);
      const isError =
        tone === 'failed' || tone === 'denied' || (tone !== 'running' && readToolOutput(part).errors.length > 0);
      return BITS.tools | (isError ? BITS.errors : 0) | (WRITING_TOOLS.has(part.name) ? BITS.files : 0);
    }
    case 'unknown':
      return part.problem === undefined ? 0 : BITS.errors;
    case 'file':
      return BITS.files;
    case 'steering':
      return part.parts.reduce((bits, inner) => bits | kindsOf(inner), BITS.prompts);
    case 'text':
    case 'reasoning':
    case 'source':
    case 'data':
    case 'step':
      return 0;
  }
}

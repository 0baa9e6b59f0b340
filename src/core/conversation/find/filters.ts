/** Which parts of a conversation a reader asks to see. */
import { toolLine } from './toolLine';
import { readToolOutput } from '../toolCalls/toolOutput';
import type { Message, Part } from '../transcript/transcript';

export const FILTERS = ['prompts', 'tools', 'errors', 'files'] as const;
export type Filter = (typeof FILTERS)[number];

/**
 * The parts of a message that a filter shows, ascending; none: the message is left out.
 *
 * - `prompts`: what the user said, and what steered the agent on its way;
 * - `tools`: every tool call;
 * - `errors`: calls that failed, were denied or told of errors, and broken parts, but not warnings;
 * - `files`: calls that write or delete a file, and files that are part of the conversation.
 *
 * A part with a sub-agent's messages is shown for what is in them, too.
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

/** How many parts there are, and how many each filter shows. Steps, of which nothing is seen, do not count. */
export function countParts(messages: readonly Message[]): PartCounts {
  const counts = { all: 0, prompts: 0, tools: 0, errors: 0, files: 0 };
  for (const message of messages) {
    counts.all += message.parts.length - kindsIn(message).steps;
    for (const filter of FILTERS) counts[filter] += partsShown(filter, message).length;
  }
  return counts;
}

/**
 * Looks at every part without holding anything up: call it again until it is done, each time for as long as may be.
 * When it gives true, {@link countParts} and
 * {@link partsShown} are quick, and so is the first search, which needs the lines of the tool calls, too.
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

/** A filter's name as it was kept somewhere; undefined if it is none. */
export function filterNamed(name: unknown): Filter | undefined {
  return FILTERS.find((filter) => filter === name);
}

interface Kinds {
  /** Per part, which filters show it. */
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
    // What a sub-agent was asked is no prompt of the user's.
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

/**
 * Turns the API's conversation into a transcript. The parts are the AI SDK's `UIMessage` parts (docs/api/contract.md,
 * "Conversation"). The server's version of the SDK is unpublished, so versions 5 to 7 are read.
 */
import type { Conversation, ConversationMessage } from '../../api/model';
import { MAX_ID_LENGTH, MAX_SUB_AGENT_DEPTH } from '../../base/limits';
import { field, isObject, listField, textField, type JsonObject } from '../../base/json';
import type { DataPart, FilePart, Message, Part, SourcePart, TextPart, ToolPart, UnknownPart } from './transcript';
import { written } from '../../words/texts';

/**
 * The transcript of a conversation. Drops nothing: an unknown or broken part becomes an {@link UnknownPart} with its
 * raw JSON. Never throws.
 */
export function toTranscript(
  conversation: Pick<Conversation, 'messages'>,
  before?: ReadTranscript,
): readonly Message[] {
  return toMessages(conversation.messages, '', 0, before);
}

/** An earlier conversation with its transcript. An unchanged message, the same object, keeps its transcript message. */
export interface ReadTranscript {
  readonly messages: readonly ConversationMessage[];
  readonly transcript: readonly Message[];
}

function toMessages(
  messages: readonly ConversationMessage[],
  prefix: string,
  depth: number,
  before?: ReadTranscript,
): readonly Message[] {
  const unique = uniqueNames();
  return messages.map((message, index) => {
    const id = unique(prefix + (message.id?.slice(0, MAX_ID_LENGTH) ?? `#${String(index)}`));
    const known = before?.messages[index] === message ? before.transcript[index] : undefined;
    if (known?.id === id) return known;
    return {
      id,
      role: message.role,
      parts: message.parts.map((part, partIndex) => toPart(part, { path: `${id}/${String(partIndex)}/`, depth })),
      ...(message.time !== undefined && { time: message.time }),
    };
  });
}

/**
 * Makes names unique: the second `a` becomes `a~2`. Remembers the last copy of each name, so that many equal names cost
 * one step each.
 */
function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  return (name) => {
    let candidate = name;
    let copy = copies.get(name) ?? 2;
    for (; taken.has(candidate); copy++) candidate = `${name}~${String(copy)}`;
    if (candidate !== name) copies.set(name, copy);
    taken.add(candidate);
    return candidate;
  };
}

/** How a part is nested: the prefix for the ids of its messages, and the depth. */
interface Nesting {
  readonly path: string;
  readonly depth: number;
}

function toPart(raw: unknown, nesting: Nesting): Part {
  if (!isObject(raw)) return broken('part', raw, written('part.notAnObject'));
  const type = field(raw, 'type');
  if (typeof type !== 'string') return broken('part', raw, written('part.noType'));
  if (nesting.depth > MAX_SUB_AGENT_DEPTH) return { kind: 'unknown', type, raw };
  return knownPart(type, raw, nesting) ?? { kind: 'unknown', type, raw, ...nested(raw, nesting) };
}

function knownPart(type: string, raw: JsonObject, nesting: Nesting): Part | undefined {
  switch (type) {
    case 'text':
      return toText(raw);
    case 'reasoning':
      return toReasoning(raw);
    case 'step-start':
      return { kind: 'step' };
    case 'source-url':
      return toWebSource(raw) ?? broken(type, raw, written('part.sourceNoAddress'));
    case 'source-document':
      return toDocumentSource(raw) ?? broken(type, raw, written('part.sourceNoTitle'));
    case 'file':
      return toFile(raw, false);
    case 'reasoning-file':
      return toFile(raw, true);
    case 'steering-message':
      return toSteering(raw, nesting);
    case 'dynamic-tool':
      return toTool(textField(raw, 'toolName'), type, raw, nesting);
    default:
      // Version 4 of the SDK called every tool call `tool-invocation`, with other fields.
      if (type.startsWith('tool-') && type !== 'tool-invocation')
        return toTool(type.slice('tool-'.length), type, raw, nesting);
      if (type.startsWith('data-')) return toData(type.slice('data-'.length), type, raw, nesting);
      return undefined;
  }
}

function broken(type: string, raw: unknown, problem: string): UnknownPart {
  return { kind: 'unknown', type, raw, problem };
}

const isStreaming = (raw: JsonObject): boolean => field(raw, 'state') === 'streaming';

/** The text of a part. Without a text, a streaming part has an empty one. Any other part is broken: undefined. */
function textOf(raw: JsonObject): string | undefined {
  const text = field(raw, 'text');
  if (typeof text === 'string') return text;
  return (text === undefined || text === null) && isStreaming(raw) ? '' : undefined;
}

function toText(raw: JsonObject): TextPart | UnknownPart {
  const text = textOf(raw);
  if (text === undefined) return broken('text', raw, written('part.noText'));
  const citations = listField(raw, 'citations').map(toCitation);
  return { kind: 'text', text, streaming: isStreaming(raw), ...(citations.length > 0 && { citations }) };
}

function toReasoning(raw: JsonObject): Part {
  const text = textOf(raw);
  return text === undefined
    ? broken('reasoning', raw, written('part.noThought'))
    : { kind: 'reasoning', text, streaming: isStreaming(raw) };
}

/** The shape of a citation is unpublished. We read a source, or an object that contains one. */
function toCitation(raw: unknown): SourcePart {
  const source = field(raw, 'source');
  const found = toWebSource(raw) ?? toWebSource(source) ?? toDocumentSource(raw) ?? toDocumentSource(source);
  return found ?? { kind: 'source', title: typeof raw === 'string' ? raw : JSON.stringify(raw) };
}

function toWebSource(raw: unknown): SourcePart | undefined {
  const url = textField(raw, 'url');
  return url === undefined ? undefined : { kind: 'source', title: textField(raw, 'title') ?? url, url };
}

function toDocumentSource(raw: unknown): SourcePart | undefined {
  const filename = textField(raw, 'filename');
  const title = textField(raw, 'title') ?? filename;
  const mediaType = textField(raw, 'mediaType');
  return title === undefined
    ? undefined
    : { kind: 'source', title, ...(mediaType && { mediaType }), ...(filename && { filename }) };
}

function toFile(raw: JsonObject, reasoning: boolean): FilePart | UnknownPart {
  const mediaType = textField(raw, 'mediaType');
  const url = textField(raw, 'url');
  const filename = textField(raw, 'filename');
  if (url === undefined && filename === undefined)
    return broken(reasoning ? 'reasoning-file' : 'file', raw, written('part.fileNameless'));
  return {
    kind: 'file',
    mediaType: mediaType ?? 'application/octet-stream',
    ...(url && { url }),
    ...(filename && { filename }),
    ...(reasoning && { reasoning }),
  };
}

function toSteering(raw: JsonObject, nesting: Nesting): Part {
  const parts = field(raw, 'parts');
  if (!Array.isArray(parts)) return broken('steering-message', raw, written('part.steeringEmpty'));
  return {
    kind: 'steering',
    parts: parts.map((part, index) =>
      toPart(part, { path: `${nesting.path}${String(index)}/`, depth: nesting.depth + 1 }),
    ),
  };
}

function toData(name: string, type: string, raw: JsonObject, nesting: Nesting): DataPart | UnknownPart {
  if (!Object.hasOwn(raw, 'data')) return broken(type, raw, written('part.noData'));
  return { kind: 'data', name, data: raw['data'], ...nested(raw, nesting) };
}

function toTool(name: string | undefined, type: string, raw: JsonObject, nesting: Nesting): ToolPart | UnknownPart {
  if (!name) return broken(type, raw, written('part.toolNameless'));
  const state = field(raw, 'state') ?? stateFrom(raw);
  if (typeof state !== 'string') return broken(type, raw, written('part.badState'));
  const callId = textField(raw, 'toolCallId');
  const title = textField(raw, 'title');
  const input = present(raw, 'input') ?? present(raw, 'rawInput');
  const output = present(raw, 'output');
  const errorText = errorTextOf(raw);
  const approval = toApproval(field(raw, 'approval'));
  return {
    kind: 'tool',
    name,
    state,
    ...(callId && { callId }),
    ...(title && { title }),
    ...(input && { input: input.value }),
    ...(output && { output: output.value }),
    ...(errorText !== undefined && { errorText }),
    ...(field(raw, 'preliminary') === true && { preliminary: true }),
    ...(approval && { approval }),
    ...nested(raw, nesting),
  };
}

/** The state of a tool call that does not name its state. Its fields show it. */
function stateFrom(raw: JsonObject): string {
  if (present(raw, 'errorText')) return 'output-error';
  if (present(raw, 'output')) return 'output-available';
  return present(raw, 'input') ? 'input-available' : 'input-streaming';
}

/** A value that the server sent. This API sends null for a missing value. */
function present(raw: JsonObject, key: string): { readonly value: unknown } | undefined {
  const value = field(raw, key);
  return value === undefined || value === null ? undefined : { value };
}

function errorTextOf(raw: JsonObject): string | undefined {
  const error = present(raw, 'errorText')?.value;
  return error === undefined || typeof error === 'string' ? error : JSON.stringify(error);
}

function toApproval(raw: unknown): ToolPart['approval'] {
  if (!isObject(raw)) return undefined;
  const approved = field(raw, 'approved');
  const reason = textField(raw, 'reason');
  const isAutomatic = field(raw, 'isAutomatic');
  return {
    ...(typeof approved === 'boolean' && { approved }),
    ...(reason && { reason }),
    ...(typeof isAutomatic === 'boolean' && { isAutomatic }),
  };
}

function nested(raw: JsonObject, nesting: Nesting): { readonly messages?: readonly Message[] } {
  const messages = field(raw, 'messages');
  if (!Array.isArray(messages) || messages.length === 0) return {};
  return { messages: toMessages(messages.map(toRawMessage), nesting.path, nesting.depth + 1) };
}

/** The API's schemas do not check nested messages. A broken one becomes a message with one broken part. */
function toRawMessage(raw: unknown): ConversationMessage {
  const id = textField(raw, 'id');
  const role = textField(raw, 'role');
  const parts = field(raw, 'parts');
  if (role === undefined || !Array.isArray(parts)) return { id, role: role ?? 'unknown', parts: [raw] };
  return { id, role, parts, time: toInstant(field(raw, 'time')) };
}

/**
 * A date as epoch milliseconds. The API's dates are UTC and have no zone. A small number counts as epoch seconds: as
 * milliseconds, it would be in the early 1970s.
 */
function toInstant(raw: unknown): number | undefined {
  if (typeof raw === 'number') return Number.isFinite(raw) ? (raw < 100_000_000_000 ? raw * 1000 : raw) : undefined;
  if (typeof raw !== 'string') return undefined;
  const instant = Date.parse(/^\d{4}-\d\d-\d\d[ T][\d:.]+$/.test(raw) ? `${raw.replace(' ', 'T')}Z` : raw);
  return Number.isNaN(instant) ? undefined : instant;
}

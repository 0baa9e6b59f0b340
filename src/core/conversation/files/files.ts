/** The written files of a conversation and their versions, from the agent's tool calls. */
import { Budget } from '../../base/budget';
import { MAX_EDITED_CHARACTERS, MAX_LINE_STEPS } from '../../base/limits';
import { agentPath, foldedPath, type PathProblem } from './filePath';
import { field } from '../../base/json';
import { lineChanges, type LineChanges } from './lineChanges';
import { readToolOutput } from '../toolCalls/toolOutput';
import { filePathOf } from '../toolCalls/toolSummary';
import { isSameAddress, type PartAddress } from '../transcript/partAddress';
import type { Message, ToolPart } from '../transcript/transcript';
import { written } from '../../words/texts';

export type FileOperation = 'create' | 'edit' | 'delete';

/** Why the content of a version is unknown although the call succeeded. */
export type UnknownReason =
  /** The call replaced a passage, but the file's content before was unknown. */
  | 'beforeUnknown'
  /** The known content does not contain the passage, so somebody else has changed the file. */
  | 'noMatch'
  /** The file contains the passage several times. The API does not publish which of them the tool replaces. */
  | 'severalMatches'
  /** The call does not say what it wrote. */
  | 'notTold'
  /** The conversation edits long files so often that we stop computing contents. */
  | 'tooMuch';

export type FileContent =
  | { readonly kind: 'known'; readonly text: string }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason; readonly passage?: Passage }
  | { readonly kind: 'deleted' };

/** The text that an edit replaced, and the text after. */
interface Passage {
  readonly before: string;
  readonly after: string;
}

/** One version of a file. Its address is the address of the tool call that made it. */
export interface FileVersion extends PartAddress {
  /** The position among the file's versions, from 1. */
  readonly number: number;
  readonly operation: FileOperation;
  readonly content: FileContent;
  /** Compared with the version before. Missing if one of the two is unknown, or if counting takes too long. */
  readonly lines?: LineChanges;
  /** When the message was sent, epoch milliseconds. The API dates messages, not calls. */
  readonly time?: number;
}

export interface WrittenFile {
  /** Normalized by `agentPath`. Unique among the files of a conversation. */
  readonly path: string;
  /** Why the file must not be saved under this path. */
  readonly problem?: PathProblem;
  /** Oldest first; never empty. */
  readonly versions: readonly FileVersion[];
  readonly isDeleted: boolean;
}

/**
 * All files that `create_file`, `edit_file` and `delete_file` wrote or deleted, in the order of their first versions.
 * Only successful calls count, those of sub-agents included. The result depends only on the transcript, not on earlier
 * reads. Never throws.
 * @param memory results for an earlier state of the conversation. Unchanged calls are not computed again.
 */
export function writtenFiles(messages: readonly Message[], memory = new FileMemory()): readonly WrittenFile[] {
  const files = new Map<string, { problem: PathProblem | undefined; versions: FileVersion[] }>();
  const work = { edited: new Budget(MAX_EDITED_CHARACTERS), lines: new Budget(MAX_LINE_STEPS) };
  for (const call of memory.calls(messages)) {
    const file = files.get(call.path) ?? { problem: call.problem, versions: [] };
    files.set(call.path, file);
    file.versions.push(memory.version(call, file.versions.at(-1), work));
  }
  return withoutTwins(
    [...files].map(([path, { problem, versions }]) => ({
      path,
      versions,
      isDeleted: versions.at(-1)?.content.kind === 'deleted',
      ...(problem && { problem }),
    })),
  );
}

/**
 * Some file system may treat two paths as the same. Then the later file gets a problem, because it would replace the
 * first one.
 */
function withoutTwins(files: readonly WrittenFile[]): readonly WrittenFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    if (file.isDeleted || file.problem) return file;
    const folded = foldedPath(file.path);
    if (taken.has(folded)) return { ...file, problem: 'twin' as const };
    taken.add(folded);
    return file;
  });
}

/** How many files {@link writtenFiles} would list. Cheap: goes only through messages that have changed. */
export function countWrittenFiles(messages: readonly Message[], memory: FileMemory): number {
  return new Set(memory.calls(messages).map(({ path }) => path)).size;
}

interface FileCall extends PartAddress {
  readonly part: ToolPart;
  readonly path: string;
  readonly problem?: PathProblem;
  readonly operation: FileOperation;
  readonly time?: number;
}

/** How much work all versions of a conversation may cost together. */
interface Work {
  readonly edited: Budget;
  readonly lines: Budget;
}

/**
 * A version and what it was made from. Its cost counts again each time it is used, so the result does not depend on
 * earlier reads.
 */
interface Made {
  readonly call: FileCall;
  readonly before: FileVersion | undefined;
  readonly isEdited: boolean;
  readonly isCounted: boolean;
  readonly version: FileVersion;
  readonly edited: number;
  readonly lines: number;
}

/**
 * Remembers the calls and versions of a conversation between reads. An unchanged message is the same object, so only
 * changed messages and the versions after a change are computed again. The maps are weak and need no cleaning.
 */
export class FileMemory {
  private readonly callsOf = new WeakMap<Message, readonly FileCall[]>();
  private readonly versionBy = new WeakMap<ToolPart, Made>();

  /** The calls that wrote files, in order. A sub-agent's calls come before the call that started the sub-agent. */
  calls(messages: readonly Message[]): readonly FileCall[] {
    return messages.flatMap((message) => {
      const known = this.callsOf.get(message);
      if (known) return known;
      const found = this.callsIn(message);
      this.callsOf.set(message, found);
      return found;
    });
  }

  /** The version that a call made. The same object while the call and the version before are unchanged. */
  version(call: FileCall, before: FileVersion | undefined, work: Work): FileVersion {
    const [isEdited, isCounted] = [!work.edited.isSpent, !work.lines.isSpent];
    const known = this.versionBy.get(call.part);
    const isSame =
      known?.before === before &&
      known?.isEdited === isEdited &&
      known.isCounted === isCounted &&
      sameCall(known.call, call);
    const made = isSame ? known : makeVersion(call, before, isEdited, isCounted);
    if (made !== known) this.versionBy.set(call.part, made);
    work.edited.spend(made.edited);
    work.lines.spend(made.lines);
    return made.version;
  }

  private callsIn({ id, parts, time }: Message): readonly FileCall[] {
    return parts.flatMap((part, partIndex): readonly FileCall[] => {
      const inner = 'messages' in part ? this.calls(part.messages) : [];
      const operation = part.kind === 'tool' ? operationOf(part.name) : undefined;
      const raw = part.kind === 'tool' && operation && hasSucceeded(part) ? filePathOf(part.input) : undefined;
      if (part.kind !== 'tool' || !operation || raw === undefined) return inner;
      return [
        ...inner,
        { part, operation, messageId: id, partIndex, ...agentPath(raw), ...(time !== undefined && { time }) },
      ];
    });
  }
}

const sameCall = (a: FileCall, b: FileCall): boolean => isSameAddress(a, b) && a.time === b.time && a.path === b.path;

/** What a tool does to a file. Undefined if it does not write files. */
export function operationOf(tool: string): FileOperation | undefined {
  switch (tool) {
    case 'create_file':
      return 'create';
    case 'edit_file':
      return 'edit';
    case 'delete_file':
      return 'delete';
    default:
      return undefined;
  }
}

/** Whether the call is over and did not fail. */
export function hasSucceeded(part: ToolPart): boolean {
  return part.state === 'output-available' && part.preliminary !== true && !readToolOutput(part).failed;
}

function makeVersion(call: FileCall, before: FileVersion | undefined, isEdited: boolean, isCounted: boolean): Made {
  const { part, operation, messageId, partIndex, time } = call;
  const [edited, counted] = [new Budget(isEdited ? undefined : 0), new Budget(isCounted ? undefined : 0)];
  const content = contentAfter(operation, part.input, before?.content, edited);
  const lines = linesBetween(operation, before?.content, content, counted);
  const version = {
    number: (before?.number ?? 0) + 1,
    operation,
    content,
    messageId,
    partIndex,
    ...(time !== undefined && { time }),
    ...(lines && { lines }),
  };
  return { call, before, isEdited, isCounted, version, edited: edited.used, lines: counted.used };
}

function contentAfter(
  operation: FileOperation,
  input: unknown,
  before: FileContent | undefined,
  budget: Budget,
): FileContent {
  if (operation === 'delete') return { kind: 'deleted' };
  const content = field(input, 'content');
  const replaced = operation === 'edit' ? field(input, 'oldString') : undefined;
  if (typeof replaced !== 'string') {
    return typeof content === 'string' ? { kind: 'known', text: content } : { kind: 'unknown', reason: 'notTold' };
  }
  const after = field(input, 'newString');
  if (typeof after !== 'string') return { kind: 'unknown', reason: 'notTold' };
  return edited(before, { before: replaced, after }, budget);
}

function edited(before: FileContent | undefined, passage: Passage, budget: Budget): FileContent {
  const unknown = (reason: UnknownReason): FileContent => ({ kind: 'unknown', reason, passage });
  if (before?.kind !== 'known') return unknown('beforeUnknown');
  if (budget.isSpent) return unknown('tooMuch');
  const { text } = before;
  budget.spend(text.length);
  const start = text.indexOf(passage.before);
  if (start < 0) return unknown('noMatch');
  if (passage.before === passage.after) return before;
  if (text.lastIndexOf(passage.before) !== start) return unknown('severalMatches');
  return { kind: 'known', text: text.slice(0, start) + passage.after + text.slice(start + passage.before.length) };
}

function linesBetween(
  operation: FileOperation,
  before: FileContent | undefined,
  after: FileContent,
  budget: Budget,
): LineChanges | undefined {
  if (budget.isSpent) return undefined;
  if (after.kind === 'unknown') {
    // The passage is known even if the file is not. With several matches, we do not know how many were replaced.
    return after.passage && after.reason !== 'severalMatches'
      ? lineChanges(after.passage.before, after.passage.after, budget)
      : undefined;
  }
  const old = before === undefined ? (operation === 'create' ? '' : undefined) : textOf(before);
  return old === undefined ? undefined : lineChanges(old, textOf(after) ?? '', budget);
}

/** A deleted file counts as an empty one. */
function textOf(content: FileContent): string | undefined {
  if (content.kind === 'deleted') return '';
  return content.kind === 'known' ? content.text : undefined;
}

/** The version that a tool call made. */
export function versionOf(
  files: readonly WrittenFile[],
  call: PartAddress,
): { readonly file: WrittenFile; readonly version: FileVersion } | undefined {
  for (const file of files) {
    const version = file.versions.find((candidate) => isSameAddress(candidate, call));
    if (version) return { file, version };
  }
  return undefined;
}

/** A sentence for the reader. */
export function unknownReasonWords(reason: UnknownReason): string {
  return written(`unknownText.${reason}`);
}

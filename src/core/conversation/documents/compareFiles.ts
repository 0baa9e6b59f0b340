/** Compares the written files of two deployments. */
import { Budget } from '../../base/budget';
import { MAX_LINE_STEPS } from '../../base/limits';
import { documentOf, type ConversationDocument } from './documentAddress';
import { writtenFiles, type WrittenFile } from '../files/files';
import { lineChanges, type LineChanges } from '../files/lineChanges';
import type { Message } from '../transcript/transcript';

export interface ComparedFile {
  readonly path: string;
  /** The last version on each side. Undefined if the file is missing there, or if its content is unknown. */
  readonly left: ConversationDocument | undefined;
  readonly right: ConversationDocument | undefined;
  readonly state: 'same' | 'changed' | 'onlyLeft' | 'onlyRight' | 'unknown';
  /** Only if the state is `changed`. Missing if counting takes too long. */
  readonly lines?: LineChanges;
}

/** Compares all files that exist at the end on either side, sorted by path. */
export function compareFiles(left: readonly Message[], right: readonly Message[]): readonly ComparedFile[] {
  const [ours, theirs] = [remaining(left), remaining(right)];
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const budget = new Budget(MAX_LINE_STEPS);
  return paths.map((path) => compared(path, ours.get(path), theirs.get(path), budget));
}

function remaining(messages: readonly Message[]): ReadonlyMap<string, WrittenFile> {
  return new Map(
    writtenFiles(messages)
      .filter(({ isDeleted }) => !isDeleted)
      .map((file) => [file.path, file]),
  );
}

function compared(
  path: string,
  left: WrittenFile | undefined,
  right: WrittenFile | undefined,
  budget: Budget,
): ComparedFile {
  const [before, after] = [left?.versions.at(-1), right?.versions.at(-1)];
  const sides = { path, left: before && documentOf(path, before), right: after && documentOf(path, after) };
  if (before?.content.kind === 'unknown' || after?.content.kind === 'unknown') return { ...sides, state: 'unknown' };
  if (before?.content.kind !== 'known') return { ...sides, state: 'onlyRight' };
  if (after?.content.kind !== 'known') return { ...sides, state: 'onlyLeft' };
  if (before.content.text === after.content.text) return { ...sides, state: 'same' };
  if (budget.isSpent) return { ...sides, state: 'changed' };
  return { ...sides, state: 'changed', lines: lineChanges(before.content.text, after.content.text, budget) };
}

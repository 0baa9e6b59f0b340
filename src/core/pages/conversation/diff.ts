/** Finds what changed between two reads of a transcript. The page gets only these changes. */
import { sameJson } from '../../base/json';
import type { Change } from './protocol';
import type { Message, Part } from '../../conversation/transcript/transcript';

/**
 * The new transcript. Unchanged messages and parts stay the same objects, so comparing, sending and drawing them again
 * costs nothing. Returns `before` itself if nothing changed.
 */
export function keepIdentity(before: readonly Message[], after: readonly Message[]): readonly Message[] {
  const next = after.map((message, index) => keepMessage(before[index], message));
  return next.length === before.length && next.every((message, index) => message === before[index]) ? before : next;
}

function keepMessage(before: Message | undefined, after: Message): Message {
  if (before === undefined || before === after) return after;
  const parts = after.parts.map((part, index) => {
    const old = before.parts[index];
    return old !== undefined && sameJson(old, part) ? old : part;
  });
  const sameParts = parts.length === before.parts.length && parts.every((part, index) => part === before.parts[index]);
  if (sameParts && sameFrame(before, after)) return before;
  return { ...after, parts: sameParts ? before.parts : parts };
}

const sameFrame = (a: Message, b: Message): boolean => a.id === b.id && a.role === b.role && a.time === b.time;

/**
 * The changes that turn `before` into `after`; none if they are equal. Contains single parts where the rest of their
 * message is the same.
 */
export function changesBetween(before: readonly Message[], after: readonly Message[]): readonly Change[] {
  const changes: Change[] = [];
  if (after.length < before.length) changes.push({ kind: 'truncate', length: after.length });
  after.forEach((message, index) => {
    const old = before[index];
    if (old === message) return;
    if (old === undefined || !sameFrame(old, message) || message.parts.length < old.parts.length) {
      changes.push({ kind: 'message', index, message });
    } else {
      for (const change of partChanges(index, old.parts, message.parts)) changes.push(change);
    }
  });
  return changes;
}

function partChanges(index: number, before: readonly Part[], after: readonly Part[]): readonly Change[] {
  return after.flatMap((part, partIndex): readonly Change[] => {
    const old = before[partIndex];
    return old === part || (old !== undefined && sameJson(old, part)) ? [] : [{ kind: 'part', index, partIndex, part }];
  });
}

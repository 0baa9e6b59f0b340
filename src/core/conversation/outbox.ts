/**
 * Prompts on their way, as a pure state machine. The API's prompt call is not idempotent and answers no id (docs/api/contract.md), so
 * a prompt counts as arrived when the conversation holds a user message with its text that was not there when it was sent.
 */
import type { OutboxItem } from './protocol';
import type { Message } from './transcript';

interface OutboxEntry extends OutboxItem {
  /** How many of the conversation's user messages with this very text are not this prompt: those there when it was sent, and those claimed by others since. */
  readonly notMine: number;
}

/** The `notMine` of a prompt that has not been sent yet: nothing in the conversation can be it. A number that JSON keeps. */
const NOT_SENT_YET = Number.MAX_SAFE_INTEGER;

export interface Outbox {
  readonly entries: readonly OutboxEntry[];
  /** Every id ever taken in, also after its prompt left: the same id is never sent twice. */
  readonly known: ReadonlySet<string>;
}

export const EMPTY_OUTBOX: Outbox = { entries: [], known: new Set() };

export interface NewPrompt {
  readonly clientId: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Takes in a prompt that is about to be sent. Gives the same outbox, by identity, for an id it has seen before: then nothing may be sent.
 * @param messages of the conversation; undefined while it has not been read: then {@link leaving} must follow before the prompt is sent.
 */
export function queued(outbox: Outbox, prompt: NewPrompt, messages: readonly Message[] | undefined): Outbox {
  if (outbox.known.has(prompt.clientId)) return outbox;
  const entry: OutboxEntry = { ...prompt, state: 'sending', notMine: messages ? countOf(prompt.text, messages) : NOT_SENT_YET };
  return { entries: [...outbox.entries, entry], known: new Set([...outbox.known, prompt.clientId]) };
}

/** A queued prompt leaves now: what the conversation holds at this moment is not it. */
export function leaving(outbox: Outbox, clientId: string, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) => ({ ...entry, notMine: countOf(entry.text, messages) }));
}

/** What an outbox that was kept becomes when nobody is left to hear what the server answers: what had left is uncertain, what had not is failed. */
export function interrupted(outbox: Outbox): Outbox {
  const entries = outbox.entries.map((entry) => {
    if (entry.state !== 'sending') return entry;
    return entry.notMine === NOT_SENT_YET ? withState(entry, 'failed', 'The window closed before this was sent.')
      : withState(entry, 'uncertain', 'The window closed while this was being sent. It may have arrived.');
  });
  return { ...outbox, entries };
}

/** The server took it. */
export function accepted(outbox: Outbox, clientId: string): Outbox {
  return withEntry(outbox, clientId, (entry) => withState(entry, 'accepted'));
}

/** It certainly did not happen. */
export function failed(outbox: Outbox, clientId: string, problem: string): Outbox {
  return withEntry(outbox, clientId, (entry) => withState(entry, 'failed', problem));
}

/** No answer tells whether it happened: the user looks before it is sent again. */
export function uncertain(outbox: Outbox, clientId: string, problem: string): Outbox {
  return withEntry(outbox, clientId, (entry) => withState(entry, 'uncertain', problem));
}

/** The user has looked and sends a failed or uncertain prompt again. The same outbox, by identity, if there is none: then nothing may be sent. */
export function sentAgain(outbox: Outbox, clientId: string, at: number, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) =>
    isSettled(entry) ? { ...withState(entry, 'sending'), at, notMine: countOf(entry.text, messages) } : entry);
}

/** Takes a failed or uncertain prompt out, to be edited. The same outbox, by identity, if there is none that can be taken back. */
export function takenBack(outbox: Outbox, clientId: string): Outbox {
  const entries = outbox.entries.filter((entry) => entry.clientId !== clientId || !isSettled(entry));
  return entries.length === outbox.entries.length ? outbox : { ...outbox, entries };
}

/**
 * Drops the prompts that have arrived in the conversation. Two prompts of the same text need two messages; one that the server accepted
 * takes a message before one whose fate is uncertain, and one that failed takes none.
 */
export function reconciled(outbox: Outbox, messages: readonly Message[]): Outbox {
  if (outbox.entries.length === 0) return outbox;
  let entries = outbox.entries;
  for (const state of ['accepted', 'sending', 'uncertain'] as const) {
    for (const { clientId } of outbox.entries.filter((entry) => entry.state === state)) {
      entries = withoutArrived(entries, clientId, messages);
    }
  }
  return entries === outbox.entries ? outbox : { ...outbox, entries };
}

/** What the page gets to see. */
export function itemsOf(outbox: Outbox): readonly OutboxItem[] {
  return outbox.entries.map(({ notMine: _, ...item }) => item);
}

function withoutArrived(entries: readonly OutboxEntry[], clientId: string, messages: readonly Message[]): readonly OutboxEntry[] {
  const arrived = entries.find((entry) => entry.clientId === clientId);
  if (arrived === undefined || countOf(arrived.text, messages) <= arrived.notMine) return entries;
  return entries.filter((entry) => entry !== arrived).map((entry) =>
    // The claimed message is the first after those that are not `arrived`; who counts from further on never took it for its own.
    sameText(entry.text, arrived.text) && entry.notMine <= arrived.notMine ? { ...entry, notMine: entry.notMine + 1 } : entry);
}

const isSettled = (entry: OutboxItem): boolean => entry.state === 'failed' || entry.state === 'uncertain';

function withState(entry: OutboxEntry, state: OutboxItem['state'], problem?: string): OutboxEntry {
  const { problem: _, ...rest } = entry;
  return { ...rest, state, ...(problem !== undefined && { problem }) };
}

function withEntry(outbox: Outbox, clientId: string, change: (entry: OutboxEntry) => OutboxEntry): Outbox {
  let changed = false;
  const entries = outbox.entries.map((entry) => {
    if (entry.clientId !== clientId) return entry;
    const next = change(entry);
    changed ||= next !== entry;
    return next;
  });
  return changed ? { ...outbox, entries } : outbox;
}

function countOf(text: string, messages: readonly Message[]): number {
  return messages.filter((message) => message.role === 'user' && sameText(textOf(message), text)).length;
}

function textOf(message: Message): string {
  return message.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

/** Servers trim texts and change their line ends. */
function sameText(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

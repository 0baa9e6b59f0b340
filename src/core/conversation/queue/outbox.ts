/**
 * The outbox as a pure state machine. The API's prompt call is not idempotent, and its answer has no id
 * (docs/api/contract.md). So a prompt has arrived when the conversation contains a new user message with its text. A
 * message that steers a run counts, too. `promptQueue.ts` decides when a queued prompt is sent.
 */
import type { Message } from '../transcript/transcript';
import { userTexts } from '../transcript/userTexts';
import { written } from '../../words/texts';

/**
 * A prompt in the outbox. It stays there until the conversation contains it. A `queued` prompt is sent when the run is
 * done. One `onHold` was queued. Something went wrong (`problem`), so the user decides.
 */
export interface OutboxItem {
  /** Made by the page. The same id is never sent twice. */
  readonly clientId: string;
  readonly text: string;
  readonly state: 'queued' | 'onHold' | 'sending' | 'accepted' | 'failed' | 'uncertain';
  /** When it was sent, epoch milliseconds. While it waits: when it was queued. */
  readonly at: number;
  /** Why it failed, is on hold or is uncertain, in words. */
  readonly problem?: string;
}

interface OutboxEntry extends OutboxItem {
  /**
   * How many user messages with exactly this text are not this prompt. These are the messages from before it was sent,
   * and those that other prompts have claimed since.
   */
  readonly notMine: number;
}

/**
 * The `notMine` of a prompt that has not been sent yet: no message can be this prompt. JSON has no Infinity, so this is
 * a finite number.
 */
const NOT_SENT_YET = Number.MAX_SAFE_INTEGER;

export interface Outbox {
  readonly entries: readonly OutboxEntry[];
  /** Every id that was ever added, also after its prompt left the outbox. The same id is never sent twice. */
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
 * Adds a prompt that is about to be sent. Returns the same object if the id is known. Then nothing may be sent.
 * @param messages of the conversation. Undefined before the first read: then call {@link countBeforeSending} before the
 * prompt is sent.
 */
export function addSending(outbox: Outbox, prompt: NewPrompt, messages: readonly Message[] | undefined): Outbox {
  return add(outbox, prompt, 'sending', messages);
}

/** Adds a prompt that waits until the run is done. Returns the same object if the id is known. */
export function addQueued(outbox: Outbox, prompt: NewPrompt, messages: readonly Message[] | undefined): Outbox {
  return add(outbox, prompt, 'queued', messages);
}

/**
 * Adds a prompt that the page gave to an extension host that then stopped. Nobody knows whether it was sent, so the
 * user decides. Returns the same object if the id is known.
 */
export function addUnconfirmed(
  outbox: Outbox,
  { clientId, text, at }: NewPrompt,
  messages: readonly Message[] | undefined,
): Outbox {
  const next = add(outbox, { clientId, text, at }, 'uncertain', messages);
  return next === outbox ? outbox : markUncertain(next, clientId, written('queue.unconfirmed'));
}

function add(
  outbox: Outbox,
  prompt: NewPrompt,
  state: OutboxItem['state'],
  messages: readonly Message[] | undefined,
): Outbox {
  if (outbox.known.has(prompt.clientId)) return outbox;
  const entry: OutboxEntry = { ...prompt, state, notMine: messages ? countOf(prompt.text, messages) : NOT_SENT_YET };
  return { entries: [...outbox.entries, entry], known: new Set([...outbox.known, prompt.clientId]) };
}

/**
 * Call this right before a prompt is sent that waited for the first read. No message from before can be this prompt.
 */
export function countBeforeSending(outbox: Outbox, clientId: string, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) => ({ ...entry, notMine: countOf(entry.text, messages) }));
}

/**
 * The saved outbox after a restart, when the answers to its requests are lost. A prompt that was being sent is
 * uncertain. One that had not been sent has failed.
 */
export function afterRestart(outbox: Outbox): Outbox {
  return outbox.entries
    .filter(({ state }) => state === 'sending')
    .reduce(
      (rest, { clientId, notMine }) =>
        notMine === NOT_SENT_YET
          ? markFailed(rest, clientId, written('queue.interruptedBefore'))
          : markUncertain(rest, clientId, written('queue.interruptedWhile')),
      outbox,
    );
}

/** The server accepted the prompt. */
export function markAccepted(outbox: Outbox, clientId: string): Outbox {
  return withEntry(outbox, clientId, (entry) => withState(entry, 'accepted'));
}

/** The prompt was certainly not sent. Puts everything that is queued behind it on hold. */
export function markFailed(outbox: Outbox, clientId: string, problem: string): Outbox {
  return holdBehind(
    withEntry(outbox, clientId, (entry) => withState(entry, 'failed', problem)),
    clientId,
    written('queue.beforeNotSent'),
  );
}

/** Nobody knows whether the prompt was sent. The user decides about it, and about everything queued behind it. */
export function markUncertain(outbox: Outbox, clientId: string, problem: string): Outbox {
  return holdBehind(
    withEntry(outbox, clientId, (entry) => withState(entry, 'uncertain', problem)),
    clientId,
    written('queue.beforeUncertain'),
  );
}

/** Puts all queued prompts on hold. Returns the same object if there are none. */
export function putOnHold(outbox: Outbox, problem: string): Outbox {
  return withEntries(outbox, (entry) => (entry.state === 'queued' ? withState(entry, 'onHold', problem) : entry));
}

/** The user continues the queue. No message from before can be one of its prompts. */
export function resumeQueue(outbox: Outbox, messages: readonly Message[]): Outbox {
  const counts = new UserTextCounts(messages);
  return withEntries(outbox, (entry) =>
    entry.state === 'onHold' ? { ...withState(entry, 'queued'), notMine: counts.count(entry.text) } : entry,
  );
}

/**
 * Marks a prompt as being sent: one that waits, or a failed or uncertain one that the user sends again. Returns the
 * same object for any other prompt. Then nothing may be sent.
 */
export function markSending(outbox: Outbox, clientId: string, at: number, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) =>
    canSendAgain(entry) || isInQueue(entry)
      ? { ...withState(entry, 'sending'), at, notMine: countOf(entry.text, messages) }
      : entry,
  );
}

/**
 * Removes a prompt because the user takes it back. Returns the same object if it cannot be taken back: it is unknown,
 * is being sent, or was accepted.
 */
export function takeBack(outbox: Outbox, clientId: string): Outbox {
  const entries = outbox.entries.filter(
    (entry) => entry.clientId !== clientId || !(canSendAgain(entry) || isInQueue(entry)),
  );
  return entries.length === outbox.entries.length ? outbox : { ...outbox, entries };
}

/**
 * Whether the conversation has a message with the prompt's text that came after the prompt was queued, and that no
 * other prompt has claimed. It may be this prompt.
 */
export function mayHaveArrived(outbox: Outbox, clientId: string, messages: readonly Message[]): boolean {
  const entry = outbox.entries.find((candidate) => candidate.clientId === clientId);
  return entry !== undefined && countOf(entry.text, messages) > entry.notMine;
}

/**
 * Removes the prompts that have arrived in the conversation. Two prompts with the same text need two messages. An
 * accepted prompt claims a message before an uncertain one does. A failed prompt claims none.
 */
export function removeArrived(outbox: Outbox, messages: readonly Message[]): Outbox {
  if (outbox.entries.length === 0) return outbox;
  const counts = new UserTextCounts(messages);
  let entries = outbox.entries;
  for (const state of ['accepted', 'sending', 'uncertain'] as const) {
    for (const { clientId } of outbox.entries.filter((entry) => entry.state === state)) {
      entries = withoutArrived(entries, clientId, counts);
    }
  }
  return entries === outbox.entries ? outbox : { ...outbox, entries };
}

/** The prompts for the page, in the order in which they will arrive: waiting prompts come last. */
export function pageItemsOf(outbox: Outbox): readonly OutboxItem[] {
  const items = outbox.entries.map(({ notMine: _, ...item }): OutboxItem => item);
  return [...items.filter((item) => !isInQueue(item)), ...items.filter(isInQueue)];
}

/** Whether a prompt is queued or on hold. */
export const isInQueue = ({ state }: Pick<OutboxItem, 'state'>): boolean => state === 'queued' || state === 'onHold';

function withoutArrived(
  entries: readonly OutboxEntry[],
  clientId: string,
  counts: UserTextCounts,
): readonly OutboxEntry[] {
  const arrived = entries.find((entry) => entry.clientId === clientId);
  if (arrived === undefined || counts.count(arrived.text) <= arrived.notMine) return entries;
  return entries
    .filter((entry) => entry !== arrived)
    .map((entry) =>
      // `arrived` claims the first message that can be it. For entries with a higher `notMine`, that message is already
      // counted.
      sameText(entry.text, arrived.text) && entry.notMine <= arrived.notMine
        ? { ...entry, notMine: entry.notMine + 1 }
        : entry,
    );
}

const canSendAgain = (entry: OutboxItem): boolean => entry.state === 'failed' || entry.state === 'uncertain';

function withState(entry: OutboxEntry, state: OutboxItem['state'], problem?: string): OutboxEntry {
  const { problem: _, ...rest } = entry;
  return { ...rest, state, ...(problem !== undefined && { problem }) };
}

/** Puts the queued prompts behind this one on hold. Prompts before it do not depend on it. */
function holdBehind(outbox: Outbox, clientId: string, problem: string): Outbox {
  const position = outbox.entries.findIndex((entry) => entry.clientId === clientId);
  if (position < 0) return outbox;
  return withEntries(outbox, (entry, index) =>
    index > position && entry.state === 'queued' ? withState(entry, 'onHold', problem) : entry,
  );
}

function withEntry(outbox: Outbox, clientId: string, change: (entry: OutboxEntry) => OutboxEntry): Outbox {
  return withEntries(outbox, (entry) => (entry.clientId === clientId ? change(entry) : entry));
}

function withEntries(outbox: Outbox, change: (entry: OutboxEntry, index: number) => OutboxEntry): Outbox {
  const entries = outbox.entries.map(change);
  return entries.every((entry, index) => entry === outbox.entries[index]) ? outbox : { ...outbox, entries };
}

function countOf(text: string, messages: readonly Message[]): number {
  return new UserTextCounts(messages).count(text);
}

/** Counts how often the user said a text. Goes through the conversation once, for any number of texts. */
class UserTextCounts {
  private counts: Map<string, number> | undefined;

  constructor(private readonly messages: readonly Message[]) {}

  count(text: string): number {
    this.counts ??= this.counted();
    return this.counts.get(normal(text)) ?? 0;
  }

  private counted(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const text of userTexts(this.messages)) counts.set(normal(text), (counts.get(normal(text)) ?? 0) + 1);
    return counts;
  }
}

/** Compares texts as the server may return them: trimmed, and with other line ends. */
function sameText(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

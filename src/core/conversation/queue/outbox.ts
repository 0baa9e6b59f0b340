/**
 * Prompts on their way, as a pure state machine. The API's prompt call is not idempotent and answers no id
 * (docs/api/contract.md), so a prompt counts as arrived when the conversation holds a user message with its text that
 * was not there when it was sent. What steers a run is one, too.
 * A prompt that waits for the run's end is `queued`; `held`, if something happened after which the user decides. Which
 * one leaves when: `promptQueue.ts`.
 */
import type { Message } from '../transcript/transcript';
import { userTexts } from '../transcript/userTexts';

/**
 * A prompt on its way. It stays in the outbox until the conversation itself holds it. A `queued` one is sent when the
 * run is done; a `held` one was queued, and is sent when the user says so, because something happened meanwhile
 * (`problem`).
 */
export interface OutboxItem {
  /** Made by the page; the same id is never sent twice. */
  readonly clientId: string;
  readonly text: string;
  readonly state: 'queued' | 'held' | 'sending' | 'accepted' | 'failed' | 'uncertain';
  /** Epoch milliseconds of the send; while it waits, of when it was queued. */
  readonly at: number;
  /** Why it failed or is held, or what is uncertain, in words. */
  readonly problem?: string;
}

interface OutboxEntry extends OutboxItem {
  /**
   * How many of the conversation's user messages with this very text are not this prompt: those there when it was sent,
   * and those claimed by others since.
   */
  readonly notMine: number;
}

/**
 * The `notMine` of a prompt that has not been sent yet: nothing in the conversation can be it. A number that JSON
 * keeps.
 */
const NOT_SENT_YET = Number.MAX_SAFE_INTEGER;

export interface Outbox {
  readonly entries: readonly OutboxEntry[];
  /** Every id ever taken in, also after its prompt left: the same id is never sent twice. */
  readonly known: ReadonlySet<string>;
}

const UNCONFIRMED =
  'VS Code’s extension host stopped before it confirmed this prompt. Check whether it arrived before you send it again.';

export const EMPTY_OUTBOX: Outbox = { entries: [], known: new Set() };

export interface NewPrompt {
  readonly clientId: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * Takes in a prompt that is about to be sent. Gives the same outbox, by identity, for an id it has seen before: then
 * nothing may be sent.
 * @param messages of the conversation; undefined while it has not been read: then {@link leaving} must follow before
 * the prompt is sent.
 */
export function sending(outbox: Outbox, prompt: NewPrompt, messages: readonly Message[] | undefined): Outbox {
  return takenIn(outbox, prompt, 'sending', messages);
}

/** Takes in a prompt that waits for the run's end. The same outbox, by identity, for an id it has seen before. */
export function queued(outbox: Outbox, prompt: NewPrompt, messages: readonly Message[] | undefined): Outbox {
  return takenIn(outbox, prompt, 'queued', messages);
}

/**
 * Takes in a prompt that a page sent to an extension host that then died. Nobody knows whether it left, so the user
 * decides. The same outbox, by identity, for an id it has seen before.
 */
export function unconfirmed(
  outbox: Outbox,
  { clientId, text, at }: NewPrompt,
  messages: readonly Message[] | undefined,
): Outbox {
  const next = takenIn(outbox, { clientId, text, at }, 'uncertain', messages);
  return next === outbox ? outbox : uncertain(next, clientId, UNCONFIRMED);
}

function takenIn(
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
 * The prompt that waited for the conversation to be read leaves now: what the conversation holds at this moment is not
 * it.
 */
export function leaving(outbox: Outbox, clientId: string, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) => ({ ...entry, notMine: countOf(entry.text, messages) }));
}

/**
 * What an outbox that was kept becomes when nobody is left to hear what the server answers: what had left is uncertain,
 * what had not is failed.
 */
export function interrupted(outbox: Outbox): Outbox {
  return outbox.entries
    .filter(({ state }) => state === 'sending')
    .reduce(
      (rest, { clientId, notMine }) =>
        notMine === NOT_SENT_YET
          ? failed(rest, clientId, 'VS Code closed or restarted before this was sent.')
          : uncertain(rest, clientId, 'VS Code closed or restarted while this was being sent. It may have arrived.'),
      outbox,
    );
}

/** The server took it. */
export function accepted(outbox: Outbox, clientId: string): Outbox {
  return withEntry(outbox, clientId, (entry) => withState(entry, 'accepted'));
}

/** It certainly did not happen. What is queued behind it waits for the user. */
export function failed(outbox: Outbox, clientId: string, problem: string): Outbox {
  return stoppedBehind(
    withEntry(outbox, clientId, (entry) => withState(entry, 'failed', problem)),
    clientId,
    'The prompt before it was not sent.',
  );
}

/**
 * No answer tells whether it happened: the user looks before it is sent again, and before what is queued behind it is.
 */
export function uncertain(outbox: Outbox, clientId: string, problem: string): Outbox {
  return stoppedBehind(
    withEntry(outbox, clientId, (entry) => withState(entry, 'uncertain', problem)),
    clientId,
    'It is not certain that the prompt before it was sent.',
  );
}

/** The queue stops: what is queued is sent when the user says so. The same outbox, by identity, if nothing is. */
export function held(outbox: Outbox, problem: string): Outbox {
  return withEntries(outbox, (entry) => (entry.state === 'queued' ? withState(entry, 'held', problem) : entry));
}

/** The queue goes on by the user's decision. What the conversation holds at this moment is none of it. */
export function resumed(outbox: Outbox, messages: readonly Message[]): Outbox {
  const said = new SaidTexts(messages);
  return withEntries(outbox, (entry) =>
    entry.state === 'held' ? { ...withState(entry, 'queued'), notMine: said.count(entry.text) } : entry,
  );
}

/**
 * A prompt that is not on its way leaves now: a failed or uncertain one again, after the user has looked, or one that
 * waits. The same outbox, by identity, if there is none: then nothing may be sent.
 */
export function sentAgain(outbox: Outbox, clientId: string, at: number, messages: readonly Message[]): Outbox {
  return withEntry(outbox, clientId, (entry) =>
    isSettled(entry) || isWaiting(entry)
      ? { ...withState(entry, 'sending'), at, notMine: countOf(entry.text, messages) }
      : entry,
  );
}

/**
 * Takes a prompt that is not on its way out, to be edited. The same outbox, by identity, if there is none that can be
 * taken back.
 */
export function takenBack(outbox: Outbox, clientId: string): Outbox {
  const entries = outbox.entries.filter(
    (entry) => entry.clientId !== clientId || !(isSettled(entry) || isWaiting(entry)),
  );
  return entries.length === outbox.entries.length ? outbox : { ...outbox, entries };
}

/**
 * Whether the conversation has got a message of this text since the prompt was queued that no other prompt is known to
 * be: it may be this one.
 */
export function mayHaveArrived(outbox: Outbox, clientId: string, messages: readonly Message[]): boolean {
  const entry = outbox.entries.find((candidate) => candidate.clientId === clientId);
  return entry !== undefined && countOf(entry.text, messages) > entry.notMine;
}

/**
 * Drops the prompts that have arrived in the conversation. Two prompts of the same text need two messages; one that the
 * server accepted takes a message before one whose fate is uncertain, and one that failed takes none.
 */
export function reconciled(outbox: Outbox, messages: readonly Message[]): Outbox {
  if (outbox.entries.length === 0) return outbox;
  const said = new SaidTexts(messages);
  let entries = outbox.entries;
  for (const state of ['accepted', 'sending', 'uncertain'] as const) {
    for (const { clientId } of outbox.entries.filter((entry) => entry.state === state)) {
      entries = withoutArrived(entries, clientId, said);
    }
  }
  return entries === outbox.entries ? outbox : { ...outbox, entries };
}

/** What the page gets to see, in the order in which it will stand in the conversation: what waits comes last. */
export function itemsOf(outbox: Outbox): readonly OutboxItem[] {
  const items = outbox.entries.map(({ notMine: _, ...item }): OutboxItem => item);
  return [...items.filter((item) => !isWaiting(item)), ...items.filter(isWaiting)];
}

/** It waits in the queue. */
export const isWaiting = ({ state }: Pick<OutboxItem, 'state'>): boolean => state === 'queued' || state === 'held';

function withoutArrived(entries: readonly OutboxEntry[], clientId: string, said: SaidTexts): readonly OutboxEntry[] {
  const arrived = entries.find((entry) => entry.clientId === clientId);
  if (arrived === undefined || said.count(arrived.text) <= arrived.notMine) return entries;
  return entries
    .filter((entry) => entry !== arrived)
    .map((entry) =>
      // The claimed message is the first after those that are not `arrived`; who counts from further on never took it
      // for its own.
      sameText(entry.text, arrived.text) && entry.notMine <= arrived.notMine
        ? { ...entry, notMine: entry.notMine + 1 }
        : entry,
    );
}

const isSettled = (entry: OutboxItem): boolean => entry.state === 'failed' || entry.state === 'uncertain';

function withState(entry: OutboxEntry, state: OutboxItem['state'], problem?: string): OutboxEntry {
  const { problem: _, ...rest } = entry;
  return { ...rest, state, ...(problem !== undefined && { problem }) };
}

/** Only what was asked for later waits for it. */
function stoppedBehind(outbox: Outbox, clientId: string, problem: string): Outbox {
  const place = outbox.entries.findIndex((entry) => entry.clientId === clientId);
  if (place < 0) return outbox;
  return withEntries(outbox, (entry, index) =>
    index > place && entry.state === 'queued' ? withState(entry, 'held', problem) : entry,
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
  return new SaidTexts(messages).count(text);
}

/** How often the user has said a text. A conversation is read once for however many texts are looked for. */
class SaidTexts {
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

/** Servers trim texts and change their line ends. */
function sameText(a: string, b: string): boolean {
  return a === b || normal(a) === normal(b);
}

const normal = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/**
 * Measures how long parts took, by polling their conversation. A part runs from the first read that shows it unfinished
 * to the first read that shows it finished. Nobody sees what happens between two reads, so beginning and end are
 * intervals. A duration is shown only if these intervals are small enough.
 */
import { isObject } from '../../base/json';
import { parsePartKey, partKey } from '../transcript/partAddress';
import type { PartTime, PartTimes } from './partTimes';
import type { Message, Part } from '../transcript/transcript';

/** How many parts of one conversation are remembered. Over this limit, the oldest are forgotten. */
const MAX_PARTS = 2_000;
/** A duration is shown if its error is at most this long, or at most this share of the duration. */
const TOLERANCE_MS = 2_500;
const TOLERANCE_SHARE = 0.25;

/** One successful read. Its answer was true at some moment between `began` and `ended`, epoch milliseconds. */
export interface TimedRead {
  readonly began: number;
  readonly ended: number;
  /**
   * How far the wall clock is ahead of the monotonic clock when the read ends. A change means that a clock was set, or
   * stopped while the machine slept.
   */
  readonly wallAheadMs?: number;
  /** True while the run is active, so unfinished parts are running. */
  readonly live: boolean;
}

/** How far the clocks may drift apart between two reads, in milliseconds. */
const DRIFT_MS = 1_000;

export interface MeasuredTimes {
  readonly times: PartTimes;
  /** When the last read began. Epoch milliseconds. */
  readonly readAt?: number;
  /** `wallAheadMs` of that read. Missing if an earlier window made the read. */
  readonly wallAheadMs?: number;
  /** The transcript of that read. Missing before a window's first read, which cannot say what began. */
  readonly messages?: readonly Message[];
  /** The id of the message that the agent was writing. */
  readonly writing?: string | undefined;
}

export const NOTHING_MEASURED: MeasuredTimes = { times: new Map() };

/**
 * The measured times after another read. `times` stays the same object if nothing changed. Unchanged messages, which
 * are the same objects (`keepIdentity`), cost nothing.
 */
export function measure(before: MeasuredTimes, messages: readonly Message[], read: TimedRead): MeasuredTimes {
  const last = messages.at(-1);
  // The agent writes only its last message. An unfinished part above it was left by a run that was stopped.
  const writing = read.live ? last?.id : undefined;
  if (messages === before.messages && writing === before.writing && isSteady(before, read))
    return { ...before, ...timeOf(read) };
  const { times } = new Measuring(before, read).measureMessages(messages, writing);
  return { times, ...timeOf(read), messages, writing };
}

/** The times in the form in which they are saved. */
export function toStored({ times, readAt }: MeasuredTimes): unknown {
  return {
    readAt,
    parts: [...times].map(([key, { since, within, ms, step }]) => [
      key,
      since,
      within ?? null,
      ms ?? null,
      ...(step === undefined ? [] : [step]),
    ]),
  };
}

/** Reads what an earlier window saved. Leaves out what cannot be read. */
export function fromStored(stored: unknown): MeasuredTimes {
  if (!isObject(stored) || !Array.isArray(stored['parts'])) return NOTHING_MEASURED;
  const { readAt } = stored;
  const entries = stored['parts'].map(toEntry).filter((entry) => entry !== undefined);
  return { times: new Map(entries.slice(-MAX_PARTS)), ...(isInstant(readAt) && { readAt }) };
}

function toEntry(raw: unknown): readonly [string, PartTime] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const [key, since, within, ms, step] = raw as readonly unknown[];
  if (typeof key !== 'string' || !isInstant(since)) return undefined;
  const isOver = isInstant(ms) && isInstant(within);
  if (!isOver && ms !== null) return undefined;
  return [
    key,
    { since, ...(isInstant(within) && { within }), ...(isOver && { ms }), ...(isInstant(step) && { step }) },
  ];
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** `waiting`: unfinished and not running, for example because it waits for an approval. */
type Stage = 'working' | 'waiting' | 'over';

/** The stage of a part. Undefined if the part's time is not measured. */
function stageOf(part: Part): Stage | undefined {
  switch (part.kind) {
    case 'reasoning':
      return part.streaming ? 'working' : 'over';
    case 'tool':
      switch (part.state) {
        case 'input-streaming':
        case 'input-available':
          return 'working';
        case 'approval-responded':
          return part.approval?.approved === false ? 'waiting' : 'working';
        case 'output-available':
          return part.preliminary ? 'working' : 'over';
        case 'output-error':
          return 'over';
        // A denied call did not run. Of an unknown state nothing can be said.
        case 'approval-requested':
        case 'output-denied':
        default:
          return 'waiting';
      }
    case 'text':
    case 'file':
    case 'source':
    case 'data':
    case 'step':
    case 'steering':
    case 'unknown':
      return undefined;
  }
}

function timeOf({ began, wallAheadMs }: TimedRead): Pick<MeasuredTimes, 'readAt' | 'wallAheadMs'> {
  return { readAt: began, ...(wallAheadMs !== undefined && { wallAheadMs }) };
}

/**
 * Whether both clocks agree on the time since the read before. A clock that was set, or that stopped while the machine
 * slept, cannot measure durations.
 */
function isSteady({ readAt, wallAheadMs }: MeasuredTimes, read: TimedRead): boolean {
  const agrees =
    wallAheadMs === undefined || read.wallAheadMs === undefined || Math.abs(read.wallAheadMs - wallAheadMs) <= DRIFT_MS;
  return agrees && read.ended >= read.began && (readAt === undefined || readAt <= read.began);
}

/** A part of the transcript, and its number if it is a step. */
interface PartPosition {
  readonly id: string;
  readonly index: number;
  /** Of a step: which one of its message, from 1. */
  readonly step?: number;
}

/** Compares one read with the read before, and measures. */
class Measuring {
  private changed: Map<string, PartTime> | undefined;
  /** Running parts of the read before that are not yet found in this one. By message id: the positions of the parts. */
  private readonly notYetFound = new Map<string, Set<number>>();
  /** When the read before began. Undefined if the clocks do not agree on the time since. */
  private readonly previous: number | undefined;
  private byId: ReadonlyMap<string, Message> | undefined;

  constructor(
    private readonly before: MeasuredTimes,
    private readonly read: TimedRead,
  ) {
    this.previous = isSteady(before, read) ? before.readAt : undefined;
    for (const [key, { ms }] of before.times) {
      if (ms !== undefined) continue;
      const { messageId, partIndex } = parsePartKey(key);
      const indexes = this.notYetFound.get(messageId) ?? new Set();
      this.notYetFound.set(messageId, indexes.add(partIndex));
    }
  }

  get times(): PartTimes {
    return this.changed ?? this.before.times;
  }

  measureMessages(messages: readonly Message[], writing: string | undefined): this {
    const { before } = this;
    let isWritingSame = false;
    for (const [index, message] of messages.entries()) {
      const old = this.oldOf(message, index);
      const isWritten = message.id === writing;
      const wasWritten = message.id === before.writing;
      if (old === message && isWritten === wasWritten && (this.previous !== undefined || !isWritten))
        isWritingSame ||= isWritten;
      else this.message(message, old, isWritten, wasWritten);
    }
    // A running part that was not found in the changed messages or in the written one is gone.
    if (!isWritingSame)
      for (const [id, indexes] of this.notYetFound)
        for (const index of indexes) this.set(partKey({ messageId: id, partIndex: index }), undefined);
    if (this.changed) forgetOldest(this.changed);
    return this;
  }

  private oldOf({ id }: Message, index: number): Message | undefined {
    const before = this.before.messages;
    if (!before) return undefined;
    const there = before[index];
    if (there?.id === id) return there;
    this.byId ??= new Map(before.map((message) => [message.id, message]));
    // At this position, a message with another id counts as the same message, so its parts do not begin now.
    return this.byId.get(id) ?? there;
  }

  private message(message: Message, old: Message | undefined, isWritten: boolean, wasWritten: boolean): void {
    const lastStep = isWritten ? message.parts.findLastIndex(({ kind }) => kind === 'step') : -1;
    let step = 0;
    message.parts.forEach((part, index) => {
      const before = old?.parts[index];
      const isChanged = part !== before || isWritten !== wasWritten || this.previous === undefined;
      if (part.kind === 'step') {
        step++;
        if (isChanged || this.isNotYetFound(message.id, index))
          this.part(
            part,
            before,
            { id: message.id, index, step },
            this.stageOfStep(message, index, lastStep),
            isWritten,
          );
      } else if (isChanged) {
        this.other(part, before, { id: message.id, index }, isWritten, wasWritten);
      } else if (isWritten) {
        this.stillRuns(part, message.id, index);
      }
    });
  }

  private other(
    part: Part,
    old: Part | undefined,
    position: PartPosition,
    isWritten: boolean,
    wasWritten: boolean,
  ): void {
    const stage = stageOf(part);
    if (stage) this.part(part, old, position, stage, isWritten);
    const nested = messagesIn(part);
    if (nested.length === 0) return;
    const before = old && isSamePart(old, part) ? messagesIn(old) : [];
    const wasWorking = wasWritten && old !== undefined && stageOf(old) === 'working';
    // A sub-agent writes only its last message, and only while its call is running.
    nested.forEach((message, index) => {
      const isLast = index === nested.length - 1 && stage === 'working';
      this.message(message, before[index], isWritten && isLast, wasWorking && index === before.length - 1);
    });
  }

  /** An unchanged part: whatever is running in it keeps running. */
  private stillRuns(part: Part, id: string, index: number): void {
    this.notYetFound.get(id)?.delete(index);
    const last = messagesIn(part).at(-1);
    last?.parts.forEach((inner, at) => this.stillRuns(inner, last.id, at));
  }

  private isNotYetFound(id: string, index: number): boolean {
    return this.notYetFound.get(id)?.has(index) ?? false;
  }

  /** The last step runs until another one begins, or until the message or the run ends. */
  private stageOfStep({ parts }: Message, index: number, lastStep: number): Stage {
    if (index !== lastStep) return 'over';
    // The agent does not work while a person decides about an approval.
    const isWaiting = parts
      .slice(index + 1)
      .some((part) => part.kind === 'tool' && part.state === 'approval-requested');
    return isWaiting ? 'waiting' : 'working';
  }

  private part(
    part: Part,
    old: Part | undefined,
    { id, index, step }: PartPosition,
    stage: Stage,
    isWritten: boolean,
  ): void {
    const key = partKey({ messageId: id, partIndex: index });
    this.notYetFound.get(id)?.delete(index);
    const isSame = !this.before.messages || (old !== undefined && isSamePart(old, part));
    const known = isSame ? this.before.times.get(key) : undefined;
    if (!isSame && this.before.times.has(key)) this.set(key, undefined);
    const isAtWork = known !== undefined && known.ms === undefined;
    if (stage === 'over') {
      if (isAtWork) this.set(key, this.ended(known));
    } else if (stage === 'waiting' || !isWritten) {
      if (isAtWork) this.set(key, undefined);
    } else if (isAtWork) {
      if (this.previous === undefined) this.set(key, { since: this.read.ended, ...(step !== undefined && { step }) });
    } else if (!known && this.mayBegin(part, old)) {
      this.set(key, { ...this.begun(), ...(step !== undefined && { step }) });
    }
  }

  /**
   * Whether a part that is running now was not running at the read before. A window's first read cannot know that, so
   * the part counts from that read.
   */
  private mayBegin(part: Part, old: Part | undefined): boolean {
    if (!this.before.messages || !old || !isSamePart(old, part)) return true;
    return old.kind === 'tool' && old.state === 'approval-requested';
  }

  private begun(): Pick<PartTime, 'since' | 'within'> {
    const { previous, read, before } = this;
    return previous === undefined || !before.messages ? { since: read.ended } : between(previous, read.ended);
  }

  /** The time of a part that has ended. Undefined if the error is too large. */
  private ended({ since, within, step }: PartTime): PartTime | undefined {
    if (this.previous === undefined || within === undefined) return undefined;
    const end = between(this.previous, this.read.ended);
    const ms = end.since - since;
    const doubt = within + end.within;
    return doubt <= Math.max(TOLERANCE_MS, ms * TOLERANCE_SHARE)
      ? { since, ms, within: doubt, ...(step !== undefined && { step }) }
      : undefined;
  }

  private set(key: string, time: PartTime | undefined): void {
    this.changed ??= new Map(this.before.times);
    if (time) this.changed.set(key, time);
    else this.changed.delete(key);
  }
}

function forgetOldest(times: Map<string, PartTime>): void {
  let tooMany = times.size - MAX_PARTS;
  if (tooMany <= 0) return;
  // One loop for all: a Map with many deleted entries is slow to start iterating.
  for (const key of times.keys()) {
    if (tooMany-- <= 0) return;
    times.delete(key);
  }
}

/** The middle of an interval and the largest error, in whole milliseconds. */
function between(from: number, to: number): { readonly since: number; readonly within: number } {
  return { since: Math.round((from + to) / 2), within: Math.ceil((to - from) / 2) };
}

function messagesIn(part: Part): readonly Message[] {
  return 'messages' in part ? part.messages : [];
}

/** Whether the parts at one position in two reads are the same part. */
function isSamePart(before: Part, after: Part): boolean {
  return (
    before.kind === after.kind && (before.kind !== 'tool' || after.kind !== 'tool' || before.callId === after.callId)
  );
}

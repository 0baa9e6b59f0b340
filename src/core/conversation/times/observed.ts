/**
 * What reading a conversation again and again tells of the time that its parts took. A part runs from the first read
 * that shows it unfinished to the first one that shows it finished; what happened between two reads nobody saw, so both
 * ends are intervals, and a duration is told where they are small against it.
 */
import { isObject } from '../../base/json';
import { parsePartKey, partKey } from '../transcript/partAddress';
import type { PartTime, PartTimes } from './partTimes';
import type { Message, Part } from '../transcript/transcript';

/** So many parts of one conversation are remembered; beyond that the oldest are forgotten. */
const MAX_PARTS = 2_000;
/** A duration is told if it is at most this far from the truth, or at most this share of itself. */
const TOLERANCE_MS = 2_500;
const TOLERANCE_SHARE = 0.25;

/** One successful read: what it shows was so at some moment between the two. Epoch milliseconds. */
export interface ObservedRead {
  readonly began: number;
  readonly ended: number;
  /**
   * How far the wall clock is ahead of the monotonic one at the end of it: where that changes, one was set, or stood
   * still in a sleep.
   */
  readonly wallAheadMs?: number;
  /** The run goes on: what is unfinished is at work. */
  readonly live: boolean;
}

/** So far clocks may drift apart between two reads. */
const DRIFT_MS = 1_000;

export interface Observed {
  readonly times: PartTimes;
  /** When the last read began: what it showed at work was at work then. */
  readonly readAt?: number;
  /** Of that read; missing where an earlier window made it. */
  readonly wallAheadMs?: number;
  /** The transcript of that read; missing at the first one of a window, where nothing can be said to have begun. */
  readonly messages?: readonly Message[];
  /** The message that was being written. */
  readonly writing?: string | undefined;
}

export const NOTHING_OBSERVED: Observed = { times: new Map() };

/**
 * What is known after another read. `times` stays the same object if nothing new can be told. Unchanged messages, which
 * are the same objects (`keepIdentity`), cost nothing.
 */
export function observe(before: Observed, messages: readonly Message[], read: ObservedRead): Observed {
  const last = messages.at(-1);
  // Only there parts are written: what is unfinished further up was left so by a run that was stopped.
  const writing = read.live ? last?.id : undefined;
  if (messages === before.messages && writing === before.writing && isSteady(before, read))
    return { ...before, ...timeOf(read) };
  const { times } = new Looker(before, read).look(messages, writing);
  return { times, ...timeOf(read), messages, writing };
}

/** Of a read that was kept with the deployment. */
export function toKept({ times, readAt }: Observed): unknown {
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

/** What an earlier window kept; what cannot be read of it is left out. */
export function fromKept(kept: unknown): Observed {
  if (!isObject(kept) || !Array.isArray(kept['parts'])) return NOTHING_OBSERVED;
  const { readAt } = kept;
  const entries = kept['parts'].map(toEntry).filter((entry) => entry !== undefined);
  return { times: new Map(entries.slice(-MAX_PARTS)), ...(isInstant(readAt) && { readAt }) };
}

function toEntry(raw: unknown): readonly [string, PartTime] | undefined {
  if (!Array.isArray(raw)) return undefined;
  const [key, since, within, ms, step] = raw as readonly unknown[];
  if (typeof key !== 'string' || !isInstant(since)) return undefined;
  const isTold = isInstant(ms) && isInstant(within);
  if (!isTold && ms !== null) return undefined;
  return [
    key,
    { since, ...(isInstant(within) && { within }), ...(isTold && { ms }), ...(isInstant(step) && { step }) },
  ];
}

const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** `held`: unfinished without being at work, as while it waits for somebody's approval. */
type Stage = 'working' | 'held' | 'over';

/** How a part stands; undefined where its time is not told. */
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
          return part.approval?.approved === false ? 'held' : 'working';
        case 'output-available':
          return part.preliminary ? 'working' : 'over';
        case 'output-error':
          return 'over';
        // A call that was denied did not run, and of a state that is not known nothing can be said.
        case 'approval-requested':
        case 'output-denied':
        default:
          return 'held';
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

function timeOf({ began, wallAheadMs }: ObservedRead): Pick<Observed, 'readAt' | 'wallAheadMs'> {
  return { readAt: began, ...(wallAheadMs !== undefined && { wallAheadMs }) };
}

/**
 * Both clocks agree on the time since the read before. A clock that was set, or that stood still in a sleep, tells no
 * durations.
 */
function isSteady({ readAt, wallAheadMs }: Observed, read: ObservedRead): boolean {
  const agrees =
    wallAheadMs === undefined || read.wallAheadMs === undefined || Math.abs(read.wallAheadMs - wallAheadMs) <= DRIFT_MS;
  return agrees && read.ended >= read.began && (readAt === undefined || readAt <= read.began);
}

interface Place {
  readonly id: string;
  readonly index: number;
  /** Of a step: which one of its message, from 1. */
  readonly step?: number;
}

/** Looks at one read. */
class Looker {
  private changed: Map<string, PartTime> | undefined;
  /** What was at work at the read before and has not been met at this one: by message, the indexes of its parts. */
  private readonly unmet = new Map<string, Set<number>>();
  /** The read before, where the clocks agree on the time since. */
  private readonly previous: number | undefined;
  private byId: ReadonlyMap<string, Message> | undefined;

  constructor(
    private readonly before: Observed,
    private readonly read: ObservedRead,
  ) {
    this.previous = isSteady(before, read) ? before.readAt : undefined;
    for (const [key, { ms }] of before.times) {
      if (ms !== undefined) continue;
      const { messageId, partIndex } = parsePartKey(key);
      const indexes = this.unmet.get(messageId) ?? new Set();
      this.unmet.set(messageId, indexes.add(partIndex));
    }
  }

  get times(): PartTimes {
    return this.changed ?? this.before.times;
  }

  look(messages: readonly Message[], writing: string | undefined): this {
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
    // What was at work stands in the message that is written, in one that was looked at, or it is gone.
    if (!isWritingSame)
      for (const [id, indexes] of this.unmet)
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
    // One that got another id is the same message: its parts did not begin now.
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
        if (isChanged || this.isUnmet(message.id, index))
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
        this.goesOn(part, message.id, index);
      }
    });
  }

  private other(part: Part, old: Part | undefined, place: Place, isWritten: boolean, wasWritten: boolean): void {
    const stage = stageOf(part);
    if (stage) this.part(part, old, place, stage, isWritten);
    const nested = messagesIn(part);
    if (nested.length === 0) return;
    const before = old && isSamePart(old, part) ? messagesIn(old) : [];
    const wasWorking = wasWritten && old !== undefined && stageOf(old) === 'working';
    // A sub-agent writes its last message, and no longer than its call works.
    nested.forEach((message, index) => {
      const isLast = index === nested.length - 1 && stage === 'working';
      this.message(message, before[index], isWritten && isLast, wasWorking && index === before.length - 1);
    });
  }

  /** A part that did not change: what is at work in it goes on. */
  private goesOn(part: Part, id: string, index: number): void {
    this.unmet.get(id)?.delete(index);
    const last = messagesIn(part).at(-1);
    last?.parts.forEach((inner, at) => this.goesOn(inner, last.id, at));
  }

  private isUnmet(id: string, index: number): boolean {
    return this.unmet.get(id)?.has(index) ?? false;
  }

  /** The last step goes on until another begins, the message ends or the run does. */
  private stageOfStep({ parts }: Message, index: number, lastStep: number): Stage {
    if (index !== lastStep) return 'over';
    // The time that a person took to approve a call is not the agent's.
    const isWaiting = parts
      .slice(index + 1)
      .some((part) => part.kind === 'tool' && part.state === 'approval-requested');
    return isWaiting ? 'held' : 'working';
  }

  private part(part: Part, old: Part | undefined, { id, index, step }: Place, stage: Stage, isWritten: boolean): void {
    const key = partKey({ messageId: id, partIndex: index });
    this.unmet.get(id)?.delete(index);
    const isSame = !this.before.messages || (old !== undefined && isSamePart(old, part));
    const known = isSame ? this.before.times.get(key) : undefined;
    if (!isSame && this.before.times.has(key)) this.set(key, undefined);
    const isAtWork = known !== undefined && known.ms === undefined;
    if (stage === 'over') {
      if (isAtWork) this.set(key, this.ended(known));
    } else if (stage === 'held' || !isWritten) {
      if (isAtWork) this.set(key, undefined);
    } else if (isAtWork) {
      if (this.previous === undefined) this.set(key, { since: this.read.ended, ...(step !== undefined && { step }) });
    } else if (!known && this.mayBegin(part, old)) {
      this.set(key, { ...this.begun(), ...(step !== undefined && { step }) });
    }
  }

  /**
   * Whether a part that is at work now was not at the read before; at the first read that is not known, and it is
   * counted from there.
   */
  private mayBegin(part: Part, old: Part | undefined): boolean {
    if (!this.before.messages || !old || !isSamePart(old, part)) return true;
    return old.kind === 'tool' && old.state === 'approval-requested';
  }

  private begun(): Pick<PartTime, 'since' | 'within'> {
    const { previous, read, before } = this;
    return previous === undefined || !before.messages ? { since: read.ended } : between(previous, read.ended);
  }

  /** Undefined where too much of it was not seen. */
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
  // In one walk: to begin again after each passes over all that were deleted before.
  for (const key of times.keys()) {
    if (tooMany-- <= 0) return;
    times.delete(key);
  }
}

/** The middle of an interval, and how far from it the truth can be: whole milliseconds. */
function between(from: number, to: number): { readonly since: number; readonly within: number } {
  return { since: Math.round((from + to) / 2), within: Math.ceil((to - from) / 2) };
}

function messagesIn(part: Part): readonly Message[] {
  return 'messages' in part ? part.messages : [];
}

/** Whether what stands in one place at two reads is one part that went on, and not another one. */
function isSamePart(before: Part, after: Part): boolean {
  return (
    before.kind === after.kind && (before.kind !== 'tool' || after.kind !== 'tool' || before.callId === after.callId)
  );
}

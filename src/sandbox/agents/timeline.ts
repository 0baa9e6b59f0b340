import type { Json, JsonObject } from '../json';
import type { BacktestFigures, Performance } from './backtest';

/**
 * A run of an agent, written in advance: what appears and when. Times are milliseconds from the start of the turn, at
 * speed 1. The conversation at any moment follows only from this and the elapsed time.
 */
export interface Script {
  /** How long the run waits in the queue. */
  readonly queueMs: number;
  readonly endMs: number;
  readonly events: readonly TimelineEvent[];
  readonly outcome: Outcome;
  /** What the agent knows about its project afterwards. */
  readonly notes?: ProjectNotes | undefined;
}

/** What an agent remembers from one turn to the next, besides the project's files. */
export interface ProjectNotes {
  readonly strategyId: string;
  readonly prompt: string;
  readonly performance: Performance;
  readonly startYear: number;
  readonly cash: number;
  /** The backtests, newest last. */
  readonly backtests: readonly BacktestFigures[];
}

export type Outcome = { readonly status: 'Completed' } | { readonly status: 'Failed'; readonly runtimeError: string };

export type TimelineEvent = StepEvent | MessageEvent | ProseEvent | ToolEvent | WholePartEvent;

/** A new request to the model. It separates steps, and input tokens are counted by it. */
interface StepEvent {
  readonly kind: 'step';
  readonly at: number;
}

/** Another message of the assistant: the next agent of a chain. */
interface MessageEvent {
  readonly kind: 'message';
  readonly at: number;
}

interface ProseEvent {
  readonly kind: 'text' | 'reasoning';
  readonly at: number;
  readonly until: number;
  readonly text: string;
}

export interface ToolEvent {
  readonly kind: 'tool';
  readonly at: number;
  /** When the input is complete and the tool starts. */
  readonly inputUntil: number;
  readonly until: number;
  readonly toolName: string;
  readonly toolCallId: string;
  readonly title?: string;
  readonly input: JsonObject;
  readonly result: ToolResult;
  /** What the tool has changed in the project when it ends. */
  readonly effect?: FileEffect;
  /** The conversation of the sub-agent that this call runs. */
  readonly subAgent?: {
    readonly callableId: string;
    readonly agentId: number;
    readonly name: string;
    readonly prompt: string;
    readonly events: readonly TimelineEvent[];
  };
}

export type ToolResult =
  | { readonly state: 'output-available'; readonly output: Json }
  | { readonly state: 'output-error'; readonly errorText: string };

export interface FileEffect {
  readonly path: string;
  /** The file's new text. Undefined deletes it. */
  readonly content: string | undefined;
}

/** A part that appears at once, such as a source. */
interface WholePartEvent {
  readonly kind: 'part';
  readonly at: number;
  readonly part: JsonObject & { readonly type: string };
}

/** Streams arrive in pieces, not by letter: a text changes at most this often. */
const TICK_MS = 200;

/** The parts of one message. */
export interface PlayedMessage {
  /** When its first part appears. */
  readonly at: number;
  readonly parts: readonly JsonObject[];
}

/**
 * The assistant's messages after `elapsedMs`. With more elapsed time, messages and parts are only added, and texts and
 * inputs only grow.
 */
export function messagesAfter(events: readonly TimelineEvent[], elapsedMs: number): readonly PlayedMessage[] {
  const messages: { at: number; parts: JsonObject[] }[] = [];
  let startsMessage = true;
  for (const event of events) {
    if (event.at > elapsedMs) break;
    if (event.kind === 'message') {
      startsMessage = true;
      continue;
    }
    const part = partAfter(event, elapsedMs);
    const current = messages.at(-1);
    if (startsMessage || !current) messages.push({ at: event.at, parts: [part] });
    else current.parts.push(part);
    startsMessage = false;
  }
  return messages;
}

/** The project's files after `elapsedMs`. */
export function filesAfter(
  events: readonly TimelineEvent[],
  elapsedMs: number,
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const files = new Map(before);
  for (const event of events) {
    if (event.kind !== 'tool' || !event.effect || event.until > elapsedMs) continue;
    const { path, content } = event.effect;
    if (content === undefined) files.delete(path);
    else files.set(path, content);
  }
  return files;
}

function partAfter(event: Exclude<TimelineEvent, MessageEvent>, elapsedMs: number): JsonObject {
  switch (event.kind) {
    case 'step':
      return { type: 'step-start' };
    case 'part':
      return event.part;
    case 'text':
    case 'reasoning': {
      const shown = progress(event.at, event.until, elapsedMs);
      return { type: event.kind, text: cut(event.text, shown), state: shown < 1 ? 'streaming' : 'done' };
    }
    case 'tool':
      return toolPartAfter(event, elapsedMs);
  }
}

function toolPartAfter(event: ToolEvent, elapsedMs: number): JsonObject {
  const { toolName, toolCallId, title, input, subAgent } = event;
  const base = { type: 'dynamic-tool', toolName, toolCallId, ...(title === undefined ? {} : { title }) };
  if (elapsedMs < event.inputUntil) {
    return {
      ...base,
      state: 'input-streaming',
      input: partial(input, progress(event.at, event.inputUntil, elapsedMs)),
    };
  }
  const nested = subAgent
    ? {
        toolMetadata: { callableId: subAgent.callableId, agentId: subAgent.agentId, agentName: subAgent.name },
        messages: nestedMessages(event, subAgent, elapsedMs),
      }
    : {};
  if (elapsedMs < event.until) return { ...base, state: 'input-available', input, ...nested };
  return { ...base, input, ...event.result, ...nested };
}

/** A sub-agent's conversation: its order, and its answer as far as it has arrived. */
export function nestedMessages(
  event: ToolEvent,
  subAgent: NonNullable<ToolEvent['subAgent']>,
  elapsedMs: number,
): readonly JsonObject[] {
  if (elapsedMs < event.inputUntil) return [];
  return [
    { id: `${subAgent.callableId}-0`, role: 'user', parts: [{ type: 'text', text: subAgent.prompt }] },
    ...messagesAfter(subAgent.events, elapsedMs).map(({ parts }, index) => ({
      id: `${subAgent.callableId}-${String(index + 1)}`,
      role: 'assistant',
      parts,
    })),
  ];
}

/** How much of a stream has arrived, from 0 to 1. It is less than 1 until the end. */
function progress(at: number, until: number, elapsedMs: number): number {
  if (elapsedMs >= until) return 1;
  const ticks = Math.floor((elapsedMs - at) / TICK_MS);
  return Math.max(0, Math.min((ticks * TICK_MS) / (until - at), 0.999));
}

function cut(text: string, share: number): string {
  if (share >= 1) return text;
  const end = Math.floor(text.length * share);
  const last = text.charCodeAt(end - 1);
  // A surrogate pair is one letter.
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? end - 1 : end);
}

/** The first part of an object, as a stream brings it: whole keys, then one that is cut. */
function partial(input: JsonObject, share: number): JsonObject {
  let budget = Math.floor(JSON.stringify(input).length * share);
  const arrived: Record<string, Json> = {};
  for (const [key, value] of Object.entries(input)) {
    budget -= key.length + 4;
    if (budget <= 0) break;
    const size = JSON.stringify(value).length;
    if (size <= budget) arrived[key] = value;
    else {
      if (typeof value === 'string') arrived[key] = cut(value, budget / size);
      break;
    }
    budget -= size;
  }
  return arrived;
}

import type { Json, JsonObject } from '../json';
import type { Random } from '../random';
import type { FileEffect, Outcome, ProjectNotes, Script, TimelineEvent, ToolEvent, ToolResult } from './timeline';

const THINKING_CHARS_PER_MS = 0.16;
const WRITING_CHARS_PER_MS = 0.26;
const CODING_CHARS_PER_MS = 0.5;

export interface ToolOptions {
  /** How long the tool runs, in seconds. */
  readonly seconds?: number;
  readonly title?: string;
  readonly effect?: FileEffect;
}

/** Writes a run step by step. Each step gets the time that a model and its tools would need. */
export class ScriptWriter {
  private readonly events: TimelineEvent[] = [];
  private at: number;
  private stepOpen = false;

  /**
   * @param queueMs how long the run waits before it starts.
   * @param startMs how long the model then takes to its first word.
   */
  constructor(
    private readonly random: Random,
    private readonly queueMs: number,
    startMs: number,
  ) {
    this.at = queueMs + startMs;
  }

  get elapsedMs(): number {
    return this.at;
  }

  think(text: string): this {
    return this.stream('reasoning', text, THINKING_CHARS_PER_MS);
  }

  say(text: string): this {
    return this.stream('text', text, WRITING_CHARS_PER_MS);
  }

  /** A tool call that succeeds. Its result is wrapped as an MCP tool result. */
  tool(toolName: string, input: JsonObject, structuredContent: JsonObject, options: ToolOptions = {}): this {
    return this.call(toolName, input, { state: 'output-available', output: toolOutput(structuredContent) }, options);
  }

  /** A tool call that the tool refuses. */
  toolError(toolName: string, input: JsonObject, errorText: string, options: ToolOptions = {}): this {
    return this.call(toolName, input, { state: 'output-error', errorText }, options);
  }

  /** A call of another agent. That agent's conversation runs inside it. */
  askAgent(
    agent: { readonly id: number; readonly name: string },
    prompt: string,
    play: (writer: ScriptWriter) => void,
    answer: string,
  ): this {
    this.openStep();
    const toolName = agent.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    const input = { prompt };
    const from = this.at;
    const inputUntil = from + inputMs(input);
    const inner = new ScriptWriter(this.random.fork(`agent ${agent.name} ${String(from)}`), 0, inputUntil + 700);
    play(inner);
    const callableId = this.random.text(21);
    this.at = inner.at + 500;
    this.events.push({
      kind: 'tool',
      at: from,
      inputUntil,
      until: this.at,
      toolName,
      toolCallId: this.callId(),
      title: agent.name,
      input,
      result: { state: 'output-available', output: { content: [{ type: 'text', text: answer }] } },
      subAgent: { callableId, agentId: agent.id, name: agent.name, prompt, events: inner.events },
    });
    this.stepOpen = false;
    return this;
  }

  /** A part that appears at once. */
  part(part: JsonObject & { readonly type: string }): this {
    this.openStep();
    this.events.push({ kind: 'part', at: this.at, part });
    this.at += 150;
    return this;
  }

  pause(seconds: number): this {
    this.at += seconds * 1000;
    return this;
  }

  /** Starts the message of the next agent in a chain. */
  nextMessage(): this {
    this.at += 900;
    this.events.push({ kind: 'message', at: this.at });
    this.stepOpen = false;
    return this;
  }

  /**
   * Ends the run.
   * @param options.seconds the least and the most seconds for the whole run. Its steps are stretched or shortened to
   * fit.
   */
  finish({
    outcome = { status: 'Completed' },
    notes,
    seconds,
  }: {
    readonly outcome?: Outcome;
    readonly notes?: ProjectNotes | undefined;
    readonly seconds?: { readonly least: number; readonly most: number };
  } = {}): Script {
    const endMs = this.at + 400;
    const { queueMs } = this;
    const script = { queueMs, endMs, events: this.events, outcome, notes };
    if (!seconds) return script;
    const wanted = Math.min(Math.max(endMs, seconds.least * 1000), seconds.most * 1000);
    if (wanted === endMs) return script;
    const first = this.events[0]?.at ?? queueMs;
    // The time before the first visible part is not stretched, because the reader should see something soon.
    const scale = (wanted - first) / (endMs - first);
    const shift = (at: number): number => Math.round(first + (at - first) * scale);
    return { ...script, endMs: shift(endMs), events: this.events.map((event) => shifted(event, shift)) };
  }

  private call(toolName: string, input: JsonObject, result: ToolResult, { seconds, title, effect }: ToolOptions): this {
    this.openStep();
    const from = this.at;
    const inputUntil = from + inputMs(input);
    this.at = inputUntil + (seconds === undefined ? this.random.between(400, 1200) : seconds * 1000);
    const event: ToolEvent = {
      kind: 'tool',
      at: from,
      inputUntil,
      until: this.at,
      toolName,
      toolCallId: this.callId(),
      input,
      result,
      ...(title === undefined ? {} : { title }),
      ...(effect === undefined ? {} : { effect }),
    };
    this.events.push(event);
    // After a tool's result there is a new request to the model.
    this.stepOpen = false;
    this.at += 250;
    return this;
  }

  private stream(kind: 'text' | 'reasoning', text: string, charsPerMs: number): this {
    this.openStep();
    const until = this.at + Math.max(400, text.length / charsPerMs);
    this.events.push({ kind, at: this.at, until, text });
    this.at = until + 120;
    return this;
  }

  private openStep(): void {
    if (this.stepOpen) return;
    this.stepOpen = true;
    this.events.push({ kind: 'step', at: this.at });
    this.at += this.random.between(300, 700);
  }

  private callId(): string {
    return `toolu_01${this.random.text(22)}`;
  }
}

/** The result of an MCP tool: the same facts as text for the model and as JSON for programs. */
export function toolOutput(structuredContent: JsonObject): Json {
  const text = JSON.stringify(structuredContent, (_key, value: unknown) =>
    isSeries(value) ? `${String(value.length)} points` : value,
  );
  return {
    content: [{ type: 'text', text }],
    structuredContent,
    ...(structuredContent['success'] === false ? { isError: true } : {}),
  };
}

function isSeries(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 20;
}

function inputMs(input: JsonObject): number {
  return Math.min(Math.max(JSON.stringify(input).length / CODING_CHARS_PER_MS, 350), 8000);
}

function shifted(event: TimelineEvent, shift: (at: number) => number): TimelineEvent {
  switch (event.kind) {
    case 'step':
    case 'message':
    case 'part':
      return { ...event, at: shift(event.at) };
    case 'text':
    case 'reasoning':
      return { ...event, at: shift(event.at), until: shift(event.until) };
    case 'tool': {
      const moved = { ...event, at: shift(event.at), inputUntil: shift(event.inputUntil), until: shift(event.until) };
      if (!event.subAgent) return moved;
      return {
        ...moved,
        subAgent: { ...event.subAgent, events: event.subAgent.events.map((inner) => shifted(inner, shift)) },
      };
    }
  }
}

/**
 * A conversation as the panel shows it: every part has a type of its own, every unknown thing is kept as raw JSON.
 * Plain JSON throughout, as it crosses to the page.
 */

type ToolState =
  | 'input-streaming'
  | 'input-available'
  | 'approval-requested'
  | 'approval-responded'
  | 'output-available'
  | 'output-error'
  | 'output-denied';

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  readonly streaming: boolean;
  /** What the text leans on; the AI SDK's version 7 sends them with the text. */
  readonly citations?: readonly SourcePart[];
}

export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly text: string;
  readonly streaming: boolean;
}

/** A boundary between steps. */
interface StepPart {
  readonly kind: 'step';
}

export interface ToolPart {
  readonly kind: 'tool';
  readonly name: string;
  readonly callId?: string;
  readonly title?: string;
  /** One of {@link ToolState}, or a state this version does not know, as it came. */
  readonly state: ToolState | (string & Record<never, never>);
  readonly input?: unknown;
  readonly output?: unknown;
  readonly errorText?: string;
  /** More output will come. */
  readonly preliminary?: boolean;
  readonly approval?: { readonly approved?: boolean; readonly reason?: string; readonly isAutomatic?: boolean };
  /** A sub-agent's own conversation. */
  readonly messages?: readonly Message[];
}

export interface SourcePart {
  readonly kind: 'source';
  readonly title: string;
  /** For web sources; not checked here: the host checks the scheme before opening it. */
  readonly url?: string;
  readonly mediaType?: string;
  readonly filename?: string;
}

export interface FilePart {
  readonly kind: 'file';
  readonly mediaType: string;
  /** Hosted or `data:`; remote content is never loaded by the page. */
  readonly url?: string;
  readonly filename?: string;
  /** True for a file that the agent made while thinking (`reasoning-file`). */
  readonly reasoning?: boolean;
}

export interface DataPart {
  readonly kind: 'data';
  readonly name: string;
  readonly data: unknown;
  /** A sub-agent's own conversation. */
  readonly messages?: readonly Message[];
}

export interface SteeringPart {
  readonly kind: 'steering';
  readonly parts: readonly Part[];
}

/** A part of a type that this version does not know, or one that is broken: `problem` says how. */
export interface UnknownPart {
  readonly kind: 'unknown';
  readonly type: string;
  readonly raw: unknown;
  readonly problem?: string;
  /** A sub-agent's own conversation. */
  readonly messages?: readonly Message[];
}

export type Part =
  TextPart | ReasoningPart | StepPart | ToolPart | SourcePart | FilePart | DataPart | SteeringPart | UnknownPart;

export interface Message {
  /** The server's id, or one made from the position where there is none: stable between two reads either way. */
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system' | (string & Record<never, never>);
  readonly parts: readonly Part[];
  /** Milliseconds since the Unix epoch. */
  readonly time?: number;
}

/**
 * A conversation as the panel shows it. Every kind of part has its own type. Unknown parts keep their raw JSON. All of
 * it is plain JSON, because the panel sends it to the page.
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
  /** The sources of the text. Version 7 of the AI SDK sends them with the text. */
  readonly citations?: readonly SourcePart[];
}

export interface ReasoningPart {
  readonly kind: 'reasoning';
  readonly text: string;
  readonly streaming: boolean;
}

/** The beginning of a step. */
interface StepPart {
  readonly kind: 'step';
}

export interface ToolPart {
  readonly kind: 'tool';
  readonly name: string;
  readonly callId?: string;
  readonly title?: string;
  /** One of {@link ToolState}, or an unknown state as the server sent it. */
  readonly state: ToolState | (string & Record<never, never>);
  readonly input?: unknown;
  readonly output?: unknown;
  readonly errorText?: string;
  /** True if more output follows. */
  readonly preliminary?: boolean;
  readonly approval?: { readonly approved?: boolean; readonly reason?: string; readonly isAutomatic?: boolean };
  /** A sub-agent's own conversation. */
  readonly messages?: readonly Message[];
}

export interface SourcePart {
  readonly kind: 'source';
  readonly title: string;
  /** Only for web sources. Not checked here: the extension host checks the scheme before it opens the address. */
  readonly url?: string;
  readonly mediaType?: string;
  readonly filename?: string;
}

export interface FilePart {
  readonly kind: 'file';
  readonly mediaType: string;
  /** A web address or a `data:` URL. The page never loads remote content. */
  readonly url?: string;
  readonly filename?: string;
  /** True for a file that the agent made during its reasoning (`reasoning-file`). */
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

/** A part of an unknown type, or a broken part. For a broken part, `problem` says what is wrong. */
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
  /** The server's id. If there is none, it is made from the position. It stays the same between reads. */
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system' | (string & Record<never, never>);
  readonly parts: readonly Part[];
  /** Milliseconds since the Unix epoch. */
  readonly time?: number;
}

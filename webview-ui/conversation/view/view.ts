import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message, Part } from '../../../src/core/conversation/transcript/transcript';
import type { Folds } from './folds';
import type { PartClock } from './partClock';
import type { RichText } from '../rich/richText';

/** What each view of the timeline needs from the page. */
export interface PageContext {
  readonly folds: Folds;
  readonly rich: RichText;
  readonly post: (message: FromPage) => void;
  /** Reports an error to the panel. */
  readonly report: (error: unknown) => void;
  readonly now: () => number;
  /** When parts ran. */
  readonly clock: PartClock;
  /** Draws a message. A tool call draws a sub-agent's messages with it, without importing their view. */
  readonly messageView: (message: Message, depth: number) => View<Message>;
}

/** An element and how to update it. `update` touches only what differs. */
export interface View<T> {
  readonly element: HTMLElement;
  update(next: T): void;
}

/** A part's address for the panel, and its key for folds. */
export interface PartContext extends PartAddress {
  /** Unique in the page. */
  readonly key: string;
  readonly depth: number;
}

export interface PartView<P extends Part = Part> {
  readonly element: HTMLElement;
  update(next: P): void;
}

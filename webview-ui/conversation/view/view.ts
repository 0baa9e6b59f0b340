import type { FromPage } from '../../../src/core/pages/conversation/protocol';
import type { PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message, Part } from '../../../src/core/conversation/transcript/transcript';
import type { Folds } from './folds';
import type { PartClock } from './partClock';
import type { RichText } from '../rich/richText';

/** What every view of the timeline needs from the page around it. */
export interface PageContext {
  readonly folds: Folds;
  readonly rich: RichText;
  readonly post: (message: FromPage) => void;
  /** Tells the panel that something broke. */
  readonly report: (error: unknown) => void;
  readonly now: () => number;
  /** When parts ran. */
  readonly clock: PartClock;
  /** Draws one part; given so that a tool call can draw a sub-agent's messages without knowing how. */
  readonly messageView: (message: Message, depth: number) => View<Message>;
}

/** An element and how to bring it in step: `update` touches only what differs. */
export interface View<T> {
  readonly element: HTMLElement;
  update(next: T): void;
}

/** Where a part stands: what its folds are kept by, and what the panel finds it by. */
export interface PartContext extends PartAddress {
  /** Unique in the page. */
  readonly key: string;
  readonly depth: number;
}

export interface PartView<P extends Part = Part> {
  readonly element: HTMLElement;
  update(next: P): void;
}

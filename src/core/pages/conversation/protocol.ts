/**
 * The message contract between the conversation panel (extension host) and its page (webview).
 *
 * On `ready` the panel sends its state: first header, Stop, outbox and draft, without messages. The last messages
 * follow in a message of their own, so that they cannot hold up the header. The page asks for the others (`earlier`),
 * piece by piece. Small numbered changes come from then on; they count messages as if all were there. A page that
 * misses a number asks for the state again with `resync`.
 *
 * A page cannot see that the extension host is gone: what it sends is lost without a sign. So it sends a `ping` while
 * it is visible, and keeps drafts and prompts in its own saved state until the panel confirms (`kept`, `took`) that
 * they are written down.
 *
 * The page never talks to the network. The host parses what the page sends (`parseFromPage`); every link, path and text
 * in it is untrusted.
 */
import { MAX_PROMPT_LENGTH } from '../../base/limits';
import type { OutboxItem } from '../../conversation/queue/outbox';
import type { DeploymentFacts } from '../../organization/status/deploymentFacts';
import type { PartTime, PartTimeChange } from '../../conversation/times/partTimes';
import type { Message } from '../../conversation/transcript/transcript';

/** Holds nothing that ages: whatever differs is sent. The page computes what depends on the time. */
export interface Header extends DeploymentFacts {
  readonly canStop: boolean;
  /**
   * The user pressed Stop a moment ago and the server has not confirmed that the run ended. Stop can be pressed again.
   */
  readonly stopping: boolean;
}

/** How far what is on screen can be trusted. */
export interface Freshness {
  /** When the server last confirmed it, epoch milliseconds. */
  readonly confirmedAt?: number;
  readonly loading: boolean;
  /** Why the last read failed, in words, with an optional action. */
  readonly problem?: { readonly message: string; readonly action?: PageAction };
}

/** Actions that a message in the page can offer; the host carries them out. */
export type PageAction = 'retry' | 'signIn' | 'openSettings' | 'switchOrganization' | 'showLog';

export interface ConversationState {
  readonly header: Header;
  readonly freshness: Freshness;
  readonly messages: readonly Message[];
  readonly outbox: readonly OutboxItem[];
  readonly draft: string;
  /** When parts ran and for how long, as far as it was seen; also of messages that have not arrived. */
  readonly observed: readonly (readonly [key: string, time: PartTime])[];
}

export type Change =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'freshness'; readonly freshness: Freshness }
  /** Replaces the message at `index`, or appends it when `index` is the length. */
  | { readonly kind: 'message'; readonly index: number; readonly message: Message }
  /** Replaces or appends one part of one message. */
  | {
      readonly kind: 'part';
      readonly index: number;
      readonly partIndex: number;
      readonly part: Message['parts'][number];
    }
  /** Drops the messages from `length` on. */
  | { readonly kind: 'truncate'; readonly length: number }
  /** Only the times that changed. */
  | { readonly kind: 'observed'; readonly times: readonly PartTimeChange[] }
  | { readonly kind: 'outbox'; readonly outbox: readonly OutboxItem[] }
  /**
   * Puts a text into the prompt box: a failed prompt given back. Only sent when the box is empty on the host's side.
   */
  | { readonly kind: 'draft'; readonly text: string };

/**
 * Where the reader was: a message, or a segment of a long one, and how far its top is below the top of what is seen, in
 * pixels.
 */
export interface ReadingPlace {
  readonly messageId: string;
  /** Of the message's rows, from 0; left out: the first. */
  readonly segment?: number;
  readonly offset: number;
}

/** A prompt that left the prompt box. The panel has not confirmed yet that it wrote it down. */
export interface SentPrompt {
  readonly clientId: string;
  readonly text: string;
  readonly how: 'send' | 'queue';
  /** Epoch milliseconds. */
  readonly at: number;
}

export type ToPage =
  /**
   * `earlier`: how many messages come before those in the state. `follows`: the last of them are sent next, without
   * being asked for. `place`: where the reader was in an earlier panel; left out at the end. `asides`: drafts that made
   * room for an edited prompt of the history, oldest first.
   */
  | {
      readonly type: 'state';
      readonly seq: number;
      readonly state: ConversationState;
      readonly earlier?: number;
      readonly follows?: boolean;
      readonly place?: ReadingPlace;
      readonly asides?: readonly string[];
    }
  /** The messages from index `from` on: an answer to `earlier`, or what follows a state. */
  | { readonly type: 'earlier'; readonly from: number; readonly messages: readonly Message[] }
  | { readonly type: 'change'; readonly seq: number; readonly changes: readonly Change[] }
  /** Messages could not be sent to the page: why, in words. Ends with the next `state`. */
  | { readonly type: 'undelivered'; readonly problem: string }
  /** Answers a `ping`. */
  | { readonly type: 'pong' }
  /** The draft of this revision is written down. */
  | { readonly type: 'kept'; readonly revision: number }
  /** These prompts are written down, or given back: the page need not keep them any more. */
  | { readonly type: 'took'; readonly clientIds: readonly string[] }
  /** The prompt that was to be taken back had left already. */
  | { readonly type: 'tooLate'; readonly clientId: string }
  /** Puts the keyboard into the prompt box (command *Send Prompt*). */
  | { readonly type: 'focusPrompt' };

/** What can be taken along of the whole conversation. */
export type TakeAlong = 'export' | 'transcript' | 'compare';

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'resync' }
  /** Asks for the messages before the one at index `before`. */
  | { readonly type: 'earlier'; readonly before: number }
  /** Asks whether the extension host is there; answered by `pong`. */
  | { readonly type: 'ping' }
  /**
   * What stands in the prompt box, and the drafts that made room for it, oldest first. Answered by `kept` where it has
   * a revision.
   */
  | { readonly type: 'draft'; readonly text: string; readonly asides?: readonly string[]; readonly revision?: number }
  /**
   * Asks what became of prompts; answered by `took`. The panel never sends one that it does not know: it leaves those
   * to the user.
   */
  | { readonly type: 'unconfirmed'; readonly prompts: readonly SentPrompt[] }
  | { readonly type: 'send'; readonly clientId: string; readonly text: string }
  /** Keeps a prompt until the run is done. */
  | { readonly type: 'queue'; readonly clientId: string; readonly text: string }
  /** Sends a prompt that waits now, whatever it waits for. */
  | { readonly type: 'sendNow'; readonly clientId: string }
  /** Lets the queue go on that was stopped: its held prompts wait for the run's end again. */
  | { readonly type: 'resumeQueue' }
  /**
   * Takes a prompt that is not on its way out of the outbox, back into the prompt box; answered by the draft or
   * `tooLate`.
   */
  | { readonly type: 'takeBack'; readonly clientId: string }
  /** Sends a failed or uncertain prompt again: the user's own decision, after looking. */
  | { readonly type: 'sendAgain'; readonly clientId: string }
  /** The reader has come to rest; without a place: at the end. */
  | { readonly type: 'place'; readonly place?: ReadingPlace }
  | { readonly type: 'stop' }
  | { readonly type: 'action'; readonly action: PageAction }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'copy'; readonly text: string }
  /**
   * A text too long for the page, opened as a read-only document: which part, and which side of it if it is a tool
   * call.
   */
  | {
      readonly type: 'openToolText';
      readonly messageId: string;
      readonly partIndex: number;
      readonly side: 'input' | 'output' | 'whole';
    }
  /** One version of a file that the agent wrote: the one that this tool call made. */
  | {
      readonly type: 'file';
      readonly action: 'open' | 'diff' | 'save';
      readonly messageId: string;
      readonly partIndex: number;
    }
  /** The newest version of every file that the agent wrote, into the workspace. */
  | { readonly type: 'saveAllFiles' }
  | { readonly type: 'take'; readonly what: TakeAlong }
  /** Something in the page broke; goes to the log, without the conversation's text. */
  | { readonly type: 'pageError'; readonly message: string };

/** The longest text that the page may send, in UTF-16 units. */
export const MAX_TEXT_LENGTH = MAX_PROMPT_LENGTH;

/** The longest text that the page may put on the clipboard: a whole message with everything that its tools said. */
export const MAX_COPY_LENGTH = 20_000_000;

/**
 * Whose conversation a panel shows: part of what the page keeps with `setState`, from which VS Code restores the panel
 * after a reload.
 */
export interface PanelIdentity {
  readonly deploymentId: string;
  readonly organizationId: string;
  readonly accountId: string;
}

/**
 * The contract between the conversation panel (extension host) and its page (webview). Two tables list all messages.
 * Decision 32 says how to add one.
 *
 * On `ready` the panel sends its state: header, Stop, outbox and draft, without messages. The last messages follow in a
 * separate message, so that the header does not wait for them. The page requests the others piece by piece. Small
 * numbered changes follow; their indexes count as if all messages were there.
 *
 * The page saves drafts and prompts in VS Code's webview state until the panel confirms them.
 *
 * The page never talks to the network. The panel checks what the page sends (`parseFromPage`).
 */
import { MAX_PROMPT_LENGTH } from '../../base/limits';
import type { OutboxItem } from '../../conversation/queue/outbox';
import type { PartAddress } from '../../conversation/transcript/partAddress';
import type { DeploymentFacts } from '../../organization/status/deploymentFacts';
import type { PartTime, PartTimeChange } from '../../conversation/times/partTimes';
import type { Message } from '../../conversation/transcript/transcript';
import type { FromAnyPage, ToAnyPage } from '../channel/channelMessages';
import type { MessageOf, NoFields } from '../channel/messages';

/**
 * Contains nothing that changes only because time passes: the panel sends every difference. The page computes
 * durations.
 */
export interface Header extends DeploymentFacts {
  readonly canStop: boolean;
  /**
   * The user pressed Stop a moment ago and the server has not confirmed that the run ended. Stop can be pressed again.
   */
  readonly stopping: boolean;
}

/** How current the conversation on screen is. */
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
  /** When parts ran and for how long, as far as we saw it. Includes messages that have not arrived. */
  readonly partTimes: readonly (readonly [key: string, time: PartTime])[];
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
  | { readonly kind: 'partTimes'; readonly times: readonly PartTimeChange[] }
  | { readonly kind: 'outbox'; readonly outbox: readonly OutboxItem[] }
  /** Puts a text into the prompt box, such as a failed prompt that returns. Sent only if the host has no draft. */
  | { readonly kind: 'draft'; readonly text: string };

/** Where the reader had scrolled. */
export interface ReadingPosition {
  readonly messageId: string;
  /** A long message has several rows: which one, from 0. Left out: the first. */
  readonly segment?: number;
  /** How far the top of the row is below the top of the visible area, in pixels. */
  readonly offset: number;
}

/** A prompt that left the prompt box. The panel has not confirmed yet that it saved it. */
export interface SentPrompt {
  readonly clientId: string;
  readonly text: string;
  readonly how: 'send' | 'queue';
  /** Epoch milliseconds. */
  readonly at: number;
}

/** From the panel to the page. Each message has a handler in `webview-ui/conversation/page.ts`. */
export interface ToPageMessages extends ToAnyPage<ConversationState, Change> {
  readonly state: ToAnyPage<ConversationState, Change>['state'] & {
    /** How many messages come before those in the state. */
    readonly earlier?: number;
    /** The last of the earlier messages follow without a request. */
    readonly follows?: boolean;
    /** Where the reader was in an earlier panel. Left out: at the end. */
    readonly position?: ReadingPosition;
    /** Drafts that made room for another one, oldest first. */
    readonly earlierDrafts?: readonly string[];
  };
  /** Messages from index `from` on: the answer to `requestEarlier`, or what follows a state. */
  readonly earlier: { readonly from: number; readonly messages: readonly Message[] };
  /** Why messages could not be sent to the page. Valid until the next `state`. */
  readonly undelivered: { readonly problem: string };
  /** The draft with this revision is saved. */
  readonly draftSaved: { readonly revision: number };
  /** These prompts are saved, or were returned. The page can forget them. */
  readonly promptsConfirmed: { readonly clientIds: readonly string[] };
  /** The user wanted to take a prompt back, but it was sent already. */
  readonly alreadySent: { readonly clientId: string };
  /** Puts the keyboard into the prompt box (command *Send Prompt*). */
  readonly focusPrompt: NoFields;
}

/**
 * From the page to the panel. Each message has a handler in `src/conversation/panel/conversationPanel.ts`, or, if it
 * needs the session, in both kinds of `ShownConversation`.
 */
export interface FromPageMessages extends FromAnyPage {
  /** Asks for the messages before the one at index `before`. Answered by `earlier`. */
  readonly requestEarlier: { readonly before: number };
  /** The text in the prompt box, and the drafts that made room for it, oldest first. */
  readonly draft: {
    readonly text: string;
    readonly earlierDrafts?: readonly string[];
    /** If given, `draftSaved` answers with it. */
    readonly revision?: number;
  };
  /**
   * Asks what happened to prompts. Answered by `promptsConfirmed`. The panel never sends a prompt that it does not
   * know: it may have been sent before the extension host stopped, so the user decides.
   */
  readonly confirmPrompts: { readonly prompts: readonly SentPrompt[] };
  readonly send: { readonly clientId: string; readonly text: string };
  /** Keeps a prompt in the outbox until the run is done. */
  readonly queue: { readonly clientId: string; readonly text: string };
  /** Sends a queued prompt without waiting for the end of the run. */
  readonly sendNow: { readonly clientId: string };
  /** Sends a failed or uncertain prompt again. The user has decided so. */
  readonly sendAgain: { readonly clientId: string };
  /** Moves a prompt from the outbox into the prompt box. Answered by a draft or by `alreadySent`. */
  readonly takeBack: { readonly clientId: string };
  /** Queues the prompts that are on hold. */
  readonly resumeQueue: NoFields;
  /** The reader stopped scrolling. Without a position: at the end. */
  readonly readingPosition: { readonly position?: ReadingPosition };
  readonly stop: NoFields;
  readonly action: { readonly action: PageAction };
  readonly openLink: { readonly url: string };
  readonly copy: { readonly text: string };
  /** Opens a text that is too long for the page, as a read-only document. `whole` is for parts without sides. */
  readonly openToolText: PartAddress & { readonly side: 'input' | 'output' | 'whole' };
  /** Acts on the version of a file that this tool call wrote. */
  readonly file: PartAddress & { readonly action: 'open' | 'diff' | 'save' };
  /** Saves the newest version of every written file into the workspace. */
  readonly saveAllFiles: NoFields;
  readonly wholeConversation: { readonly action: WholeConversationAction };
}

export type ToPage = MessageOf<ToPageMessages>;
export type FromPage = MessageOf<FromPageMessages>;

/** What the page can do with the whole conversation. */
export type WholeConversationAction = 'export' | 'transcript' | 'compare';

/** The longest text that the page may send, in UTF-16 units. */
export const MAX_TEXT_LENGTH = MAX_PROMPT_LENGTH;

/** The longest text that the page may put on the clipboard, in UTF-16 units: a whole message with all tool outputs. */
export const MAX_COPY_LENGTH = 20_000_000;

/**
 * Names the conversation that a panel shows. The page saves it with `setState`. VS Code restores the panel from it
 * after a reload.
 */
export interface PanelIdentity {
  readonly deploymentId: string;
  readonly organizationId: string;
  readonly accountId: string;
}

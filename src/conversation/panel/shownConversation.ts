import type { Disposable, Event } from '../../core/base/events';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { AgentsSession } from '../../core/organization/session';
import type { HandlersOf } from '../../core/pages/channel/messages';
import type { Change, ConversationState, FromPageMessages } from '../../core/pages/conversation/protocol';

/** The result of handling a page message. Rejects or throws when the user must learn why nothing happened. */
export type Handled = void | Promise<void>;

/** The page messages that need the session. */
export type SessionMessages = Pick<
  FromPageMessages,
  'send' | 'queue' | 'sendNow' | 'sendAgain' | 'takeBack' | 'resumeQueue' | 'stop' | 'file' | 'saveAllFiles'
>;

/**
 * What a panel shows, and what it does for its page. While the panel's session lasts, this is an {@link
 * AttachedConversation}, otherwise a {@link DetachedConversation}. A change of session replaces one with the other.
 */
export interface ShownConversation extends Disposable {
  /** The session it reads with. Undefined: it reads nothing. */
  readonly session: AgentsSession | undefined;
  readonly onDidChange: Event<readonly Change[]>;
  readonly handlers: HandlersOf<SessionMessages, Handled>;
  /** The messages that this session has read. Undefined: it has read none. */
  readonly confirmedMessages: readonly Message[] | undefined;
  state(): ConversationState;
  visibilityChanged(isVisible: boolean): void;
  /** The user wants the conversation to be read now. */
  readNow(): Promise<void>;
}

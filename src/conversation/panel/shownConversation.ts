import type { Disposable, Event } from '../../core/base/events';
import type { Message } from '../../core/conversation/transcript/transcript';
import type { AgentsSession } from '../../core/organization/session';
import type { HandlersOf } from '../../core/pages/channel/messages';
import type { Change, ConversationState, FromPageMessages } from '../../core/pages/conversation/protocol';

/** What a handler of a page message does. It rejects or throws when the user must learn why nothing happened. */
export type Handled = void | Promise<void>;

/** The page messages that need the session. */
export type SessionMessages = Pick<
  FromPageMessages,
  'send' | 'queue' | 'sendNow' | 'sendAgain' | 'takeBack' | 'resumeQueue' | 'stop' | 'file' | 'saveAllFiles'
>;

/**
 * What a panel shows, and what it does for its page: an {@link AttachedConversation} while the session of the panel
 * lasts, a {@link DetachedConversation} otherwise. A change of the session replaces the one by the other.
 */
export interface ShownConversation extends Disposable {
  /** The session it reads with. Undefined: it reads nothing. */
  readonly session: AgentsSession | undefined;
  readonly onDidChange: Event<readonly Change[]>;
  readonly handlers: HandlersOf<SessionMessages, Handled>;
  /** The messages as this session has read them. Undefined: it has not. */
  readonly confirmedMessages: readonly Message[] | undefined;
  state(): ConversationState;
  visibilityChanged(isVisible: boolean): void;
  /** The user wants the conversation to be read at once. */
  readNow(): Promise<void>;
}

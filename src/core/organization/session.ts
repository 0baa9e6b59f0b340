import type { QuantConnectApi } from '../api/api';
import type { Event } from '../base/events';
import type { Words } from '../words/words';
import type { OrganizationStore } from './store';

/** Which cloud an account belongs to. */
type AccountKind = 'quantconnect' | 'sandbox';

/** An account without its secret. */
export interface Account {
  /** Unique among all accounts of all origins. */
  readonly id: string;
  readonly kind: AccountKind;
  readonly userId: string;
  readonly label: string;
  /** Scheme, host and port that the token was entered for. The token is sent nowhere else. */
  readonly origin: string;
}

/** One account in one organization. A switch of either ends the session and starts another. */
export interface AgentsSession {
  readonly account: Account;
  readonly organization: { readonly id: string; readonly name: string };
  readonly client: QuantConnectApi;
  /** All views read statuses from here. */
  readonly store: OrganizationStore;
  /** Aborts when the session ends. Answers that arrive later are dropped. */
  readonly signal: AbortSignal;
}

export interface SessionSource {
  /** The active session. Undefined while signed out. */
  readonly current: AgentsSession | undefined;
  readonly onDidChange: Event<AgentsSession | undefined>;
  /** Why nobody can sign in, such as a wrong setting. Undefined if signing in is possible. */
  readonly signInProblem?: Words | undefined;
  /**
   * Waits until the previous sign-in is restored. Undefined if there is none. Loads the client on first use.
   */
  ready(): Promise<AgentsSession | undefined>;
  /** The active session. Asks the user to sign in if there is none. Undefined if the user cancelled. */
  require(): Promise<AgentsSession | undefined>;
}

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
  /** Scheme, host and port that the token was entered for; it is sent nowhere else. */
  readonly origin: string;
}

/** One account in one organization. A switch of either ends the session and begins another. */
export interface AgentsSession {
  readonly account: Account;
  readonly organization: { readonly id: string; readonly name: string };
  readonly client: QuantConnectApi;
  /** The one place from which a status is read. */
  readonly store: OrganizationStore;
  /** Aborts when the session ends: late answers are dropped. */
  readonly signal: AbortSignal;
}

export interface SessionSource {
  /** The session that is active, undefined while signed out. */
  readonly current: AgentsSession | undefined;
  readonly onDidChange: Event<AgentsSession | undefined>;
  /**
   * Why nobody can be signed in, which is not the same as being signed out: a setting is wrong. Undefined: nothing is
   * in the way.
   */
  readonly hindrance?: Words | undefined;
  /**
   * Resolves when the sign-in of the last time has been restored, or it is known that there is none. Loads the client
   * on first use.
   */
  ready(): Promise<AgentsSession | undefined>;
  /** The active session; asks the user to sign in where there is none. Undefined: the user cancelled. */
  require(): Promise<AgentsSession | undefined>;
}

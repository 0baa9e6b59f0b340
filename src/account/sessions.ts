import type * as vscode from 'vscode';
import type { QuantConnectApi } from '../core/api/api';
import type { Clock } from '../core/base/clock';
import { Emitter, type Disposable } from '../core/base/events';
import type { Secret } from '../core/base/secret';
import type { Account, AgentsSession, SessionSource } from '../core/organization/session';
import type { Words } from '../core/words/words';
import { say } from '../core/words/words';
import { parseOrganization, type AccountStore, type SignedInAccount } from './accountStore';
import type { Feedback } from '../ui/feedback';
import type { Checked, ClientFactory } from './clients';
import type { BaseUrl } from './origin';
import { TEXTS } from './texts';

/** The account and organization that this workspace used last. */
const CHOICE = 'quantAgents.session';

export interface SessionsOptions {
  readonly accounts: AccountStore;
  readonly createClient: ClientFactory;
  readonly clock: Clock;
  readonly workspaceState: vscode.Memento;
  readonly baseUrl: () => BaseUrl;
  readonly feedback: Feedback;
  /** Offers to sign in, or to solve the problem that prevents it. Resolves when the user has done so or given up. */
  readonly offerSignIn: (problem?: Words) => Promise<void>;
  /** The account to sign in to where nobody is signed in. `npm start` opens the sandbox this way. */
  readonly signInByDefault?: (() => Promise<Checked<SignedInAccount>>) | undefined;
}

type Organization = SignedInAccount['organization'];

/** Owns the session: begins it, and ends it when another begins or the account is signed out. */
export class Sessions implements SessionSource, Disposable {
  private active:
    { readonly session: AgentsSession; readonly end: AbortController; readonly token: Secret } | undefined;
  private restoring: Promise<void> | undefined;
  private couldNotRestore = false;
  /** Settles when no sign-in of this window is under way. */
  private signingIn: Promise<unknown> | undefined;
  /** Counts beginnings and ends. When the number has changed while a client loaded, its session does not begin. */
  private generation = 0;
  private readonly changed = new Emitter<AgentsSession | undefined>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;

  constructor(private readonly options: SessionsOptions) {
    this.subscription = options.accounts.onDidChange(() => {
      this.followAccounts().catch((error: unknown) => options.feedback.failed(error, say(TEXTS.toSwitchAccount)));
    });
  }

  get current(): AgentsSession | undefined {
    return this.active?.session;
  }

  get signInProblem(): Words | undefined {
    const baseUrl = this.options.baseUrl();
    return this.current || baseUrl.ok ? undefined : baseUrl.problem;
  }

  ready(): Promise<AgentsSession | undefined> {
    this.restoring ??= this.restore();
    return this.restoring.then(() => this.current);
  }

  async require(): Promise<AgentsSession | undefined> {
    if (!(await this.ready()) && this.couldNotRestore) {
      // For example, the keyring was locked when VS Code started. `restore` reports a second failure.
      this.restoring = undefined;
      await this.ready();
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `ready` changes it
      if (this.couldNotRestore) return this.current;
    }
    if (!this.current) await this.options.offerSignIn(this.signInProblem);
    return this.current;
  }

  /**
   * Ends the session and begins one with this account.
   * @param organization left out: the one that this workspace used last, else the one of the account.
   */
  begin(account: SignedInAccount, organization?: Organization): Promise<AgentsSession | undefined> {
    return this.beginWith(() => this.options.createClient(account), account, organization);
  }

  /**
   * Saves an account and begins a session with the client that checked its token.
   * @param organization see {@link begin}.
   */
  signIn(
    { account, client }: Checked<SignedInAccount>,
    organization?: Organization,
  ): Promise<AgentsSession | undefined> {
    const signedIn = this.options.accounts
      .add(account)
      .then(() => this.beginWith(() => Promise.resolve(client), account, organization));
    const settled = Promise.allSettled([this.signingIn, signedIn]).then(() => {
      if (this.signingIn === settled) this.signingIn = undefined;
    });
    this.signingIn = settled;
    return signedIn;
  }

  private async beginWith(
    clientFor: () => Promise<QuantConnectApi>,
    account: SignedInAccount,
    organization: Organization | undefined,
  ): Promise<AgentsSession | undefined> {
    const generation = ++this.generation;
    const [client, { OrganizationStore }] = await Promise.all([clientFor(), import('../core/organization/store')]);
    if (generation !== this.generation) return this.current;
    const chosen = organization ?? this.rememberedOrganization(account.id) ?? account.organization;
    const end = new AbortController();
    const { token, organization: _default, ...withoutSecret } = account;
    const session: AgentsSession = {
      account: withoutSecret satisfies Account,
      organization: chosen,
      client,
      store: new OrganizationStore(chosen.id, client, this.options.clock, end.signal),
      signal: end.signal,
    };
    this.close();
    this.active = { session, end, token };
    // Before anything is awaited. Otherwise a listener could hear of this session's end first.
    this.changed.fire(session);
    await this.options.workspaceState.update(CHOICE, { accountId: account.id, organization: chosen });
    return this.current;
  }

  /** Accounts whose tokens may be sent to the API in the settings, and the sandbox. */
  async usableAccounts(): Promise<readonly SignedInAccount[]> {
    const baseUrl = this.options.baseUrl();
    const accounts = await this.options.accounts.list();
    return accounts.filter(({ kind, origin }) => kind === 'sandbox' || (baseUrl.ok && baseUrl.origin === origin));
  }

  /**
   * Follows a change of the base URL. A session at another origin ends, and one with an account of the new origin
   * begins, if there is one. Where only the path changed, the session starts again.
   */
  async baseUrlChanged(): Promise<void> {
    await this.ready();
    const { current } = this;
    const accounts = (await this.usableAccounts()).filter(({ kind }) => kind === 'quantconnect');
    const account = accounts.find(({ id }) => id === current?.account.id);
    if (account) await this.begin(account, current?.organization);
    else await this.followAccounts();
    if (!this.active && accounts[0]) await this.begin(accounts[0]);
    // The sign-in problem may have changed.
    if (!this.active) this.changed.fire(undefined);
  }

  /** Follows a sign-in or sign-out in another window or in the Accounts menu. */
  private async followAccounts(): Promise<void> {
    await this.ready();
    const accounts = await this.accountsAfterSignIn();
    const { active } = this;
    if (!active) {
      const [account] = accounts;
      if (account) await this.begin(account);
      // Another window has signed out. A session that is about to begin here must not.
      else this.generation++;
      return;
    }
    const account = accounts.find(({ id }) => id === active.session.account.id);
    if (!account) {
      this.generation++;
      this.close();
      this.changed.fire(undefined);
    } else if (account.token.reveal() !== active.token.reveal()) {
      // The user has signed in again, with a new token.
      await this.begin(account, active.session.organization);
    }
  }

  /** A sign-in of this window saves its account before its session begins. This waits for the session. */
  private async accountsAfterSignIn(): Promise<readonly SignedInAccount[]> {
    for (;;) {
      await this.signingIn;
      const accounts = await this.usableAccounts();
      if (!this.signingIn) return accounts;
    }
  }

  dispose(): void {
    this.generation++;
    this.close();
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async restore(): Promise<void> {
    this.couldNotRestore = false;
    try {
      await this.restoreLast();
    } catch (error) {
      this.couldNotRestore = true;
      void this.options.feedback.failed(error, say(TEXTS.toRestoreSignIn));
    }
    if (!this.active) this.changed.fire(undefined);
  }

  private async restoreLast(): Promise<AgentsSession | undefined> {
    const accounts = await this.usableAccounts();
    const choice = this.options.workspaceState.get<{ accountId?: unknown }>(CHOICE);
    const account =
      accounts.find(({ id }) => id === choice?.accountId) ??
      accounts.find(({ kind }) => kind === 'quantconnect') ??
      accounts[0];
    if (account) return this.begin(account);
    const byDefault = await this.options.signInByDefault?.();
    return byDefault && this.signIn(byDefault);
  }

  private rememberedOrganization(accountId: string): Organization | undefined {
    const choice = this.options.workspaceState.get<{ accountId?: unknown; organization?: unknown }>(CHOICE);
    return choice?.accountId === accountId ? parseOrganization(choice.organization) : undefined;
  }

  private close(): void {
    this.active?.end.abort();
    this.active?.session.store.dispose();
    this.active = undefined;
  }
}

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

/** Which account and organization this workspace last used. */
const CHOICE = 'quantAgents.session';

export interface SessionsOptions {
  readonly accounts: AccountStore;
  readonly createClient: ClientFactory;
  readonly clock: Clock;
  readonly workspaceState: vscode.Memento;
  readonly baseUrl: () => BaseUrl;
  readonly feedback: Feedback;
  /** Offers the ways to sign in, or to remove what is in the way; resolves when the user is done with it. */
  readonly offerSignIn: (hindrance?: Words) => Promise<void>;
  /** The account to sign in to where nobody is signed in. `npm start` opens the sandbox this way. */
  readonly signInByDefault?: (() => Promise<Checked<SignedInAccount>>) | undefined;
}

type Organization = SignedInAccount['organization'];

/** Owns the session: which account and organization are in use, and the end of one when another begins. */
export class Sessions implements SessionSource, Disposable {
  private active:
    { readonly session: AgentsSession; readonly end: AbortController; readonly token: Secret } | undefined;
  private restoring: Promise<void> | undefined;
  private couldNotRestore = false;
  /** Settles when no sign-in of this window is under way. */
  private signingIn: Promise<unknown> | undefined;
  /** Counts beginnings and ends: a beginning that was overtaken while its client loaded is dropped. */
  private generation = 0;
  private readonly changed = new Emitter<AgentsSession | undefined>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: Disposable;

  constructor(private readonly options: SessionsOptions) {
    this.subscription = options.accounts.onDidChange(() => {
      this.followAccounts().catch((error: unknown) =>
        options.feedback.failed(error, say('follow the change of accounts')),
      );
    });
  }

  get current(): AgentsSession | undefined {
    return this.active?.session;
  }

  get hindrance(): Words | undefined {
    const baseUrl = this.options.baseUrl();
    return this.current || baseUrl.ok ? undefined : baseUrl.problem;
  }

  ready(): Promise<AgentsSession | undefined> {
    this.restoring ??= this.restore();
    return this.restoring.then(() => this.current);
  }

  async require(): Promise<AgentsSession | undefined> {
    if (!(await this.ready()) && this.couldNotRestore) {
      // E.g. the keyring was locked when VS Code started. What fails again has been said by then.
      this.restoring = undefined;
      await this.ready();
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `ready` changes it
      if (this.couldNotRestore) return this.current;
    }
    if (!this.current) await this.options.offerSignIn(this.hindrance);
    return this.current;
  }

  /**
   * Ends the session and begins one with this account, in the organization given, or the one this workspace or the
   * account used last.
   */
  begin(account: SignedInAccount, organization?: Organization): Promise<AgentsSession | undefined> {
    return this.beginWith(() => this.options.createClient(account), account, organization);
  }

  /**
   * Keeps an account and begins a session with the client that checked its token.
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
    // Told before anything is waited for: whoever hears of it later could hear of an end first.
    this.changed.fire(session);
    await this.options.workspaceState.update(CHOICE, { accountId: account.id, organization: chosen });
    return this.current;
  }

  /** Accounts whose tokens may be sent to the API that the settings name, and the sandbox. */
  async usableAccounts(): Promise<readonly SignedInAccount[]> {
    const baseUrl = this.options.baseUrl();
    const accounts = await this.options.accounts.list();
    return accounts.filter(({ kind, origin }) => kind === 'sandbox' || (baseUrl.ok && baseUrl.origin === origin));
  }

  /**
   * A session that is signed in at another origin ends, and one of the new origin begins if there is any; one whose
   * path alone changed begins anew.
   */
  async baseUrlChanged(): Promise<void> {
    await this.ready();
    const { current } = this;
    const accounts = (await this.usableAccounts()).filter(({ kind }) => kind === 'quantconnect');
    const account = accounts.find(({ id }) => id === current?.account.id);
    if (account) await this.begin(account, current?.organization);
    else await this.followAccounts();
    if (!this.active && accounts[0]) await this.begin(accounts[0]);
    // Why nobody is signed in may be another reason now.
    if (!this.active) this.changed.fire(undefined);
  }

  /** Another window, or the Accounts menu, signed in or out. */
  private async followAccounts(): Promise<void> {
    await this.ready();
    const accounts = await this.accountsAtRest();
    const { active } = this;
    if (!active) {
      const [account] = accounts;
      if (account) await this.begin(account);
      // A sign-in that is under way here is not one any more when another window has signed out.
      else this.generation++;
      return;
    }
    const account = accounts.find(({ id }) => id === active.session.account.id);
    if (!account) {
      this.generation++;
      this.close();
      this.changed.fire(undefined);
    } else if (account.token.reveal() !== active.token.reveal()) {
      // Signed in again, with a new token.
      await this.begin(account, active.session.organization);
    }
  }

  /** A sign-in of this window stores its account first and begins its session then: nothing to follow in between. */
  private async accountsAtRest(): Promise<readonly SignedInAccount[]> {
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
      void this.options.feedback.failed(error, say('go on with the last sign-in'));
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

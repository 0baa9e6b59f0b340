import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { shownLabel } from './accountLabel';
import type { AccountStore, SignedInAccount } from './accountStore';

export const PROVIDER_ID = 'quantAgents';

/**
 * Lists the accounts in VS Code's Accounts menu. Its `accessToken` is only a name, never the API token. Another
 * extension can ask VS Code for it, learns who is signed in, and cannot act for them (docs/security.md).
 */
export class QuantConnectAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.changed.event;
  /** By ID, as VS Code has them. */
  private known = new Map<string, vscode.AuthenticationSession>();
  private readonly subscription: { dispose(): void };
  /** The last notification. The next one waits for it and says what has changed since. */
  private notifying: Promise<void> = Promise.resolve();

  constructor(
    private readonly accounts: AccountStore,
    private readonly signIn: () => Promise<SignedInAccount | undefined>,
  ) {
    this.subscription = accounts.onDidChange(() => {
      // `Sessions` reads the same secrets and reports why it cannot.
      this.notifying = this.notifying.then(() => this.notify()).catch(() => undefined);
    });
  }

  /** @param options.account VS Code asks for this account only. Left out: for all. */
  async getSessions(
    _scopes?: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    const sessions = (await this.accounts.list()).map(asSession);
    this.known = new Map(sessions.map((session) => [session.id, session]));
    return account ? sessions.filter(({ id }) => id === account.id) : sessions;
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const account = await this.signIn();
    if (!account) throw new vscode.CancellationError();
    return asSession(account);
  }

  async removeSession(sessionId: string): Promise<void> {
    await this.accounts.remove(sessionId);
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async notify(): Promise<void> {
    const before = this.known;
    const now = await this.getSessions();
    const ids = new Set(now.map(({ id }) => id));
    this.changed.fire({
      added: now.filter(({ id }) => !before.has(id)),
      removed: [...before.values()].filter(({ id }) => !ids.has(id)),
      changed: [],
    });
  }
}

function asSession(account: SignedInAccount): vscode.AuthenticationSession {
  return {
    id: account.id,
    account: { id: account.id, label: render(shownLabel(account), 'account') },
    scopes: [],
    accessToken: `quantAgents:${account.id}`,
  };
}

import * as vscode from 'vscode';
import type { AccountStore, SignedInAccount } from './accountStore';

export const PROVIDER_ID = 'quantAgents';

/**
 * Puts the accounts into VS Code's Accounts menu. What it hands out as `accessToken` is a name, not the API token:
 * whoever may ask VS Code for a session learns who is signed in and cannot act for them (docs/security.md).
 */
export class QuantConnectAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.changed.event;
  private known = new Map<string, vscode.AuthenticationSession>();
  private readonly subscription: { dispose(): void };
  /** One announcement after the other: each tells what is new since the one before. */
  private announcing: Promise<void> = Promise.resolve();

  constructor(
    private readonly accounts: AccountStore,
    private readonly signIn: () => Promise<SignedInAccount | undefined>,
  ) {
    this.subscription = accounts.onDidChange(() => {
      // Secrets that cannot be read are told of where somebody waits for them.
      this.announcing = this.announcing.then(() => this.announce()).catch(() => undefined);
    });
  }

  /** @param options.account the only account that is asked for, if any. */
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

  private async announce(): Promise<void> {
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
    account: { id: account.id, label: account.label },
    scopes: [],
    accessToken: `quantAgents:${account.id}`,
  };
}

import type * as vscode from 'vscode';
import { Emitter, type Disposable } from '../core/events';
import type { Account } from '../core/organization/session';
import { Secret } from '../core/secret';

/** An account with its token: exists in memory and in SecretStorage only. */
export interface SignedInAccount extends Account {
  readonly token: Secret;
  /** Where a workspace begins that has not chosen an organization of its own. */
  readonly organization: { readonly id: string; readonly name: string };
}

const ACCOUNTS = 'quantAgents.accounts';
/** Ids of the accounts that were stored, without their secrets: what is named here and missing there did not last. */
const REMEMBERED = 'quantAgents.rememberedAccounts';

/** The accounts in SecretStorage. Every window reads the same ones and hears when another window changes them. */
export class AccountStore implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;
  /** Writes one after the other: each reads the list before it changes it. */
  private writing: Promise<unknown> = Promise.resolve();

  constructor(private readonly secrets: vscode.SecretStorage, private readonly globalState: vscode.Memento) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (key === ACCOUNTS) this.changed.fire();
    });
  }

  async list(): Promise<readonly SignedInAccount[]> {
    await this.writing.catch(() => undefined);
    return this.read();
  }

  /** Keeps an account; one with the same id is replaced (a new token for the same user and origin). */
  async add(account: SignedInAccount): Promise<void> {
    await this.write((accounts) => [...accounts.filter(({ id }) => id !== account.id), account]);
  }

  async remove(accountId: string): Promise<void> {
    await this.write((accounts) => accounts.filter(({ id }) => id !== accountId));
  }

  /**
   * Whether an account that was kept is gone although nobody signed out: this VS Code's SecretStorage is in memory only.
   * Asked once after start; forgets the lost accounts, so that it is said once.
   */
  async lostSecrets(): Promise<boolean> {
    const remembered = this.globalState.get<string[]>(REMEMBERED, []);
    if (remembered.length === 0) return false;
    const kept = new Set((await this.list()).map(({ id }) => id));
    const isLost = remembered.some((id) => !kept.has(id));
    if (isLost) await this.globalState.update(REMEMBERED, remembered.filter((id) => kept.has(id)));
    return isLost;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private write(change: (accounts: readonly SignedInAccount[]) => readonly SignedInAccount[]): Promise<void> {
    const done = this.writing.catch(() => undefined).then(async () => {
      const accounts = change(await this.read());
      if (accounts.length === 0) await this.secrets.delete(ACCOUNTS);
      else await this.secrets.store(ACCOUNTS, JSON.stringify(accounts.map((account) => ({ ...account, token: account.token.reveal() }))));
      await this.globalState.update(REMEMBERED, accounts.filter(({ kind }) => kind === 'quantconnect').map(({ id }) => id));
    });
    this.writing = done;
    return done;
  }

  private async read(): Promise<readonly SignedInAccount[]> {
    return parseAccounts(await this.secrets.get(ACCOUNTS));
  }
}

/** Reads what is stored; an entry that is not whole is left out rather than failing the others. */
export function parseAccounts(stored: string | undefined): readonly SignedInAccount[] {
  if (stored === undefined) return [];
  let entries: unknown;
  try {
    entries = JSON.parse(stored);
  } catch {
    return [];
  }
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null) return [];
    const { id, kind, userId, label, origin, token, organization } = entry as Record<string, unknown>;
    if (typeof id !== 'string' || typeof userId !== 'string' || typeof label !== 'string' || typeof origin !== 'string' || typeof token !== 'string') return [];
    if (kind !== 'quantconnect' && kind !== 'sandbox') return [];
    const chosen = parseOrganization(organization);
    return chosen ? [{ id, kind, userId, label, origin, token: new Secret(token), organization: chosen }] : [];
  });
}

/** An organization as it is remembered, or undefined where what is stored is none. */
export function parseOrganization(stored: unknown): SignedInAccount['organization'] | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id, name } = stored as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

/** The same user at two origins is two accounts. */
export function accountId(origin: string, userId: string): string {
  return `${userId}@${origin}`;
}

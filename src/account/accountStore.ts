import type * as vscode from 'vscode';
import { systemClock, type Clock } from '../core/base/clock';
import { Emitter, type Disposable } from '../core/base/events';
import {
  fingerprintOf,
  isAccountKey,
  parseOldSecret,
  parseStoredAccount,
  secretKeyOf,
  storedText,
  type SignedInAccount,
} from './storedAccount';

export { accountId, parseOrganization, type Credentials, type SignedInAccount } from './storedAccount';

/** Version 0.1.0 saved all accounts in this one secret. */
const OLD_SECRET = 'quantAgents.accounts';
/** IDs of the stored accounts. When SecretStorage lacks one of them, VS Code has lost it. */
const REMEMBERED = 'quantAgents.rememberedAccounts';
/** Keys of our secrets, for a VS Code whose SecretStorage cannot list keys. Windows only ever add to it. */
const KEYS = 'quantAgents.accountKeys';
/** Fingerprints of accounts that were signed out. Version 0.1.0 in another window can store them again: we skip them. */
const SIGNED_OUT = 'quantAgents.signedOut';
const MAX_SIGNED_OUT = 50;
/** How often we start again because version 0.1.0 in another window has changed its secret. */
const MAX_ROUNDS = 5;

/**
 * The accounts in SecretStorage, one secret each. All windows share them. A window changes only the secret of the
 * account that it adds or removes, so two windows cannot undo each other's changes (docs/decisions/023).
 */
export class AccountStore implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;
  /** The last read or write of this window. The next one waits for it. */
  private last: Promise<unknown> = Promise.resolve();
  /** Keys that this window has written, and keys that another window has reported. */
  private readonly knownKeys = new Set<string>();

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly globalState: vscode.Memento,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (isAccountKey(key)) this.knownKeys.add(key);
      if (isAccountKey(key) || key === OLD_SECRET) this.changed.fire();
    });
  }

  /** The accounts, oldest first. Skips a malformed secret and leaves it unchanged. */
  list(): Promise<readonly SignedInAccount[]> {
    return this.inOrder(() => this.read());
  }

  /** Saves an account. It replaces one with the same ID, which has an older token. */
  add(account: SignedInAccount): Promise<void> {
    return this.inOrder(async () => {
      await this.forgetSignOut(account);
      // First, so that the older token in the old secret never replaces this one.
      await this.removeFromOldSecret(await this.inOldSecret(account.id));
      await this.store(account, this.clock.now());
      if (account.kind === 'quantconnect') await this.rememberIds((ids) => [...new Set([...ids, account.id])]);
    });
  }

  /** Signs an account out, in all windows. */
  remove(accountId: string): Promise<void> {
    return this.inOrder(async () => {
      const key = secretKeyOf(accountId);
      const stored = parseStoredAccount(key, await this.secrets.get(key));
      const old = await this.inOldSecret(accountId);
      // First, so that a window that adopts the old secret right now sees it.
      await this.rememberSignOut([...(stored ? [stored.account] : []), ...old]);
      await this.removeFromOldSecret(old);
      await this.secrets.delete(key);
      await this.rememberIds((ids) => ids.filter((id) => id !== accountId));
    });
  }

  /**
   * Whether a saved account is missing although nobody signed out. This VS Code then keeps secrets in memory only.
   * Forgets the lost accounts, so that the user is warned once.
   */
  async lostSecrets(): Promise<boolean> {
    const remembered = this.strings(REMEMBERED);
    if (remembered.length === 0) return false;
    const kept = new Set((await this.list()).map(({ id }) => id));
    const isLost = remembered.some((id) => !kept.has(id));
    if (isLost) await this.rememberIds((ids) => ids.filter((id) => kept.has(id)));
    return isLost;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async read(): Promise<readonly SignedInAccount[]> {
    const notAdopted = await this.adoptOldSecret();
    const keys = await this.keys();
    const secrets = await Promise.all(keys.map(async (key) => parseStoredAccount(key, await this.secrets.get(key))));
    const stored = secrets
      .filter((each) => each !== undefined)
      .sort((a, b) => a.added - b.added || (a.account.id < b.account.id ? -1 : 1))
      .map(({ account }) => account);
    return [...notAdopted.filter(({ id }) => !stored.some((account) => account.id === id)), ...stored];
  }

  private async store(account: SignedInAccount, added: number): Promise<string> {
    const key = secretKeyOf(account.id);
    const text = storedText(account, added);
    this.knownKeys.add(key);
    await this.secrets.store(key, text);
    return text;
  }

  private async keys(): Promise<readonly string[]> {
    // Since VS Code 1.105. In other editors that are built on VS Code it can be missing or reject.
    const { keys } = this.secrets as { keys?: unknown };
    if (typeof keys === 'function') {
      try {
        return (await this.secrets.keys()).filter(isAccountKey);
      } catch (error) {
        if (!/not support/i.test(String(error))) throw error;
      }
    }
    const saved = this.strings(KEYS);
    const all = [...new Set([...saved, ...this.knownKeys])];
    if (all.length > saved.length) await this.globalState.update(KEYS, all);
    return all;
  }

  private async rememberIds(change: (ids: readonly string[]) => readonly string[]): Promise<void> {
    await this.globalState.update(REMEMBERED, change(this.strings(REMEMBERED)));
  }

  private async rememberSignOut(accounts: readonly SignedInAccount[]): Promise<void> {
    if (accounts.length === 0) return;
    const all = new Set([...this.strings(SIGNED_OUT), ...accounts.map(fingerprintOf)]);
    await this.globalState.update(SIGNED_OUT, [...all].slice(-MAX_SIGNED_OUT));
  }

  private async forgetSignOut(account: SignedInAccount): Promise<void> {
    if (!this.isSignedOut(account)) return;
    const fingerprint = fingerprintOf(account);
    await this.globalState.update(
      SIGNED_OUT,
      this.strings(SIGNED_OUT).filter((each) => each !== fingerprint),
    );
  }

  private isSignedOut(account: SignedInAccount): boolean {
    return this.strings(SIGNED_OUT).includes(fingerprintOf(account));
  }

  private strings(key: string): readonly string[] {
    const stored = this.globalState.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter((item) => typeof item === 'string') : [];
  }

  /**
   * Gives each account in the secret of version 0.1.0 a secret of its own, then deletes the old secret. Deletes last, so
   * that a crash loses nothing. Version 0.1.0 can still run in another window and write its secret again. Then this
   * starts again.
   * @returns accounts that could not be stored. They stay in the old secret until the next read.
   */
  private async adoptOldSecret(): Promise<readonly SignedInAccount[]> {
    let text = await this.secrets.get(OLD_SECRET);
    for (let round = 0; text !== undefined && round < MAX_ROUNDS; round++) {
      const entries = parseOldSecret(text);
      if (!entries) return [];
      const accounts = entries.flatMap(({ account }) => account ?? []).filter((each) => !this.isSignedOut(each));
      const unread = entries.filter(({ account }) => !account).map(({ raw }) => raw);
      if (entries.length > 0 && unread.length === entries.length) return [];
      try {
        let current: string | undefined = text;
        for (const [position, account] of accounts.entries()) {
          current = await this.secrets.get(OLD_SECRET);
          if (current !== text) break;
          await this.adoptOne(account, position);
        }
        if (current === text) current = await this.secrets.get(OLD_SECRET);
        if (current === text) {
          await this.replaceOldSecret(unread);
          return [];
        }
        text = current;
      } catch {
        return accounts;
      }
    }
    return [];
  }

  /** The token in the old secret wins. If it differs, the user has signed in with version 0.1.0 since. */
  private async adoptOne(account: SignedInAccount, position: number): Promise<void> {
    const key = secretKeyOf(account.id);
    const stored = parseStoredAccount(key, await this.secrets.get(key));
    if (stored && fingerprintOf(stored.account) === fingerprintOf(account)) return;
    const text = await this.store(account, position);
    // Another window may have signed the account out in the meantime.
    if (this.isSignedOut(account) && (await this.secrets.get(key)) === text) await this.secrets.delete(key);
  }

  private async inOldSecret(accountId: string): Promise<readonly SignedInAccount[]> {
    const entries = parseOldSecret((await this.secrets.get(OLD_SECRET)) ?? '') ?? [];
    return entries.flatMap(({ account }) => (account?.id === accountId ? account : []));
  }

  private async removeFromOldSecret(accounts: readonly SignedInAccount[]): Promise<void> {
    if (accounts.length === 0) return;
    const ids = new Set(accounts.map(({ id }) => id));
    const entries = parseOldSecret((await this.secrets.get(OLD_SECRET)) ?? '');
    if (!entries) return;
    const others = entries.filter(({ account }) => !account || !ids.has(account.id));
    await this.replaceOldSecret(others.map(({ raw }) => raw));
  }

  private async replaceOldSecret(entries: readonly unknown[]): Promise<void> {
    if (entries.length === 0) await this.secrets.delete(OLD_SECRET);
    else await this.secrets.store(OLD_SECRET, JSON.stringify(entries));
  }
}

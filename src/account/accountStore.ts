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

/** Version 0.1.0 kept all accounts in this one secret. */
const OLD_SECRET = 'quantAgents.accounts';
/** Ids of stored accounts, without their secrets: an account named here and missing in SecretStorage did not last. */
const REMEMBERED = 'quantAgents.rememberedAccounts';
/**
 * Keys of secrets, for a VS Code whose SecretStorage cannot list them. Only grows: no window takes out another's entry.
 */
const KEYS = 'quantAgents.accountKeys';
/** Fingerprints of accounts that were signed out, so that version 0.1.0 in another window does not bring them back. */
const SIGNED_OUT = 'quantAgents.signedOut';
const MOST_SIGNED_OUT = 50;
/** Version 0.1.0 in another window may change its secret while we read it. */
const MOST_ROUNDS = 5;

/**
 * The accounts in SecretStorage, one secret each. Windows share them. Each window changes only the secret of the
 * account that it adds or removes, so two windows cannot undo each other's work (docs/decisions/023).
 */
export class AccountStore implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;
  /** This window's reads and writes, one after the other. */
  private turn: Promise<unknown> = Promise.resolve();
  /** Keys that this window has written, or heard of from another window. */
  private readonly heard = new Set<string>();

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly globalState: vscode.Memento,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.subscription = secrets.onDidChange(({ key }) => {
      if (isAccountKey(key)) this.heard.add(key);
      if (isAccountKey(key) || key === OLD_SECRET) this.changed.fire();
    });
  }

  /** The accounts, in the order in which they were added. A malformed secret is skipped and left as it is. */
  list(): Promise<readonly SignedInAccount[]> {
    return this.inTurn(() => this.read());
  }

  /** Keeps an account. One with the same id is replaced: a new token for the same user and origin. */
  add(account: SignedInAccount): Promise<void> {
    return this.inTurn(async () => {
      await this.forgetSignOut(account);
      // First, so that an older token there never replaces this one.
      await this.takeOutOfOldSecret(await this.inOldSecret(account.id));
      await this.store(account, this.clock.now());
      if (account.kind === 'quantconnect') await this.rememberIds((ids) => [...new Set([...ids, account.id])]);
    });
  }

  /** Signs an account out, for good. */
  remove(accountId: string): Promise<void> {
    return this.inTurn(async () => {
      const key = secretKeyOf(accountId);
      const stored = parseStoredAccount(key, await this.secrets.get(key));
      const old = await this.inOldSecret(accountId);
      // First, so that another window that takes over the old secret right now notices.
      await this.rememberSignOut([...(stored ? [stored.account] : []), ...old]);
      await this.takeOutOfOldSecret(old);
      await this.secrets.delete(key);
      await this.rememberIds((ids) => ids.filter((id) => id !== accountId));
    });
  }

  /**
   * Whether an account that was kept is gone although nobody signed out: this VS Code keeps secrets in memory only.
   * Asked once after start. It forgets the lost accounts, so that the user hears of them once.
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

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async read(): Promise<readonly SignedInAccount[]> {
    const left = await this.takeOver();
    const keys = await this.keys();
    const secrets = await Promise.all(keys.map(async (key) => parseStoredAccount(key, await this.secrets.get(key))));
    const stored = secrets
      .filter((one) => one !== undefined)
      .sort((a, b) => a.added - b.added || (a.account.id < b.account.id ? -1 : 1))
      .map(({ account }) => account);
    return [...left.filter(({ id }) => !stored.some((account) => account.id === id)), ...stored];
  }

  private async store(account: SignedInAccount, added: number): Promise<string> {
    const key = secretKeyOf(account.id);
    const text = storedText(account, added);
    this.heard.add(key);
    await this.secrets.store(key, text);
    return text;
  }

  private async keys(): Promise<readonly string[]> {
    // Since VS Code 1.105. A host that embeds VS Code can have a storage without it, which then rejects.
    const { keys } = this.secrets as { keys?: unknown };
    if (typeof keys === 'function') {
      try {
        return (await this.secrets.keys()).filter(isAccountKey);
      } catch (error) {
        if (!/not support/i.test(String(error))) throw error;
      }
    }
    const noted = this.strings(KEYS);
    const all = [...new Set([...noted, ...this.heard])];
    if (all.length > noted.length) await this.globalState.update(KEYS, all);
    return all;
  }

  private async rememberIds(change: (ids: readonly string[]) => readonly string[]): Promise<void> {
    await this.globalState.update(REMEMBERED, change(this.strings(REMEMBERED)));
  }

  private async rememberSignOut(accounts: readonly SignedInAccount[]): Promise<void> {
    if (accounts.length === 0) return;
    const all = new Set([...this.strings(SIGNED_OUT), ...accounts.map(fingerprintOf)]);
    await this.globalState.update(SIGNED_OUT, [...all].slice(-MOST_SIGNED_OUT));
  }

  private async forgetSignOut(account: SignedInAccount): Promise<void> {
    if (!this.isSignedOut(account)) return;
    const fingerprint = fingerprintOf(account);
    await this.globalState.update(
      SIGNED_OUT,
      this.strings(SIGNED_OUT).filter((one) => one !== fingerprint),
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
   * Gives each account in the secret of version 0.1.0 a secret of its own, then deletes the old one. Deleting comes
   * last, so a crash loses nothing. Version 0.1.0 may still run in another window and write its secret again: what it
   * adds is taken over too.
   * @returns accounts that could not be stored. They stay in the old secret until the next try.
   */
  private async takeOver(): Promise<readonly SignedInAccount[]> {
    let text = await this.secrets.get(OLD_SECRET);
    for (let round = 0; text !== undefined && round < MOST_ROUNDS; round++) {
      const entries = parseOldSecret(text);
      if (!entries) return [];
      const accounts = entries.flatMap(({ account }) => account ?? []).filter((one) => !this.isSignedOut(one));
      const unread = entries.filter(({ account }) => !account).map(({ raw }) => raw);
      if (entries.length > 0 && unread.length === entries.length) return [];
      try {
        let now: string | undefined = text;
        for (const [position, account] of accounts.entries()) {
          now = await this.secrets.get(OLD_SECRET);
          if (now !== text) break;
          await this.takeOverOne(account, position);
        }
        if (now === text) now = await this.secrets.get(OLD_SECRET);
        if (now === text) {
          await this.replaceOldSecret(unread);
          return [];
        }
        text = now;
      } catch {
        return accounts;
      }
    }
    return [];
  }

  /** The token in the old secret wins: whoever finds another one there signed in with version 0.1.0 after this one. */
  private async takeOverOne(account: SignedInAccount, position: number): Promise<void> {
    const key = secretKeyOf(account.id);
    const there = parseStoredAccount(key, await this.secrets.get(key));
    if (there && fingerprintOf(there.account) === fingerprintOf(account)) return;
    const text = await this.store(account, position);
    // Another window may have signed out meanwhile.
    if (this.isSignedOut(account) && (await this.secrets.get(key)) === text) await this.secrets.delete(key);
  }

  private async inOldSecret(accountId: string): Promise<readonly SignedInAccount[]> {
    const entries = parseOldSecret((await this.secrets.get(OLD_SECRET)) ?? '') ?? [];
    return entries.flatMap(({ account }) => (account?.id === accountId ? account : []));
  }

  private async takeOutOfOldSecret(accounts: readonly SignedInAccount[]): Promise<void> {
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

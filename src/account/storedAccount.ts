import { createHash } from 'node:crypto';
import type { Account } from '../core/organization/session';
import { Secret } from '../core/base/secret';

/** A user at an origin, and the token that signs their requests. Before sign-in is complete, there is no more. */
export interface Credentials extends Account {
  readonly token: Secret;
}

/** An account that is signed in. It exists in memory and in SecretStorage only. */
export interface SignedInAccount extends Credentials {
  /** The organization that a workspace starts with until the user chooses another one there. */
  readonly organization: { readonly id: string; readonly name: string };
}

/** An account that was read from its secret. */
export interface StoredAccount {
  readonly account: SignedInAccount;
  /** When it was added, in epoch milliseconds. Used only to sort the list. */
  readonly added: number;
}

/** An entry of the one secret of version 0.1.0. Without `account`: this version cannot read it. */
export interface OldEntry {
  readonly raw: unknown;
  readonly account?: SignedInAccount;
}

const PREFIX = 'quantAgents.account.';

/** One user at two origins has two accounts. */
export function accountId(origin: string, userId: string): string {
  return `${userId}@${origin}`;
}

/** The key of an account's secret. It is a hash, because VS Code does not encrypt keys and they should name nobody. */
export function secretKeyOf(id: string): string {
  return PREFIX + createHash('sha256').update(id).digest('hex').slice(0, 32);
}

export function isAccountKey(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** Recognizes an account with the same token. Too short to reveal a token or to test guesses. */
export function fingerprintOf({ id, token }: SignedInAccount): string {
  return createHash('sha256').update(`${id}\n${token.reveal()}`).digest('hex').slice(0, 8);
}

/** The text of an account's secret. */
export function storedText(account: SignedInAccount, added: number): string {
  return JSON.stringify({ ...account, token: account.token.reveal(), added });
}

/** Reads an account's secret. Undefined: it is malformed, or it belongs to another key. */
export function parseStoredAccount(key: string, text: string | undefined): StoredAccount | undefined {
  const raw = parseJson(text);
  const account = parseAccount(raw);
  if (!account || secretKeyOf(account.id) !== key) return undefined;
  const { added } = raw as { added?: unknown };
  return { account, added: typeof added === 'number' ? added : 0 };
}

/** Reads the one secret of version 0.1.0. Undefined: it is not a list. */
export function parseOldSecret(text: string): readonly OldEntry[] | undefined {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) return undefined;
  return entries.map((raw: unknown) => {
    const account = parseAccount(raw);
    return account ? { raw, account } : { raw };
  });
}

/** Reads a stored organization. Undefined: the value is not one. */
export function parseOrganization(stored: unknown): SignedInAccount['organization'] | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { id, name } = stored as Record<string, unknown>;
  return typeof id === 'string' && typeof name === 'string' ? { id, name } : undefined;
}

function parseAccount(entry: unknown): SignedInAccount | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { id, kind, userId, label, origin, token, organization } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || typeof userId !== 'string' || typeof label !== 'string') return undefined;
  if (typeof origin !== 'string' || typeof token !== 'string') return undefined;
  if (kind !== 'quantconnect' && kind !== 'sandbox') return undefined;
  const chosen = parseOrganization(organization);
  return chosen && { id, kind, userId, label, origin, token: new Secret(token), organization: chosen };
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AccountStore, type SignedInAccount } from '../../../src/account/accountStore';
import { Secret } from '../../../src/core/base/secret';
import { memento, secretStorage } from '../../support/memories';

const CANARY = 'canary-5f0c9e';
const account = (id: string): SignedInAccount => ({
  id,
  kind: 'quantconnect',
  userId: '1',
  label: 'User 1',
  origin: 'https://www.quantconnect.com',
  token: new Secret(CANARY),
  organization: { id: 'o', name: 'O' },
});

describe('Accounts in SecretStorage', () => {
  it('come back whole, with their tokens, in another window', async () => {
    const secrets = secretStorage();
    await new AccountStore(secrets, memento()).add(account('a'));
    const [other] = await new AccountStore(secrets, memento()).list();
    expect(other?.token.reveal()).toBe(CANARY);
    expect(other?.organization).toEqual({ id: 'o', name: 'O' });
  });

  it('are both kept when two are added at once', async () => {
    const store = new AccountStore(secretStorage(), memento());
    await Promise.all([store.add(account('a')), store.add(account('b')), store.remove('c')]);
    expect((await store.list()).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('tell other windows when they change', async () => {
    const secrets = secretStorage();
    const other = new AccountStore(secrets, memento());
    let heard = 0;
    other.onDidChange(() => {
      heard++;
    });
    await new AccountStore(secrets, memento()).add(account('a'));
    expect(heard).toBe(1);
  });

  it('are noticed to be lost when the storage was in memory only, once', async () => {
    const state = memento();
    await new AccountStore(secretStorage(), state).add(account('a'));
    const afterRestart = new AccountStore(secretStorage(), state);
    expect(await afterRestart.lostSecrets()).toBe(true);
    expect(await afterRestart.lostSecrets()).toBe(false);
  });

  it('are not called lost after signing out', async () => {
    const state = memento();
    const secrets = secretStorage();
    const store = new AccountStore(secrets, state);
    await store.add(account('a'));
    await store.remove('a');
    expect(await new AccountStore(secrets, state).lostSecrets()).toBe(false);
  });

  it('never keep a token outside SecretStorage, nor print it', async () => {
    const state = memento();
    const store = new AccountStore(secretStorage(), state);
    await store.add(account('a'));
    const [kept] = await store.list();
    expect(JSON.stringify([state.entries(), kept]) + inspect(kept, { depth: 9 }) + String(kept?.token)).not.toContain(
      CANARY,
    );
  });
});

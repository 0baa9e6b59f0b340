import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountStore, accountId, type SignedInAccount } from '../../../src/account/accountStore';
import { Secret } from '../../../src/core/base/secret';
import { memento, secretStorage } from '../../support/memories';

const ORIGIN = 'https://www.quantconnect.com';
const OLD = 'quantAgents.accounts';
const account = (userId: string, token = `token-of-${userId}`): SignedInAccount => ({
  id: accountId(ORIGIN, userId),
  kind: 'quantconnect',
  userId,
  label: `User ${userId}`,
  origin: ORIGIN,
  token: new Secret(token),
  organization: { id: 'o', name: 'O' },
});
const ONE = account('1');
const TWO = account('2');
const THREE = account('3');
const oldText = (...accounts: readonly SignedInAccount[]): string =>
  JSON.stringify(accounts.map((one) => ({ ...one, token: one.token.reveal() })));

type Storage = ReturnType<typeof secretStorage>;

/** One window's view of the shared secrets. Each step waits until the scheduler lets it go on. */
function through(scheduler: fc.Scheduler, shared: Storage): Storage {
  const step = async <T>(act: () => PromiseLike<T>): Promise<T> => {
    await scheduler.schedule(Promise.resolve());
    return act();
  };
  return {
    keys: () => step(() => shared.keys()),
    get: (key) => step(() => shared.get(key)),
    delete: (key) => step(() => shared.delete(key)),
    store: (key, value) => step(() => shared.store(key, value)),
    onDidChange: shared.onDidChange,
  };
}

/** What version 0.1.0 does in its window: it reads the one secret, changes the list, writes it. */
async function inOldWindow(secrets: Storage, change: (entries: unknown[]) => unknown[]): Promise<void> {
  const entries = change(JSON.parse((await secrets.get(OLD)) ?? '[]') as unknown[]);
  if (entries.length === 0) await secrets.delete(OLD);
  else await secrets.store(OLD, JSON.stringify(entries));
}

async function idsIn(secrets: Storage, state = memento()): Promise<readonly string[]> {
  return (await new AccountStore(secrets, state).list()).map(({ userId }) => userId).sort();
}

/** Runs the same story in every order of its steps that the generator thinks of. */
async function inAnyOrder(
  old: readonly SignedInAccount[],
  story: (here: AccountStore, there: AccountStore, scheduled: Storage) => readonly Promise<unknown>[],
  check: (shared: Storage, state: ReturnType<typeof memento>) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const shared = secretStorage();
      if (old.length > 0) await shared.store(OLD, oldText(...old));
      const state = memento();
      const scheduled = through(scheduler, shared);
      const windows = [new AccountStore(scheduled, state), new AccountStore(scheduled, state)] as const;
      const story$ = Promise.all(story(...windows, scheduled));
      await scheduler.waitFor(story$);
      await check(shared, state);
    }),
    { numRuns: 150 },
  );
}

describe('Accounts in two windows', () => {
  it('are both kept when both windows add at the same time', async () => {
    await inAnyOrder(
      [],
      (here, there) => [here.add(ONE), there.add(TWO)],
      async (shared) => {
        expect(await idsIn(shared)).toEqual(['1', '2']);
      },
    );
  });

  it('stay signed out while the other window adds or renews another one', async () => {
    await inAnyOrder(
      [ONE, TWO],
      (here, there) => [
        here.list().then(() => here.remove(ONE.id)),
        there.add(THREE).then(() => there.add(account('2', 'renewed'))),
      ],
      async (shared, state) => {
        expect(await idsIn(shared, state)).toEqual(['2', '3']);
        expect(await shared.get(OLD)).toBeUndefined();
      },
    );
  });

  it('are all taken over by both windows at once, and the one that is signed out meanwhile stays out', async () => {
    await inAnyOrder(
      [ONE, TWO],
      (here, there) => [here.remove(ONE.id), there.list()],
      async (shared, state) => {
        expect(await idsIn(shared, state)).toEqual(['2']);
        const texts = await Promise.all((await shared.keys()).map((key) => shared.get(key)));
        expect(texts.join('\n')).not.toContain('token-of-1');
      },
    );
  });

  it('hear of each other', async () => {
    const shared = secretStorage();
    const there = new AccountStore(shared, memento());
    const heard: number[] = [];
    there.onDidChange(() => heard.push(1));
    await new AccountStore(shared, memento()).add(ONE);
    await shared.store('anotherSecret', 'x');
    expect(heard).toEqual([1]);
  });

  it('keep the order in which they were added', async () => {
    const shared = secretStorage();
    const now = { ms: 5 };
    const store = new AccountStore(shared, memento(), { now: () => now.ms });
    for (const [ms, one] of [
      [9, TWO],
      [10, THREE],
      [11, ONE],
    ] as const) {
      now.ms = ms;
      await store.add(one);
    }
    expect((await store.list()).map(({ userId }) => userId)).toEqual(['2', '3', '1']);
  });
});

describe('The shared secret of version 0.1.0', () => {
  it('is read once and deleted; each account has a secret of its own', async () => {
    const shared = secretStorage();
    await shared.store(OLD, oldText(ONE, TWO));
    const list = await new AccountStore(shared, memento()).list();
    expect(list.map(({ userId, token }) => [userId, token.reveal()])).toEqual([
      ['1', 'token-of-1'],
      ['2', 'token-of-2'],
    ]);
    const keys = await shared.keys();
    expect(keys).toHaveLength(2);
    expect(keys).not.toContain(OLD);
  });

  it('loses no account when VS Code ends at any step of taking over', async () => {
    for (let steps = 0; steps < 14; steps++) {
      const shared = secretStorage();
      await shared.store(OLD, oldText(ONE, TWO));
      let left = steps;
      const dies =
        <A extends unknown[], R>(act: (...args: A) => PromiseLike<R>) =>
        (...args: A): Promise<R> =>
          left-- > 0 ? Promise.resolve(act(...args)) : new Promise<R>(() => undefined);
      const dying = {
        keys: dies(() => shared.keys()),
        get: dies((key: string) => shared.get(key)),
        delete: dies((key: string) => shared.delete(key)),
        store: dies((key: string, value: string) => shared.store(key, value)),
        onDidChange: shared.onDidChange,
      };
      void new AccountStore(dying, memento()).list();
      for (let tick = 0; tick < 60; tick++) await Promise.resolve();
      expect(await idsIn(shared), `died after ${String(steps)} steps`).toEqual(['1', '2']);
    }
  });

  it('still signs in when its accounts cannot be stored anew', async () => {
    const shared = secretStorage();
    await shared.store(OLD, oldText(ONE, TWO));
    const store = shared.store.bind(shared);
    shared.store = () => Promise.reject(new Error('The keyring is read-only.'));
    expect(await idsIn(shared)).toEqual(['1', '2']);
    shared.store = store;
    expect(await idsIn(shared)).toEqual(['1', '2']);
    expect(await shared.keys()).not.toContain(OLD);
  });

  it('does not bring back a signed-out account, whatever version 0.1.0 writes in another window', async () => {
    const shared = secretStorage();
    const state = memento();
    await shared.store(OLD, oldText(ONE, TWO));
    const store = new AccountStore(shared, state);
    await store.list();
    await store.remove(ONE.id);
    // It had read the list before.
    await shared.store(OLD, oldText(ONE, TWO, THREE));
    expect(await idsIn(shared, state)).toEqual(['2', '3']);
    expect(await shared.keys()).not.toContain(OLD);
    await store.add(ONE);
    expect(await idsIn(shared, state)).toEqual(['1', '2', '3']);
  });

  it('gives up an account that is signed out before it was ever taken over', async () => {
    const shared = secretStorage();
    await shared.store(OLD, oldText(ONE, TWO));
    const store = new AccountStore(shared, memento());
    await store.remove(ONE.id);
    expect(await idsIn(shared)).toEqual(['2']);
  });

  it('adds what version 0.1.0 signs in to in another window, in any order of the steps', async () => {
    await inAnyOrder(
      [ONE],
      (here, _there, scheduled) => [
        here.add(TWO),
        inOldWindow(scheduled, (entries) => [...entries, ...(JSON.parse(oldText(THREE)) as unknown[])]),
      ],
      async (shared, state) => {
        const ids = await idsIn(shared, state);
        expect(ids).toEqual(expect.arrayContaining(['1', '2']));
      },
    );
    const shared = secretStorage();
    const store = new AccountStore(shared, memento());
    await store.add(ONE);
    await inOldWindow(shared, (entries) => [...entries, ...(JSON.parse(oldText(THREE)) as unknown[])]);
    expect((await store.list()).map(({ userId }) => userId).sort()).toEqual(['1', '3']);
  });
});

describe('A malformed secret', () => {
  it.each(['', 'no json', '[]', '{}', 'null', oldText(ONE), JSON.stringify({ ...ONE, token: 5 })])(
    'is skipped and left alone: %s',
    async (text) => {
      const shared = secretStorage();
      const store = new AccountStore(shared, memento());
      await store.add(ONE);
      await shared.store('quantAgents.account.other', text);
      await shared.store(`quantAgents.account.${'0'.repeat(32)}`, JSON.stringify({ ...ONE, token: 'of another key' }));
      expect((await store.list()).map(({ token }) => token.reveal())).toEqual(['token-of-1']);
      expect(await shared.get('quantAgents.account.other')).toBe(text);
    },
  );

  it.each(['', 'no json', '{}', '[1, null, {}]', '[{"id":"a"}]'])(
    'of version 0.1.0 is left alone too: %s',
    async (text) => {
      const shared = secretStorage();
      await shared.store(OLD, text);
      const store = new AccountStore(shared, memento());
      await store.add(ONE);
      await store.remove(TWO.id);
      expect((await store.list()).map(({ userId }) => userId)).toEqual(['1']);
      expect(await shared.get(OLD)).toBe(text);
    },
  );

  it('of version 0.1.0 does not hide the others in it', async () => {
    const shared = secretStorage();
    await shared.store(OLD, JSON.stringify([...(JSON.parse(oldText(ONE)) as unknown[]), { id: 'broken' }]));
    expect(await idsIn(shared)).toEqual(['1']);
    expect(await shared.get(OLD)).toBe('[{"id":"broken"}]');
  });
});

describe('Where SecretStorage cannot list its keys', () => {
  it.each([
    ['has no such function', undefined],
    ['rejects', () => Promise.reject(new Error('Secret storage provider does not support keys() method'))],
  ])('accounts of two windows are found all the same: it %s', async (_, keys) => {
    const shared = { ...secretStorage(), keys } as unknown as Storage;
    const state = memento();
    const here = new AccountStore(shared, state);
    const there = new AccountStore(shared, state);
    await Promise.all([here.add(ONE), there.add(TWO)]);
    expect((await here.list()).map(({ userId }) => userId).sort()).toEqual(['1', '2']);
    await there.remove(ONE.id);
    expect((await here.list()).map(({ userId }) => userId)).toEqual(['2']);
    expect(await idsIn(shared, state)).toEqual(['2']);
  });

  it('a storage that is locked is not taken for an empty one', async () => {
    const shared = { ...secretStorage(), keys: () => Promise.reject(new Error('The keyring is locked.')) };
    await expect(new AccountStore(shared, memento()).list()).rejects.toThrow('locked');
  });
});

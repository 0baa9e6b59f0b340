import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountStore, type SignedInAccount } from '../../../src/account/accountStore';
import { parseBaseUrl } from '../../../src/account/origin';
import { Sessions } from '../../../src/account/sessions';
import { QuantConnectClient } from '../../../src/core/api/client';
import { systemClock } from '../../../src/core/base/clock';
import { Secret } from '../../../src/core/base/secret';
import { render } from '../../../src/core/words/render';
import type { Words } from '../../../src/core/words/words';
import { memento, secretStorage } from '../../support/memories';

const WWW = 'https://www.quantconnect.com';
const BETA = 'https://beta.quantconnect.com';
const ALPHA = { id: 'a', name: 'Alpha' };

const account = (id: string, more: Partial<SignedInAccount> = {}): SignedInAccount => ({
  id,
  kind: 'quantconnect',
  userId: '1',
  label: id,
  origin: WWW,
  token: new Secret('token'),
  organization: ALPHA,
  ...more,
});

let secrets: ReturnType<typeof secretStorage>;
let baseUrl: string;
let workspaceState: ReturnType<typeof memento>;
let failures: string[];
let offers: number;
let signInProblems: (Words | undefined)[];
/** The tokens for which clients were made. */
let clients: string[];
let windows: { dispose(): void }[];

/** Sessions as a window of VS Code has them: windows share the secrets. */
function openWindow(): { sessions: Sessions; accounts: AccountStore; heard: (string | undefined)[] } {
  const accounts = new AccountStore(secrets, memento());
  const sessions = new Sessions({
    accounts,
    clock: systemClock,
    workspaceState,
    createClient: (of) => {
      clients.push(of.token.reveal());
      return Promise.resolve(new QuantConnectClient({ baseUrl, userId: of.userId, token: of.token }));
    },
    baseUrl: () => parseBaseUrl(baseUrl),
    feedback: {
      failed: (_error, doing) => {
        failures.push(render(doing, 'notification'));
        return Promise.resolve();
      },
    },
    offerSignIn: (signInProblem) => {
      offers++;
      signInProblems.push(signInProblem);
      return Promise.resolve();
    },
  });
  const heard: (string | undefined)[] = [];
  sessions.onDidChange((session) => heard.push(session?.account.id));
  windows.push(sessions, accounts);
  return { sessions, accounts, heard };
}

const until = (statement: () => unknown, value: unknown): Promise<unknown> =>
  expect.poll(statement, { timeout: 30_000, interval: 5 }).toEqual(value);

beforeEach(() => {
  secrets = secretStorage();
  workspaceState = memento();
  baseUrl = `${WWW}/api/v2`;
  failures = [];
  offers = 0;
  signInProblems = [];
  clients = [];
  windows = [];
});
afterEach(() => {
  for (const window of windows) window.dispose();
});

describe('A session', () => {
  it('ends in every window when the account is signed out in one, and begins in every window that has none', async () => {
    const here = openWindow();
    const there = openWindow();
    await Promise.all([here.sessions.ready(), there.sessions.ready()]);
    await here.accounts.add(account('one'));
    await until(() => [here.sessions.current?.account.id, there.sessions.current?.account.id], ['one', 'one']);
    const { signal } = there.sessions.current!;
    await here.accounts.remove('one');
    await until(() => [here.sessions.current, there.sessions.current], [undefined, undefined]);
    expect(signal.aborted).toBe(true);
    expect(there.heard.at(-1)).toBeUndefined();
  });

  it('goes on in the same organization with the new token when its account was signed in again in another window', async () => {
    const here = openWindow();
    const there = openWindow();
    await here.accounts.add(account('one'));
    await there.sessions.ready();
    await there.sessions.begin(account('one'), { id: 'b', name: 'Beta' });
    clients = [];
    await here.accounts.add(account('one', { token: new Secret('renewed') }));
    await until(
      () => clients.filter((token) => token === 'renewed').length > 0 && there.sessions.current?.organization.name,
      'Beta',
    );
    expect(clients).not.toContain('token');
  });

  it('is told of although the choice cannot be remembered', async () => {
    const { sessions, heard } = openWindow();
    workspaceState.update = () => Promise.reject(new Error('The disk is full.'));
    await expect(sessions.begin(account('one'))).rejects.toThrow('The disk is full.');
    expect(heard).toEqual(['one']);
    expect(sessions.current?.account.id).toBe('one');
  });

  it('follows the base URL: ends at another origin, and begins with the account that belongs there', async () => {
    const { sessions, accounts } = openWindow();
    await accounts.add(account('www'));
    await sessions.ready();
    const first = sessions.current;
    baseUrl = `${BETA}/api/v2`;
    await sessions.baseUrlChanged();
    expect(sessions.current).toBeUndefined();
    expect(first?.signal.aborted).toBe(true);
    await accounts.add(account('beta', { origin: BETA }));
    await until(() => sessions.current?.account.id, 'beta');
    baseUrl = `${WWW}/api/v2`;
    await sessions.baseUrlChanged();
    expect(sessions.current?.account.id).toBe('www');
  });

  it('is never the sandbox because a sign-in at another origin ended', async () => {
    const { sessions, accounts } = openWindow();
    await accounts.add(account('www'));
    await accounts.add(account('sandbox', { kind: 'sandbox', origin: 'sandbox' }));
    await until(() => sessions.current?.account.id, 'www');
    baseUrl = `${BETA}/api/v2`;
    await sessions.baseUrlChanged();
    expect(sessions.current).toBeUndefined();
  });
});

describe('Secrets that cannot be read when VS Code starts', () => {
  it('are said, asked for again when something needs them, and found then', async () => {
    await new AccountStore(secrets, memento()).add(account('one'));
    const get = secrets.get.bind(secrets);
    secrets.get = () => Promise.reject(new Error('The keyring is locked.'));
    const later = openWindow();
    expect(await later.sessions.ready()).toBeUndefined();
    expect(failures).toEqual(['restore the last sign-in']);
    expect(await later.sessions.require()).toBeUndefined();
    expect(offers).toBe(0);
    secrets.get = get;
    expect((await later.sessions.require())?.account.id).toBe('one');
  });
});

describe('Where nobody is signed in', () => {
  it('a command offers the ways to sign in', async () => {
    const { sessions } = openWindow();
    expect(await sessions.require()).toBeUndefined();
    expect(offers).toBe(1);
  });
});

describe('A session that a wrong base URL keeps from beginning', () => {
  it.each([
    ['an empty one', ''],
    ['no URL', 'quantconnect'],
    ['plain http', 'http://www.quantconnect.com/api/v2'],
  ])('is not called signed out: %s', async (_, wrong) => {
    const { sessions, accounts, heard } = openWindow();
    await accounts.add(account('one'));
    await until(() => sessions.current?.account.id, 'one');
    expect(sessions.signInProblem).toBeUndefined();
    baseUrl = wrong;
    await sessions.baseUrlChanged();
    expect(sessions.current).toBeUndefined();
    expect(render(sessions.signInProblem ?? '', 'notification')).toContain('quantAgents.apiBaseUrl');
    baseUrl = `${WWW}/api/v2`;
    await sessions.baseUrlChanged();
    expect([sessions.current?.account.id, sessions.signInProblem]).toEqual(['one', undefined]);
    expect(heard.at(-1)).toBe('one');
  });

  it('tells the user why, with the offer to sign in', async () => {
    const { sessions } = openWindow();
    baseUrl = '';
    expect(await sessions.require()).toBeUndefined();
    expect(signInProblems.map((words) => words && render(words, 'notification'))).toEqual([
      'The setting quantAgents.apiBaseUrl is empty.',
    ]);
  });

  it('is told of when the setting goes wrong while nobody is signed in', async () => {
    const { sessions, heard } = openWindow();
    await sessions.ready();
    baseUrl = 'nowhere';
    const before = heard.length;
    await sessions.baseUrlChanged();
    expect(heard.slice(before)).toEqual([undefined]);
  });
});

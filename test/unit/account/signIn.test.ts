import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AccountStore } from '../../../src/account/accountStore';
import { clientFactory } from '../../../src/account/clients';
import { parseBaseUrl } from '../../../src/account/origin';
import { checkedSandboxAccount } from '../../../src/account/sandboxAccount';
import { SandboxCloud } from '../../../src/account/sandboxCloud';
import { Sessions } from '../../../src/account/sessions';
import { SignIn } from '../../../src/account/signIn';
import type { QuantConnectApi } from '../../../src/core/api/api';
import { systemClock } from '../../../src/core/base/clock';
import type { AgentsSession } from '../../../src/core/organization/session';
import { render } from '../../../src/core/words/render';
import type { Feedback } from '../../../src/ui/feedback';
import type { Choice } from '../../../src/ui/quickPick';
import type { TextQuestion } from '../../../src/ui/inputs';
import { memento, secretStorage } from '../../support/memories';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { window } from '../../support/vscodeStub';

/** What the user types into each box, try by try, and which organization they choose. */
const user = vi.hoisted(() => ({
  types: [] as string[][],
  problems: [] as unknown[],
  chooses: (choices: readonly Choice<unknown>[]): Choice<unknown> | undefined => choices[0],
}));
vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/inputs', () => ({
  askForText: async ({ check }: TextQuestion) => {
    for (const text of user.types.shift() ?? []) {
      const problem = await check(text, new AbortController().signal);
      if (problem === undefined) return text;
      user.problems.push(problem);
    }
    return undefined;
  },
}));
vi.mock('../../../src/ui/quickPick', () => ({
  choose: (choices: readonly Choice<unknown>[]) => Promise.resolve(user.chooses(choices)?.value),
}));

let cloud: RunningSandbox;
let folder: string;
let clients: QuantConnectApi[];
let accounts: AccountStore;
let sessions: Sessions;
let signIn: SignIn;
/** Each session that began or ended, as the tree and the panels hear of it. */
let heard: (AgentsSession | undefined)[];
let failures: unknown[];
const feedback: Feedback = {
  failed: (error) => {
    failures.push(error);
    return Promise.resolve();
  },
};

beforeEach(async () => {
  cloud = await startSandbox();
  folder = mkdtempSync(path.join(tmpdir(), 'signIn-'));
  clients = [];
  heard = [];
  failures = [];
  user.problems = [];
  user.chooses = ([first]) => first;
  window.answer = undefined;
  const baseUrl = () => parseBaseUrl(cloud.url);
  const create = clientFactory({
    clock: systemClock,
    userAgent: 'test',
    baseUrl,
    sandbox: new SandboxCloud(folder, systemClock),
    log: () => undefined,
    onClockSkew: () => undefined,
  });
  const createClient: typeof create = async (credentials) => {
    const client = await create(credentials);
    clients.push(client);
    return client;
  };
  accounts = new AccountStore(secretStorage(), memento());
  sessions = new Sessions({
    accounts,
    createClient,
    clock: systemClock,
    workspaceState: memento(),
    baseUrl,
    feedback,
    offerSignIn: () => Promise.resolve(),
    signInByDefault: undefined,
  });
  sessions.onDidChange((session) => heard.push(session));
  signIn = new SignIn({ sessions, createClient, baseUrl });
  await sessions.ready();
  heard = [];
});
afterEach(async () => {
  expect(failures).toEqual([]);
  sessions.dispose();
  accounts.dispose();
  await cloud.stop();
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

describe('SignIn: with user ID and token', () => {
  it('makes one client, which tries the token, lists the organizations and serves the session', async () => {
    user.types = [[cloud.userId], [cloud.apiToken]];
    const account = await signIn.withToken();
    expect(account?.organization.id).toBe(sessions.current?.organization.id);
    expect(clients).toHaveLength(1);
    expect(sessions.current?.client).toBe(clients[0]);
    expect(heard).toEqual([sessions.current]);
    expect((await accounts.list()).map(({ id }) => id)).toEqual([account?.id]);
  });

  it('says why a token is refused, and the session gets the client of the try that worked', async () => {
    user.types = [
      ['47a', cloud.userId],
      ['', 'wrong', cloud.apiToken],
    ];
    await signIn.withToken();
    expect(user.problems.map((problem) => render(problem as string, 'input'))).toEqual([
      'A user ID is a number.',
      'Paste the API token from your account page.',
      expect.stringContaining('QuantConnect') as string,
    ]);
    expect(clients).toHaveLength(2);
    expect(sessions.current?.client).toBe(clients[1]);
  });

  it('keeps nothing where the user chooses no organization', async () => {
    user.types = [[cloud.userId], [cloud.apiToken]];
    user.chooses = () => undefined;
    expect(await signIn.withToken()).toBeUndefined();
    expect([await accounts.list(), sessions.current, heard]).toEqual([[], undefined, []]);
  });

  it('begins in the organization that the user chooses, with one session', async () => {
    user.types = [[cloud.userId], [cloud.apiToken]];
    user.chooses = (choices) => choices.at(-1);
    const account = await signIn.withToken();
    expect(sessions.current?.organization).toEqual(account?.organization);
    // What followed the new account would be heard of before the end.
    await accounts.remove(account?.id ?? '');
    await expect.poll(() => heard.at(-1), { timeout: 60_000 }).toBeUndefined();
    expect(heard.map((session) => session?.organization)).toEqual([account?.organization, undefined]);
  });

  it('leaves no session where the account cannot be stored', async () => {
    user.types = [[cloud.userId], [cloud.apiToken]];
    accounts.add = () => Promise.reject(new Error('The keyring is locked.'));
    await expect(signIn.withToken()).rejects.toThrow('locked');
    expect([sessions.current, heard]).toEqual([undefined, []]);
  });
});

describe('SignIn: with Lean CLI credentials', () => {
  it('makes one client and prefers the organization of the Lean CLI', async () => {
    mkdirSync(path.join(folder, '.lean'));
    const credentials = { 'user-id': cloud.userId, 'api-token': cloud.apiToken, 'organization-id': 'none' };
    writeFileSync(path.join(folder, '.lean', 'credentials'), JSON.stringify(credentials));
    vi.stubEnv('HOME', folder);
    vi.stubEnv('USERPROFILE', folder);
    window.answer = 'Sign In';
    await signIn.withLeanCredentials();
    expect(clients).toHaveLength(1);
    expect(sessions.current?.client).toBe(clients[0]);
    expect(heard).toEqual([sessions.current]);
  });
});

describe('SignIn: to the sandbox', () => {
  it('makes one client and one session', async () => {
    const account = await signIn.toSandbox();
    expect(account.kind).toBe('sandbox');
    expect(clients).toHaveLength(1);
    expect(sessions.current?.client).toBe(clients[0]);
    expect(heard).toEqual([sessions.current]);
  });

  it('is what a window begins with where `npm start` asks for it', async () => {
    const own: QuantConnectApi[] = [];
    const empty = new AccountStore(secretStorage(), memento());
    const create = clientFactory({
      clock: systemClock,
      userAgent: 'test',
      baseUrl: () => parseBaseUrl(cloud.url),
      sandbox: new SandboxCloud(folder, systemClock),
      log: () => undefined,
      onClockSkew: () => undefined,
    });
    const started = new Sessions({
      accounts: empty,
      createClient: create,
      clock: systemClock,
      workspaceState: memento(),
      baseUrl: () => parseBaseUrl(cloud.url),
      feedback,
      offerSignIn: () => Promise.resolve(),
      signInByDefault: () =>
        checkedSandboxAccount(async (credentials) => {
          own.push(await create(credentials));
          return own[0]!;
        }),
    });
    const session = await started.ready();
    expect(session?.account.kind).toBe('sandbox');
    expect(session?.client).toBe(own[0]);
    expect(await empty.list()).toHaveLength(1);
    started.dispose();
    empty.dispose();
  });
});

import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AccountStore } from '../../../src/account/accountStore';
import { clientFactory } from '../../../src/account/clients';
import { parseBaseUrl } from '../../../src/account/origin';
import { SandboxCloud } from '../../../src/account/sandboxCloud';
import { Sessions } from '../../../src/account/sessions';
import { RememberedBases } from '../../../src/agentDocuments/rememberedBases';
import { systemClock } from '../../../src/core/base/clock';
import { RememberedFiles } from '../../../src/prompts/rememberedFiles';
import { openMemory, temporaryFolder, workspace } from '../../support/savedInputFolders';
import { memento, secretStorage } from '../../support/memories';

const FIXTURE = path.join(import.meta.dirname, '../../fixtures/state-0.1.0');
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(FIXTURE, name), 'utf8')) as Record<string, unknown>;
const WWW = '123456@https://www.quantconnect.com';
const BETA = '123456@https://beta.quantconnect.com';
const SANDBOX = '1000047@https://sandbox.invalid';
const A = 'A-11111111111111111111111111111111';

const open: { dispose(): void }[] = [];
afterEach(() => {
  for (const service of open.splice(0)) service.dispose();
});

/** What VS Code stores for the extension, as version 0.1.0 left it. */
async function profileOf(version: 'state-0.1.0'): Promise<Profile> {
  const secrets = secretStorage();
  for (const [key, text] of Object.entries(read('secrets.json'))) await secrets.store(key, text as string);
  const storage = temporaryFolder();
  cpSync(path.join(FIXTURE, '..', version, 'sandbox.json'), path.join(storage, 'sandbox.json'));
  return {
    secrets,
    storage,
    globalState: memento(read('globalState.json')),
    home: workspace(read('workspaceState.json')),
  };
}

interface Profile {
  readonly secrets: ReturnType<typeof secretStorage>;
  readonly globalState: ReturnType<typeof memento>;
  readonly home: ReturnType<typeof workspace>;
  readonly storage: string;
}

/** Today's extension with that profile, as the container makes it. */
function start({ secrets, globalState, home, storage }: Profile, baseUrl = 'https://www.quantconnect.com/api/v2') {
  const failures: unknown[] = [];
  const accounts = new AccountStore(secrets, globalState);
  const sessions = new Sessions({
    accounts,
    clock: systemClock,
    workspaceState: home.memento,
    baseUrl: () => parseBaseUrl(baseUrl),
    createClient: clientFactory({
      clock: systemClock,
      userAgent: 'test',
      baseUrl: () => parseBaseUrl(baseUrl),
      sandbox: new SandboxCloud(storage, systemClock),
      log: () => undefined,
      onClockSkew: () => undefined,
    }),
    feedback: {
      failed: (error) => {
        failures.push(error);
        return Promise.resolve();
      },
    },
    offerSignIn: () => Promise.reject(new Error('The user is signed out.')),
  });
  open.push(sessions, accounts);
  return { accounts, sessions, failures };
}

describe('After the update from 0.1.0', () => {
  it('the user is signed in, to every account, with its token', async () => {
    const profile = await profileOf('state-0.1.0');
    const { accounts, failures } = start(profile);
    expect((await accounts.list()).map(({ id, token }) => [id, token.reveal().slice(0, 16)])).toEqual([
      [WWW, 'canary-token-one'],
      [BETA, 'canary-token-two'],
      [SANDBOX, '5a4d0b0c51ab0e5a'],
    ]);
    expect(await accounts.lostSecrets()).toBe(false);
    expect(await profile.secrets.keys()).not.toContain('quantAgents.accounts');
    // A second start, such as after a reload.
    expect((await start(profile).accounts.list()).map(({ id }) => id)).toEqual([WWW, BETA, SANDBOX]);
    expect(failures).toEqual([]);
  });

  it('the workspace goes on with the account and organization that it used', async () => {
    const { sessions } = start(await profileOf('state-0.1.0'));
    const session = await sessions.require();
    expect([session?.account.id, session?.organization.name]).toEqual([SANDBOX, 'Sandbox Capital']);
  });

  it('a workspace without a choice goes on with the QuantConnect account of the base URL', async () => {
    for (const [origin, id] of [
      ['https://www.quantconnect.com', WWW],
      ['https://beta.quantconnect.com', BETA],
    ] as const) {
      const profile = { ...(await profileOf('state-0.1.0')), home: workspace() };
      expect((await start(profile, `${origin}/api/v2`).sessions.require())?.account.id).toBe(id);
    }
  });

  it('the sandbox goes on: agent, task, and the deployment with its two prompts', async () => {
    const session = await start(await profileOf('state-0.1.0')).sessions.require();
    const { client, organization } = session!;
    expect((await client.listAgents(organization.id)).items.map(({ name }) => name)).toContain('Kept Agent');
    const task = (await client.listTasks(organization.id)).items.find(({ name }) => name === 'Kept task');
    const [deployment] = (await client.listDeployments(task!.id)).items;
    const { conversation } = await client.readConversation(deployment!.deploymentId);
    const prompts = conversation.messages
      .filter(({ role }) => role === 'user')
      .map(({ parts }) => JSON.stringify(parts));
    expect(prompts).toHaveLength(2);
    expect(prompts[1]).toContain('And on SPY?');
  });

  it('drafts and queue of conversations, remembered files and unsaved agents are there', async () => {
    const { home } = await profileOf('state-0.1.0');
    const memory = await openMemory(home);
    expect(memory.draft(A)).toBe('Half a thou');
    expect(memory.outbox(A).entries.map(({ text }) => text)).toEqual(['First in the queue', 'Second in the queue']);
    const session = {
      account: { id: '1000047@https://www.quantconnect.com' },
      organization: { id: '0123456789abcdef0123456789abcdef' },
    };
    const remembered = new RememberedFiles(home.memento).recall(
      'file:///workspace/prompts/momentum-qqq.prompt.md',
      session as Parameters<RememberedFiles['recall']>[1],
    );
    expect(remembered).toMatchObject({ task: { taskId: 12, deploymentId: A } });
    const uri = 'quantagents://0123456789abcdef0123456789abcdef/7/Backtest%20Agent.md';
    expect(
      new RememberedBases(home.memento).recall({ toString: () => uri } as Parameters<RememberedBases['recall']>[0]),
    ).toContain('You build strategies.');
  });
});

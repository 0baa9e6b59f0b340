import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SandboxCloud } from '../../../src/account/sandboxCloud';
import { QuantConnectClient } from '../../../src/core/api/client';
import { systemClock, type Clock } from '../../../src/core/base/clock';
import { Secret } from '../../../src/core/base/secret';
import { SANDBOX_CREDENTIALS } from '../../../src/sandbox/credentials';

const root = path.resolve(import.meta.dirname, '../../..');
let built: string;
let storage: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  built = path.join(mkdtempSync(path.join(tmpdir(), 'sandbox-window-')), 'window.cjs');
  await build({
    entryPoints: [path.join(root, 'test/support/sandboxWindow.ts')],
    outfile: built,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(path.dirname(built), { recursive: true, force: true });
});
beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(storage, { recursive: true, force: true });
});

interface Made {
  readonly agents: readonly number[];
  readonly deployments: readonly string[];
}

/** A window in a process of its own. It is ready to begin when this resolves. */
async function openProcess(name: string, clockOffsetMs = 0): Promise<{ begin(): Promise<Made>; kill(): void }> {
  const child = fork(built, [storage, name, String(clockOffsetMs)]);
  children.push(child);
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => {
      resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`The window ended with ${String(code)}.`));
    });
  });
  return {
    begin: () =>
      new Promise((resolve, reject) => {
        child.once('message', (made) => {
          resolve(made as Made);
        });
        child.once('exit', (code) => {
          reject(new Error(`The window ended with ${String(code)}.`));
        });
        child.send('begin');
      }),
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

async function openHere(clock: Clock = systemClock): Promise<{ client: QuantConnectClient; organizationId: string }> {
  const { adapter, baseUrl } = await new SandboxCloud(storage, clock).open();
  const { userId, apiToken } = SANDBOX_CREDENTIALS;
  const client = new QuantConnectClient({ baseUrl, adapter, clock, userId, token: new Secret(apiToken) });
  const [organization] = (await client.listOrganizations()).items;
  return { client, organizationId: organization?.id ?? '' };
}

async function agentNames({
  client,
  organizationId,
}: Awaited<ReturnType<typeof openHere>>): Promise<readonly string[]> {
  return (await client.listAgents(organizationId)).items.map(({ name }) => name);
}

describe('The sandbox in two windows', () => {
  it('keeps all that two processes make at the same time, with clocks an hour apart', async () => {
    const windows = [await openProcess('One'), await openProcess('Two', -3_600_000)] as const;
    const [one, two] = await Promise.all([windows[0].begin(), windows[1].begin()]);
    // A day later every run has ended, and the prompts that had to wait are in the conversations.
    const here = await openHere({ ...systemClock, now: () => Date.now() + 86_400_000 });
    const { items } = await here.client.listAgents(here.organizationId);
    expect(items.filter(({ name }) => /^(One|Two) \d$/.test(name))).toHaveLength(20);
    expect(new Set([...one.agents, ...two.agents]).size).toBe(20);
    for (const [name, { deployments }] of [
      ['One', one],
      ['Two', two],
    ] as const) {
      expect(deployments).toHaveLength(2);
      for (const deploymentId of deployments) {
        const { conversation } = await here.client.readConversation(deploymentId);
        expect(JSON.stringify(conversation)).toContain(`${name} asks on`);
        expect((await here.client.readDeployment(deploymentId)).status).toBe('Completed');
      }
    }
  });

  it('shows in one what the other has made', async () => {
    const here = await openHere();
    const there = await openHere();
    await here.client.createAgent(here.organizationId, { name: 'Made here' });
    expect(await agentNames(there)).toContain('Made here');
    await there.client.createAgent(there.organizationId, { name: 'Made there' });
    expect(await agentNames(here)).toEqual(expect.arrayContaining(['Made here', 'Made there']));
  });

  it('begins as one cloud when both open for the first time', async () => {
    const ahead = { ...systemClock, now: () => Date.now() + 5_000 };
    const windows = await Promise.all([openHere(), openHere(ahead)]);
    const [one, two] = await Promise.all(windows.map(({ client, organizationId }) => client.listTasks(organizationId)));
    expect(one).toEqual(two);
  });

  it('goes on after a window was killed in the middle of its work', async () => {
    const dying = await openProcess('Dying');
    const begun = dying.begin().catch(() => undefined);
    const here = await openHere();
    await expect.poll(() => agentNames(here), { timeout: 15_000, interval: 5 }).toContain('Dying 0');
    dying.kill();
    await begun;
    await here.client.createAgent(here.organizationId, { name: 'After' });
    expect(await agentNames(await openHere())).toEqual(expect.arrayContaining(['Dying 0', 'After']));
    expect(readdirSync(path.join(storage, 'sandbox')).filter((name) => name.startsWith('new-'))).toEqual([]);
  });

  it('falls back to the version before when the newest was torn by a power cut', async () => {
    const here = await openHere();
    await here.client.createAgent(here.organizationId, { name: 'Before' });
    mkdirSync(path.join(storage, 'sandbox', '99'));
    writeFileSync(path.join(storage, 'sandbox', '99', 'state.json'), '{"commits":["a"],"sta');
    const later = await openHere();
    expect(await agentNames(later)).toContain('Before');
    await later.client.createAgent(later.organizationId, { name: 'After' });
    expect(await agentNames(here)).toEqual(expect.arrayContaining(['Before', 'After']));
  });

  it('does not fill the disk with versions', async () => {
    const here = await openHere();
    for (let made = 0; made < 20; made++) {
      await here.client.createAgent(here.organizationId, { name: `Agent ${String(made)}` });
    }
    expect(readdirSync(path.join(storage, 'sandbox')).length).toBeLessThanOrEqual(9);
  });
});

describe('The sandbox on a disk that cannot be written', () => {
  it('works in this window', async () => {
    writeFileSync(path.join(storage, 'sandbox'), 'no folder can be made here');
    const here = await openHere();
    await here.client.createAgent(here.organizationId, { name: 'In memory' });
    await here.client.createAgent(here.organizationId, { name: 'In memory too' });
    expect(await agentNames(here)).toEqual(expect.arrayContaining(['In memory', 'In memory too']));
  });
});

describe('The sandbox of version 0.1.0', () => {
  it('goes on as it was', async () => {
    cpSync(path.join(root, 'test/fixtures/state-0.1.0/sandbox.json'), path.join(storage, 'sandbox.json'));
    const here = await openHere();
    expect(await agentNames(here)).toContain('Kept Agent');
    await here.client.createAgent(here.organizationId, { name: 'New' });
    expect(await agentNames(await openHere())).toEqual(expect.arrayContaining(['Kept Agent', 'New']));
    expect(existsSync(path.join(storage, 'sandbox.json'))).toBe(true);
  });

  it('is a fresh one where its file is broken', async () => {
    writeFileSync(path.join(storage, 'sandbox.json'), '{"version":1');
    expect((await agentNames(await openHere())).length).toBeGreaterThan(3);
  });
});

import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import { systemClock } from '../../../../src/core/base/clock';
import { markFailed, addQueued, addSending, EMPTY_OUTBOX } from '../../../../src/core/conversation/queue/outbox';
import { openMemory, temporaryFolder, workspace, type Workspace } from '../../../support/savedInputFolders';
import type { KillStep, SendPath, WindowTask } from '../../../support/outboxWindow';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

const PATIENCE = { timeout: 15_000, interval: 20 };
const PROMPT = '/agents/deployments/prompt';
const TEXT = 'Use SPY instead of QQQ';

let program: string;
let cloud: RunningSandbox;
let session: TestSession;
let home: Workspace;
let deploymentId: string;
/** The sandbox's time is ahead by so much: runs end when a test says so. */
let aheadMs: number;

beforeAll(async () => {
  program = path.join(temporaryFolder(), 'window.cjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, '../../../support/outboxWindow.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: { vscode: path.join(import.meta.dirname, '../../../support/vscodeModule.ts') },
    logLevel: 'error',
    define: { 'import.meta.url': '__filename' },
  });
});
beforeEach(async () => {
  aheadMs = 0;
  cloud = await startSandbox({ clock: { now: () => systemClock.now() + aheadMs } });
  session = beginSession(cloud);
  home = workspace();
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0);
  ({ deploymentId } = await session.store.deployTask(task?.id ?? 0));
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

/** What the window finds in the outbox. */
async function prepare(how: SendPath): Promise<void> {
  if (how === 'send' || how === 'queue') return;
  const memory = await openMemory(home);
  const prompt = { clientId: 'c1', text: TEXT, at: 1 };
  await memory.saveOutbox(
    deploymentId,
    how === 'sendAgain'
      ? markFailed(addSending(EMPTY_OUTBOX, prompt, []), 'c1', 'No.')
      : addQueued(EMPTY_OUTBOX, prompt, []),
  );
  await memory.close();
}

/** Runs a window until it is killed at the step. */
async function killed(how: SendPath, step: KillStep): Promise<void> {
  const { url, userId, apiToken, organizationId } = cloud;
  const task: WindowTask = {
    root: home.root,
    deploymentId,
    cloud: { url, userId, apiToken, organizationId },
    how,
    text: TEXT,
    step,
  };
  const window = spawn(process.execPath, [program, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<string | null>((resolve) => {
    window.on('exit', (_, signal) => {
      resolve(signal);
    });
  });
  let said = '';
  window.stdout.on('data', (data) => {
    said += String(data);
  });
  if (how === 'queue') {
    await expect.poll(() => said, PATIENCE).toContain('queued');
    aheadMs += 60 * 60_000;
  }
  if (step === 'when the request has left') {
    await expect.poll(() => cloud.count(PROMPT), PATIENCE).toBe(1);
    window.kill('SIGKILL');
  }
  expect(await ended).toBe('SIGKILL');
}

const STEPS: readonly (readonly [KillStep, arrives: boolean])[] = [
  ['before the write', false],
  ['when the temporary file is written', false],
  ['when the file is renamed', false],
  ['when the request has left', true],
  ['when the answer has come', true],
  ['when the answer is written', true],
];

describe.each<readonly [SendPath]>([['send'], ['queue'], ['sendAgain'], ['sendNow'], ['resume']])(
  'PromptSender: the host dies during %s',
  (how) => {
    it.each(STEPS)('%s: the text is not lost, and no prompt is sent twice by itself', async (step, arrives) => {
      if (how === 'resume') aheadMs += 60 * 60_000;
      await prepare(how);
      if (step === 'when the request has left') cloud.faults.add({ path: PROMPT, kind: 'silence', carriedOut: true });
      await killed(how, step);
      const before = cloud.count(PROMPT);
      expect(before).toBe(arrives ? 1 : 0);
      cloud.faults.clear();

      // The next window.
      const memory = await openMemory(home);
      const [entry] = memory.outbox(deploymentId).entries;
      expect([memory.draft(deploymentId), entry?.text]).toContain(TEXT);
      if (arrives || step === 'when the file is renamed')
        expect(entry?.state).toBe(step === 'when the answer is written' ? 'accepted' : 'uncertain');
      const live = new LiveConversation(session, deploymentId, memory, systemClock);
      await live.readNow();
      // A prompt that is still queued leaves at the end of a run that the next window watched: once, and rightly.
      if (arrives || how !== 'sendNow') aheadMs += 60 * 60_000;
      await live.readNow();
      if (arrives) {
        await expect.poll(() => live.state().outbox, PATIENCE).toEqual([]);
      } else {
        await live.readNow();
        expect([live.state().draft, ...live.state().outbox.map(({ text }) => text)]).toContain(TEXT);
        expect(live.state().outbox.map(({ state }) => state)).not.toContain('sending');
      }
      const said = live.messages.filter(
        ({ role, parts }) => role === 'user' && parts.some((part) => part.kind === 'text' && part.text === TEXT),
      );
      expect(said).toHaveLength(arrives ? 1 : 0);
      expect(cloud.count(PROMPT)).toBe(before);
      live.dispose();
      await memory.close();
    });
  },
);

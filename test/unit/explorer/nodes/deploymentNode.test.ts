import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationRecords } from '../../../../src/conversation/documents/conversationRecords';
import { LiveConversation } from '../../../../src/conversation/live/liveConversation';
import type { Deployment } from '../../../../src/core/api/model';
import { systemClock } from '../../../../src/core/base/clock';
import { exportMarkdown } from '../../../../src/core/conversation/documents/exportMarkdown';
import { runStateOf } from '../../../../src/core/organization/status/runState';
import { runTimeWords } from '../../../../src/core/organization/status/runTimeWords';
import { render } from '../../../../src/core/words/render';
import { AgentNode } from '../../../../src/explorer/nodes/agentNode';
import { DeploymentNode } from '../../../../src/explorer/nodes/deploymentNode';
import { TaskNode } from '../../../../src/explorer/nodes/taskNode';
import { Pickers } from '../../../../src/ui/pickers';
import { openMemory } from '../../../support/savedInputFolders';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

/** A VS Code list that reports when it has its choices. Nobody closes it. */
const lists = vi.hoisted(() => ({ filled: (_items: readonly { description?: string }[]): void => undefined }));
class QuickPick {
  private choices: readonly { description?: string }[] = [];
  activeItems: unknown;

  get items(): readonly { description?: string }[] {
    return this.choices;
  }
  set items(items: readonly { description?: string }[]) {
    this.choices = items;
    lists.filled(items);
  }

  show(): void {}
  dispose(): void {}
  onDidAccept(): void {}
  onDidHide(): void {}
}
vi.mock('vscode', async () => {
  const stub = await import('../../../support/vscodeStub');
  return { ...stub, window: { ...stub.window, createQuickPick: () => new QuickPick() } };
});

const HOUR = 3_600_000;
let cloud: RunningSandbox;
let session: TestSession;
let live: LiveConversation | undefined;
let aheadMs: number;
let deployment: Deployment;
let taskId: number;

beforeEach(async () => {
  aheadMs = 0;
  cloud = await startSandbox({ clock: { now: () => systemClock.now() + aheadMs } });
  session = beginSession(cloud);
  await session.store.refreshAll();
  taskId = session.store.snapshot.tasks.value?.find(({ active }) => active.length === 0)?.id ?? 0;
  deployment = await session.store.deployTask(taskId);
});
afterEach(async () => {
  live?.dispose();
  live = undefined;
  session.end();
  await cloud.stop();
});

async function openPanel(): Promise<LiveConversation> {
  live = new LiveConversation(session, deployment.deploymentId, await openMemory(), systemClock);
  await live.readNow();
  return live;
}

/** From now on, the API adds these fields to every deployment. */
function apiSays(fields: object): void {
  const change = (body: string): string =>
    JSON.stringify(JSON.parse(body), (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'deploymentId' in value && 'mcpTools' in value
        ? { ...value, ...fields }
        : value,
    );
  for (const path of ['/agents/deployments/read', '/agents/deployments/list'])
    cloud.faults.add({ path, kind: 'body', change });
}

const taskNode = (): TaskNode => new TaskNode(session, taskId, new AgentNode(session, 1));
const node = (): DeploymentNode => new DeploymentNode(session, deployment.deploymentId, taskId, taskNode());

/** The description of this deployment in the list of the task's deployments. */
async function pickerRow(): Promise<string | undefined> {
  const items = new Promise<readonly { description?: string }[]>((resolve) => (lists.filled = resolve));
  const task = session.store.task(taskId);
  if (!task) throw new Error('no task');
  void new Pickers().pickDeployment(session, task, { title: 'Choose' });
  const index = session.store
    .deploymentsOf(taskId)
    .value?.findIndex((other) => other.deploymentId === deployment.deploymentId);
  return (await items)[index ?? 0]?.description;
}

async function exported(): Promise<string> {
  const records = new ConversationRecords({
    sessions: { ready: () => Promise.resolve(session) },
    clock: systemClock,
    live: { get: () => live, timesOf: () => new Map() },
  });
  return exportMarkdown(await records.read(session, deployment.deploymentId));
}

describe('DeploymentNode', () => {
  it.each([
    ['InQueue', null, null, 'In queue', 'clock'],
    ['running', null, null, 'Running', 'loading~spin'],
    ['Completed', '2026-11-24 10:00:00', null, 'Completed', 'pass'],
    ['Running', '2026-11-24 10:00:00', null, 'Ended', 'circle-slash'],
    ['Running', '2026-11-24 10:00:00', 'AttributeError', 'Failed', 'error'],
    ['PausedByUser', null, null, 'Paused by user', 'question'],
    ['PausedByUser', '2026-11-24 10:00:00', null, 'Paused by user', 'question'],
  ])(
    'with status %s, ended %s and runtime error %s reads “%s” everywhere, icon %s',
    async (status, ended, runtimeError, word, icon) => {
      apiSays({ status, ended, runtimeError, started: null });
      const panel = await openPanel();
      const row = node().row();
      expect({
        tree: render(row.description ?? '', 'tree').split(' · ')[0],
        icon: (row.icon as { id: string }).id,
        panel: render(runStateOf(panel.state().header).word, 'page'),
        picker: (await pickerRow())?.split(' · ')[0],
        exported: /\*\*Status:\*\* (.*)/.exec(await exported())?.[1],
      }).toEqual({ tree: word, icon, panel: word, picker: word, exported: word });
      expect(row.contextValue).toContain(panel.state().header.canStop ? 'active' : 'ended');
      if (ended !== null) expect(render(taskNode().row().description ?? '', 'tree')).not.toMatch(/running|queue/i);
    },
  );

  it('shows the sum of its turns everywhere if it was prompted again hours later', async () => {
    const panel = await openPanel();
    aheadMs += HOUR;
    await panel.readNow();
    const first = panel.state().header;
    expect(first.runTime).toEqual({ ms: (first.ended ?? 0) - (first.started ?? 0), bound: 'exact', turns: 1 });
    aheadMs += 4 * HOUR;
    await panel.send('1', 'Summarize where we are.');
    aheadMs += HOUR;
    await panel.readNow();
    await session.store.refreshDeployments(taskId);

    const { header } = panel.state();
    const prompted = panel.messages.filter(({ role }) => role === 'user').at(-1)?.time ?? 0;
    const second = (header.ended ?? 0) - prompted;
    expect(header.runTime).toEqual({ ms: (first.runTime?.ms ?? 0) + second, bound: 'exact', turns: 2 });
    expect(header.runTime?.ms).toBeLessThan(HOUR);
    const words = header.runTime && render(runTimeWords(header.runTime), 'page');
    expect(words).toMatch(/ in 2 turns$/);
    expect(render(node().row().description ?? '', 'tree')).toBe(`Completed · ${words ?? ''}`);
    expect(await pickerRow()).toBe(`Completed · ${words ?? ''}`);
    expect(await exported()).toContain(`- **Worked:** ${words ?? ''}`);
  });

  it('says that its time may include pauses before a read, and gives a lower bound after it', async () => {
    const tasks = session.store.snapshot.tasks.value ?? [];
    taskId = tasks.find(({ name }) => name === 'Momentum on QQQ and GLD')?.id ?? 0;
    await session.store.refreshDeployments(taskId);
    const pausedFor4Hours = session.store
      .deploymentsOf(taskId)
      .value?.findLast(({ started = 0, ended = 0 }) => ended - started > 4 * HOUR && ended - started < 5 * HOUR);
    if (!pausedFor4Hours) throw new Error('the sandbox has no such run');
    deployment = pausedFor4Hours;
    expect(render(node().row().description ?? '', 'tree')).toMatch(/^Completed · up to 4 h/);
    expect(
      node()
        .facts()
        .rows.map(([, value]) => render(String(typeof value === 'object' ? render(value, 'tree') : value), 'tree')),
    ).toContainEqual(expect.stringMatching(/^up to 4 h .*, including pauses between prompts$/));
    await openPanel();
    expect(render(node().row().description ?? '', 'tree')).toMatch(
      /^Completed · at least \d+ s in 2 turns$|^Completed · at least \d m.* in 2 turns$/,
    );
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/core/base/clock';
import { Emitter } from '../../../src/core/base/events';
import type { AgentsSession, SessionSource } from '../../../src/core/organization/session';
import { say } from '../../../src/core/words/words';
import { Explorer } from '../../../src/explorer/explorer';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import type { ExplorerNode } from '../../../src/explorer/nodes/node';
import type { TaskNode } from '../../../src/explorer/nodes/taskNode';
import { createTree, type TreeSource } from '../../../src/ui/treeItems';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';
import { view } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

let cloud: RunningSandbox;
let here: TestSession;
let sessions: SessionSource & { switchTo(session: AgentsSession | undefined): void };
let explorer: Explorer;
let drawn: unknown[];

beforeEach(async () => {
  cloud = await startSandbox({ speed: 100 });
  here = beginSession(cloud);
  const changed = new Emitter<AgentsSession | undefined>();
  let current: AgentsSession | undefined;
  sessions = {
    get current() {
      return current;
    },
    onDidChange: changed.event,
    ready: () => Promise.resolve(current),
    require: () => Promise.resolve(current),
    switchTo(session) {
      current = session;
      changed.fire(session);
    },
  };
  Object.assign(view, { visible: true, revealed: [], refusesToReveal: false });
  explorer = new Explorer(sessions, systemClock, createTree('tree', {} as TreeSource<ExplorerNode>));
  drawn = [];
  explorer.onDidChangeTreeData((what) => drawn.push(what));
  sessions.switchTo(here);
});
afterEach(async () => {
  explorer.dispose();
  here.end();
  await cloud.stop();
});

const agentRows = async (): Promise<readonly AgentNode[]> =>
  (await explorer.getChildren()).filter((row) => row instanceof AgentNode);

describe('Explorer', () => {
  it('never shows a row of the previous session, even if its answer comes after the switch', async () => {
    cloud.faults.add({ path: '/agents/tasks/list', kind: 'delay', ms: 300, times: 1 });
    const late = explorer.getChildren();
    await expect.poll(() => here.store.snapshot.agents.value).toBeDefined();
    const there = beginSession(cloud);
    sessions.switchTo(there);
    here.end();
    expect(await late).toEqual([]);
    const rows = await agentRows();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ session }) => session !== there)).toEqual([]);
    there.end();
  });

  it('sends no request when a row is redrawn', async () => {
    await agentRows();
    const before = cloud.requests.length;
    for (const row of await agentRows()) await row.children();
    expect(cloud.requests.length).toBe(before);
  });

  it('redraws the top level when an unlisted agent gets a task', async () => {
    await agentRows();
    drawn.length = 0;
    cloud.faults.add({
      path: '/agents/tasks/list',
      kind: 'body',
      change: (body) => {
        const answer = JSON.parse(body) as { tasks: object[] };
        return JSON.stringify({
          ...answer,
          tasks: [...answer.tasks, { id: 990_001, agentId: 990_000, name: 'Of nobody', status: [] }],
        });
      },
    });
    await here.store.refreshTasks();
    expect(drawn).toContain(undefined);
    const row = (await agentRows()).find(({ agentId }) => agentId === 990_000);
    expect(row?.row()).toMatchObject({
      label: say('Agent {0}', 990_000),
      description: say('not in the list of agents'),
    });
    expect((await row?.children())?.[0]?.row().label).toBe('Of nobody');
    cloud.faults.clear();
    drawn.length = 0;
    await here.store.refreshTasks();
    expect(drawn).toContain(undefined);
    expect((await agentRows()).some(({ agentId }) => agentId === 990_000)).toBe(false);
  });

  it('selects a new task, and does not throw if VS Code cannot', async () => {
    await agentRows();
    const [task] = here.store.snapshot.tasks.value ?? [];
    if (!task) throw new Error('The sandbox has no task.');
    await explorer.reveal(here, task);
    expect(view.revealed).toHaveLength(1);
    expect((view.revealed[0] as TaskNode).taskId).toBe(task.id);
    view.refusesToReveal = true;
    await expect(explorer.reveal(here, task)).resolves.toBeUndefined();
    view.refusesToReveal = false;
    const there = beginSession(cloud);
    sessions.switchTo(there);
    await explorer.reveal(here, task);
    expect(view.revealed).toHaveLength(1);
    there.end();
  });
});

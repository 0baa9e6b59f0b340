import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrganizationChange } from '../../../../src/core/organization/snapshot';
import { startSandbox, type RunningSandbox } from '../../../support/sandboxServer';
import { beginSession, type TestSession } from '../../../support/session';

let cloud: RunningSandbox;
let session: TestSession;
let heard: OrganizationChange[];

beforeEach(async () => {
  cloud = await startSandbox({ speed: 100 });
  session = beginSession(cloud);
  heard = [];
  session.store.onDidChange((changes) => heard.push(...changes));
  await session.store.refreshAll();
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

const someTask = () => {
  const task = session.store.snapshot.tasks.value?.find(
    ({ active, deploymentCount }) => active.length === 0 && (deploymentCount ?? 0) > 0,
  );
  if (!task) throw new Error('The sandbox has no idle task.');
  return task;
};

describe('OrganizationStore: reading again', () => {
  it('notifies nobody if nothing changed', async () => {
    await session.store.refreshDeployments(someTask().id);
    heard.length = 0;
    const agents = session.store.snapshot.agents.value;
    await Promise.all([session.store.refreshAgents(), session.store.refreshDeployments(someTask().id)]);
    expect(heard).toEqual([]);
    expect(session.store.snapshot.agents.value).toBe(agents);
  });

  it('sends one request for several callers', async () => {
    const before = cloud.count('/agents/list');
    await Promise.all([session.store.refreshAgents(), session.store.refreshAgents(), session.store.refreshAgents()]);
    expect(cloud.count('/agents/list')).toBe(before + 1);
  });

  it('keeps the last good value, its age and the problem after a failure, and clears the problem after a success', async () => {
    const before = session.store.snapshot.tasks;
    cloud.faults.add({ path: '/agents/tasks/list', kind: 'body', change: () => '<html>' });
    await session.store.refreshTasks();
    expect(session.store.snapshot.tasks.value).toBe(before.value);
    expect(session.store.snapshot.tasks.confirmedAt).toBe(before.confirmedAt);
    expect(session.store.snapshot.tasks.problem).toBeDefined();
    expect(heard).toContainEqual({ kind: 'agents' });
    cloud.faults.clear();
    await session.store.refreshTasks();
    expect(session.store.snapshot.tasks.problem).toBeUndefined();
  });

  it('never shows an answer from before an intent of the user', async () => {
    const task = someTask();
    cloud.faults.add({ path: '/agents/tasks/list', kind: 'delay', ms: 400, times: 1 });
    const names = new Set<string | undefined>();
    const slow = session.store.refreshTasks();
    await session.store.renameTask(task.id, 'Renamed meanwhile');
    session.store.onDidChange(() => names.add(session.store.task(task.id)?.name));
    await slow;
    expect(session.store.task(task.id)?.name).toBe('Renamed meanwhile');
    expect(names).not.toContain(task.name);
  });

  it('changes nothing after the session has ended', async () => {
    cloud.faults.add({ path: '/agents/list', kind: 'delay', ms: 300 });
    const late = session.store.refreshAgents();
    session.end();
    const { snapshot } = session.store;
    await late;
    expect(session.store.snapshot).toBe(snapshot);
  });
});

describe('OrganizationStore: a list that keeps contradicting the tasks', () => {
  it('is read again when the tasks say something new, and otherwise only now and then', async () => {
    const task = someTask();
    const reads = (): number =>
      cloud.requests.filter(
        ({ path, body }) => path === '/agents/deployments/list' && (body as { taskId: number }).taskId === task.id,
      ).length;
    await session.store.refreshDeployments(task.id);
    const before = reads();
    let ghost = 'A-ghost';
    cloud.faults.add({
      path: '/agents/tasks/list',
      kind: 'body',
      change: (body) => {
        const answer = JSON.parse(body) as { tasks: { id: number; status: unknown }[] };
        for (const listed of answer.tasks)
          if (listed.id === task.id) listed.status = [{ deploymentId: ghost, status: 'Running' }];
        return JSON.stringify(answer);
      },
    });
    for (let poll = 0; poll < 5; poll++) await session.store.refreshTasks();
    expect(reads()).toBe(before + 1);
    ghost = 'A-other';
    for (let poll = 0; poll < 5; poll++) await session.store.refreshTasks();
    expect(reads()).toBe(before + 2);
  });
});

describe('OrganizationStore: intents', () => {
  it('deploys a task once for several calls, and row, task and list agree', async () => {
    const task = someTask();
    const [one, two] = await Promise.all([session.store.deployTask(task.id), session.store.deployTask(task.id)]);
    expect(two.deploymentId).toBe(one.deploymentId);
    expect(cloud.count('/agents/deployments/create')).toBe(1);
    expect(session.store.deployment(one.deploymentId)).toBeDefined();
    expect(session.store.task(task.id)?.deploymentCount).toBe((task.deploymentCount ?? 0) + 1);
  });

  it('adds a created task and removes a deleted one at once', async () => {
    const { agentId = 47 } = someTask();
    const task = await session.store.createTask({
      agentId,
      name: 'New',
      prompt: 'Do it.',
      projectPreference: 'project-for-task',
    });
    expect(session.store.task(task.id)?.name).toBe('New');
    await session.store.deleteTask(task.id);
    expect(session.store.task(task.id)).toBeUndefined();
    await session.store.refreshTasks();
    expect(session.store.task(task.id)).toBeUndefined();
  });

  it('updates an agent and shows the server’s version of it', async () => {
    const agent = session.store.snapshot.agents.value?.[0];
    if (!agent) throw new Error('The sandbox has no agent.');
    const updated = await session.store.updateAgent(agent.id, { description: 'Changed' });
    expect(updated.description).toBe('Changed');
    expect(session.store.agent(agent.id)?.description).toBe('Changed');
    expect(cloud.requests.filter(({ path }) => path === '/agents/update').map(({ body }) => body)).toEqual([
      { agentId: agent.id, description: 'Changed' },
    ]);
  });

  it('sends nothing after the account or organization was switched', async () => {
    const task = someTask();
    session.end();
    const { store } = session;
    for (const intent of [
      () => store.deleteTask(task.id),
      () => store.renameTask(task.id, 'Other'),
      () => store.deployTask(task.id),
      () => store.deleteAgent(task.agentId ?? 0),
      () => store.promptDeployment('A-1', 'Go on'),
      () => store.stopDeployment('A-1'),
      () => store.deleteDeployment('A-1'),
    ])
      await expect(intent()).rejects.toThrow('switched');
    for (const path of [
      '/agents/tasks/delete',
      '/agents/tasks/update',
      '/agents/deployments/create',
      '/agents/delete',
      '/agents/deployments/prompt',
      '/agents/deployments/stop',
      '/agents/deployments/delete',
    ]) {
      expect(cloud.count(path), path).toBe(0);
    }
  });

  it('changes nothing and throws if an intent fails', async () => {
    cloud.faults.add({
      path: '/agents/tasks/delete',
      kind: 'status',
      status: 200,
      body: '{"success":false,"errors":["No. REF #1"]}',
    });
    const task = someTask();
    await expect(session.store.deleteTask(task.id)).rejects.toMatchObject({
      kind: 'rejected',
      serverMessages: ['No. REF #1'],
    });
    expect(session.store.task(task.id)).toEqual(task);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, CommandServices } from '../../../src/commands/command';
import { deleteAgent } from '../../../src/commands/deleteAgent';
import { deleteDeployment } from '../../../src/commands/deleteDeployment';
import { deleteTask } from '../../../src/commands/deleteTask';
import { renameTask } from '../../../src/commands/renameTask';
import { stopDeployment } from '../../../src/commands/stopDeployment';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import { deploymentTarget } from '../../../src/core/commandIds';
import { targetDeployment } from '../../../src/commands/targets';
import { DeploymentNode } from '../../../src/explorer/nodes/deploymentNode';
import { TaskNode } from '../../../src/explorer/nodes/taskNode';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { loaded } from '../../support/loaded';
import { beginSession, type TestSession } from '../../support/session';
import { questions, window } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

const WRITES = [
  '/agents/delete',
  '/agents/tasks/delete',
  '/agents/tasks/update',
  '/agents/deployments/delete',
  '/agents/deployments/stop',
];
let cloud: RunningSandbox;
let session: TestSession;
let services: CommandServices;
let picks: boolean;
let unsent: string | undefined;
let node: { agent: AgentNode; task: TaskNode; deployment: DeploymentNode };

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  await session.store.refreshAll();
  const task = session.store.snapshot.tasks.value?.find(
    ({ active, deploymentCount }) => active.length === 0 && deploymentCount,
  );
  if (task?.agentId === undefined) throw new Error('The sandbox has no idle task.');
  await session.store.refreshDeployments(task.id);
  const [deployment] = session.store.deploymentsOf(task.id).value ?? [];
  const agent = new AgentNode(session, task.agentId);
  const taskNode = new TaskNode(session, task.id, agent);
  node = {
    agent,
    task: taskNode,
    deployment: new DeploymentNode(session, deployment?.deploymentId ?? '', task.id, taskNode),
  };
  picks = true;
  questions.length = 0;
  unsent = undefined;
  window.answer = undefined;
  services = {
    sessions: { require: () => Promise.resolve(session) },
    conversations: loaded({
      panels: {
        inFront: undefined,
        stopIfOpen: () => Promise.resolve(false),
        close: () => undefined,
        unsentWords: () => Promise.resolve(unsent),
      },
    }),
    pickers: {
      pickAgent: () => Promise.resolve(picks ? node.agent.agent : undefined),
      pickTask: () => Promise.resolve(picks ? node.task.task : undefined),
      pickDeployment: () => Promise.resolve(picks ? node.deployment.deployment : undefined),
    },
  } as unknown as CommandServices;
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

const written = (): readonly string[] => WRITES.filter((path) => cloud.count(path) > 0);
const DELETING: readonly (readonly [string, Command])[] = [
  ['deleteAgent', deleteAgent],
  ['deleteTask', deleteTask],
  ['deleteDeployment', deleteDeployment],
];

describe('Deleting', () => {
  it.each(DELETING)('%s asks modally before anything, whatever it is called with', async (_, command) => {
    const junk = [
      undefined,
      null,
      0,
      47,
      'all',
      '',
      {},
      [],
      { key: 'task 1', taskId: 1, session },
      {
        get key(): never {
          throw new Error('junk');
        },
      },
      node.agent,
      node.task,
      node.deployment,
    ];
    for (const target of junk) await command.run(services, target).catch(() => undefined);
    expect(questions.length).toBeGreaterThan(junk.length / 2);
    expect(questions.filter(({ modal }) => !modal)).toEqual([]);
    expect(written()).toEqual([]);
  });

  it.each(DELETING)('%s does nothing where nothing is chosen', async (_, command) => {
    picks = false;
    await command.run(services, undefined);
    expect(questions).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('of a task says what goes with it as it is now, not as it was when the tree was read', async () => {
    const { deploymentCount = 0 } = node.task.task ?? {};
    await beginSession(cloud).client.createDeployment(node.task.taskId);
    const details: unknown[] = [];
    const show = vi.spyOn(window, 'showWarningMessage').mockImplementation((_text, options) => {
      details.push(options);
      return Promise.resolve(undefined);
    });
    await deleteTask.run(services, node.task);
    show.mockRestore();
    expect(JSON.stringify(details)).toContain(`${String(deploymentCount + 1)} deployments`);
    expect(JSON.stringify(details)).toContain('1 of them is active');
  });

  it('happens once it is confirmed', async () => {
    window.answer = 'Delete Task';
    await deleteTask.run(services, node.task);
    expect(written()).toEqual(['/agents/tasks/delete']);
    expect(node.task.task).toBeUndefined();
  });
});

describe('A row of the account or organization before', () => {
  it.each([
    ['deleteAgent', deleteAgent, 'agent'],
    ['deleteTask', deleteTask, 'task'],
    ['deleteDeployment', deleteDeployment, 'deployment'],
    ['renameTask', renameTask, 'task'],
    ['stopDeployment', stopDeployment, 'deployment'],
  ] as const)('%s does not act in the one that is active', async (_, command, kind) => {
    const row = node[kind];
    session.end();
    session = beginSession(cloud);
    await session.store.refreshAll();
    window.answer = 'Delete Task';
    await expect(command.run(services, row)).rejects.toThrow('switched');
    expect(questions).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('that was asked about when the session ended is left alone, although the user agrees', async () => {
    vi.spyOn(window, 'showWarningMessage').mockImplementationOnce(() => {
      session.end();
      return Promise.resolve('Delete Task');
    });
    await expect(deleteTask.run(services, node.task)).rejects.toThrow('switched');
    expect(written()).toEqual([]);
  });
});

it('Deleting a deployment says which words of the user go with it', async () => {
  await deleteDeployment.run(services, node.deployment);
  unsent = 'an unsent draft and 1 prompt that waits';
  await deleteDeployment.run(services, node.deployment);
  expect(questions.map(({ detail }) => detail?.includes('an unsent draft and 1 prompt that waits'))).toEqual([
    false,
    true,
  ]);
});

describe('A row', () => {
  it('is what a command acts on, which says so when what it stands for is gone', async () => {
    window.answer = 'Delete Task';
    picks = false;
    await deleteTask.run(services, node.task);
    expect(written()).toEqual(['/agents/tasks/delete']);
    await expect(deleteTask.run(services, node.task)).rejects.toThrow('not in the organization any more');
  });
});

describe('A deployment that its panel names', () => {
  it('is the one that is meant, whatever is in front or selected', async () => {
    picks = false;
    const { deploymentId } = node.deployment;
    await expect(targetDeployment(services, deploymentTarget(deploymentId), 'Export')).resolves.toMatchObject({
      session,
      on: { deploymentId },
    });
  });

  it('is read where nobody has yet, and its absence is told', async () => {
    const { deploymentId } = node.deployment;
    session = beginSession(cloud);
    await expect(targetDeployment(services, deploymentTarget(deploymentId), 'Export')).resolves.toMatchObject({
      on: { deploymentId },
    });
    await expect(
      targetDeployment(services, deploymentTarget('A-00000000000000000000000000000000'), 'Export'),
    ).rejects.toThrow();
  });
});

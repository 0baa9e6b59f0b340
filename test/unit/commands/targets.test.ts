import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Call } from '../../../src/commands/call';
import type { AnyCommand, Command, CommandServices } from '../../../src/commands/command';
import { copyId } from '../../../src/commands/copyId';
import { deleteAgent } from '../../../src/commands/deleteAgent';
import { deleteDeployment } from '../../../src/commands/deleteDeployment';
import { deleteTask } from '../../../src/commands/deleteTask';
import { deployTask } from '../../../src/commands/deployTask';
import { renameTask } from '../../../src/commands/renameTask';
import { stopDeployment } from '../../../src/commands/stopDeployment';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import { deploymentTarget } from '../../../src/core/commandIds';
import { runOnTarget } from '../../../src/commands/targets';
import { DeploymentNode } from '../../../src/explorer/nodes/deploymentNode';
import { TaskNode } from '../../../src/explorer/nodes/taskNode';
import type { Deployment } from '../../../src/core/api/model';
import { say } from '../../../src/core/words/words';
import type { PickFrom } from '../../../src/ui/pickers';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { loaded } from '../../support/loaded';
import { beginSession, type TestSession } from '../../support/session';
import { questions, window } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/outside', () => ({ copy: (text: string) => Promise.resolve(copied.push(text)) }));

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
/** What the user answers where Copy ID asks for the kind of thing. */
let kind: 'agent' | 'task' | 'deployment' | undefined;
/** Where each list that was shown started. */
let starts: { kind?: unknown; agent?: unknown; task?: unknown; deployment?: unknown };
/** Which deployments the last list of deployments offers. */
let offered: ((deployment: Deployment) => boolean) | undefined;
const copied = vi.hoisted((): string[] => []);
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
  kind = 'task';
  starts = {};
  offered = undefined;
  copied.length = 0;
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
      pickKind: ({ startAt }: PickFrom<string>) => {
        starts.kind = startAt;
        return Promise.resolve(kind);
      },
      pickAgent: (_: unknown, { startAt }: PickFrom<number>) => {
        starts.agent = startAt;
        return Promise.resolve(picks ? node.agent.agent : undefined);
      },
      pickTask: (_: unknown, { startAt }: PickFrom<number>) => {
        starts.task = startAt;
        return Promise.resolve(picks ? node.task.task : undefined);
      },
      pickDeployment: (
        _: unknown,
        __: unknown,
        { startAt, only }: PickFrom<string> & { only: (deployment: Deployment) => boolean },
      ) => {
        starts.deployment = startAt;
        offered = only;
        return Promise.resolve(picks ? node.deployment.deployment : undefined);
      },
    },
  } as unknown as CommandServices;
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

const act = (command: AnyCommand, argument: unknown, seen: Partial<Call> = {}): Promise<unknown> =>
  runOnTarget(services, command, { argument, selectedRow: undefined, inFront: undefined, editor: undefined, ...seen });

const otherInFront = (): Call['inFront'] => ({
  session,
  deployment: { ...node.deployment.deployment!, deploymentId: 'A-2' },
});

const written = (): readonly string[] => WRITES.filter((path) => cloud.count(path) > 0);
const DELETING: readonly (readonly [string, AnyCommand])[] = [
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
    for (const target of junk) await act(command, target).catch(() => undefined);
    expect(questions.length).toBeGreaterThan(junk.length / 2);
    expect(questions.filter(({ modal }) => !modal)).toEqual([]);
    expect(written()).toEqual([]);
  });

  it.each(DELETING)('%s does nothing where nothing is chosen', async (_, command) => {
    picks = false;
    await act(command, undefined);
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
    await act(deleteTask, node.task);
    show.mockRestore();
    expect(JSON.stringify(details)).toContain(`${String(deploymentCount + 1)} deployments`);
    expect(JSON.stringify(details)).toContain('1 of them is active');
  });

  it('happens once it is confirmed', async () => {
    window.answer = 'Delete Task';
    await act(deleteTask, node.task);
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
    await expect(act(command, row)).rejects.toThrow('switched');
    expect(questions).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('that was asked about when the session ended is left alone, although the user agrees', async () => {
    vi.spyOn(window, 'showWarningMessage').mockImplementationOnce(() => {
      session.end();
      return Promise.resolve('Delete Task');
    });
    await expect(act(deleteTask, node.task)).rejects.toThrow('switched');
    expect(written()).toEqual([]);
  });
});

it('Deleting a deployment says which words of the user go with it', async () => {
  await act(deleteDeployment, node.deployment);
  unsent = 'an unsent draft and 1 prompt that waits';
  await act(deleteDeployment, node.deployment);
  expect(questions.map(({ detail }) => detail?.includes('an unsent draft and 1 prompt that waits'))).toEqual([
    false,
    true,
  ]);
});

describe('A row', () => {
  it('is what a command acts on, which says so when what it stands for is gone', async () => {
    window.answer = 'Delete Task';
    picks = false;
    await act(deleteTask, node.task);
    expect(written()).toEqual(['/agents/tasks/delete']);
    await expect(act(deleteTask, node.task)).rejects.toThrow('no longer in the organization');
  });
});

describe('A deployment that is named by its ID', () => {
  let met: (readonly [session: unknown, deploymentId: string])[];
  const meet: Command<'deployment'> = {
    on: 'deployment',
    doing: say('meet it'),
    title: say('Meet'),
    run: (_services, { session: its, deployment }) => Promise.resolve(met.push([its, deployment.deploymentId])),
  };
  beforeEach(() => {
    met = [];
  });

  it('is meant, whatever is in front or selected', async () => {
    picks = false;
    const { deploymentId } = node.deployment;
    await act(meet, deploymentTarget(deploymentId), { selectedRow: node.task, inFront: otherInFront() });
    expect(met).toEqual([[session, deploymentId]]);
  });

  it('is read where nobody has yet, and its absence is told', async () => {
    const { deploymentId } = node.deployment;
    session = beginSession(cloud);
    await act(meet, deploymentTarget(deploymentId));
    expect(met).toEqual([[session, deploymentId]]);
    await expect(act(meet, deploymentTarget('A-00000000000000000000000000000000'))).rejects.toThrow();
  });
});

describe('A command that is called with nothing', () => {
  const seen: string[] = [];
  const note = (what: string): Promise<unknown> => Promise.resolve(seen.push(what));
  const common = { doing: say('note it'), title: say('Note') };
  const onAgent: Command<'agent'> = {
    ...common,
    on: 'agent',
    run: (_, { agent }) => note(`agent ${String(agent.id)}`),
  };
  const onTask: Command<'task'> = { ...common, on: 'task', run: (_, { task }) => note(`task ${String(task.id)}`) };
  const onDeployment: Command<'deployment'> = {
    ...common,
    on: 'deployment',
    run: (_, { deployment }) => note(deployment.deploymentId),
  };
  beforeEach(() => {
    seen.length = 0;
  });

  it.each([
    ['an agent', onAgent, 'deployment', () => ({ agent: node.agent.agentId })],
    ['a task', onTask, 'deployment', () => ({ task: node.task.taskId })],
    ['a task', onTask, 'agent', () => ({ task: undefined })],
    [
      'a deployment',
      onDeployment,
      'deployment',
      () => ({ task: node.task.taskId, deployment: node.deployment.deploymentId }),
    ],
    ['a deployment', onDeployment, 'task', () => ({ task: node.task.taskId, deployment: undefined })],
    [
      'any of them',
      copyId,
      'deployment',
      () => ({ kind: 'deployment', task: node.task.taskId, deployment: node.deployment.deploymentId }),
    ],
    ['any of them', copyId, 'task', () => ({ kind: 'task', task: node.task.taskId })],
  ] as const)('asks for %s (%#), and the list starts at the selected row', async (_, command, row, started) => {
    picks = false;
    kind = undefined;
    await act(command, undefined, { selectedRow: node[row] });
    const first = { ...starts };
    picks = true;
    kind = row;
    await act(command, undefined, { selectedRow: node[row] });
    // Gave up at the first question, so the later ones were not asked.
    expect(Object.keys(first)).toHaveLength(1);
    expect(starts).toEqual(started());
  });

  it.each([
    ['renameTask', renameTask],
    ['deployTask', deployTask],
    ['deleteAgent', deleteAgent],
    ['stopDeployment', stopDeployment],
    ['copyId', copyId],
  ] as const)('%s does nothing to the selected row where the user gives up', async (_, command) => {
    picks = false;
    kind = 'task';
    for (const selectedRow of [node.agent, node.task, node.deployment]) await act(command, undefined, { selectedRow });
    expect(copied).toEqual([]);
    expect(written()).toEqual([]);
    expect(cloud.count('/agents/deployments/create')).toBe(0);
  });

  it('means the conversation in front, before the selected row', async () => {
    picks = false;
    const inFront = { session, deployment: node.deployment.deployment! };
    await act(onDeployment, undefined, { selectedRow: node.agent, inFront });
    await act(copyId, undefined, { selectedRow: node.agent, inFront });
    expect([...seen, ...copied]).toEqual([node.deployment.deploymentId, node.deployment.deploymentId]);
    expect(starts).toEqual({});
  });

  it('asks where the conversation in front is of another session, or not one that the command accepts', async () => {
    picks = false;
    const deployment = node.deployment.deployment!;
    await act(onDeployment, undefined, { inFront: { session: beginSession(cloud), deployment } });
    expect(starts).toEqual({ task: undefined });
    starts = {};
    await act({ ...onDeployment, accepts: () => false }, undefined, { inFront: { session, deployment } });
    expect(starts).toEqual({ task: undefined });
    expect(seen).toEqual([]);
  });

  it('openConversation asks for another one than the one in front', async () => {
    const deployment = node.deployment.deployment!;
    await act({ ...onDeployment, skipsInFront: true }, undefined, { inFront: { session, deployment } });
    expect(offered?.(deployment)).toBe(false);
    expect(offered?.({ ...deployment, deploymentId: 'A-2' })).toBe(true);
  });
});

describe('A row of a task, for a command that acts on a deployment', () => {
  it('means its only deployment, and asks where there are several', async () => {
    const opened: string[] = [];
    const open: Command<'deployment'> = {
      on: 'deployment',
      doing: say('open it'),
      title: say('Open'),
      run: (_, { deployment }) => Promise.resolve(opened.push(deployment.deploymentId)),
    };
    picks = false;
    await act(open, node.task);
    const several = session.store.deploymentsOf(node.task.taskId).value ?? [];
    expect(several.length).toBeGreaterThan(1);
    expect([opened, starts]).toEqual([[], { deployment: undefined }]);
    const { deploymentId } = node.deployment;
    await act({ ...open, accepts: (each) => each.deploymentId === deploymentId }, node.task);
    expect(opened).toEqual([deploymentId]);
  });
});

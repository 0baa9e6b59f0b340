import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as vscodeApi from 'vscode';
import type { AnyCommand, CommandServices } from '../../../src/commands/command';
import { createAgent } from '../../../src/commands/createAgent';
import { createTask } from '../../../src/commands/createTask';
import { deleteAgent } from '../../../src/commands/deleteAgent';
import { deleteDeployment } from '../../../src/commands/deleteDeployment';
import { deleteTask } from '../../../src/commands/deleteTask';
import { deployTask } from '../../../src/commands/deployTask';
import { duplicateTask } from '../../../src/commands/duplicateTask';
import { renameAgent } from '../../../src/commands/renameAgent';
import { renameTask } from '../../../src/commands/renameTask';
import { stopDeployment } from '../../../src/commands/stopDeployment';
import { runOnTarget } from '../../../src/commands/targets';
import { registerLanguageFeatures } from '../../../src/agentDocuments/languageFeatures';
import { AGENT_KEYS } from '../../../src/core/agentFile/keys';
import { KNOWN_TOOLS } from '../../../src/core/agentFile/knownTools';
import { parseAgentDocument } from '../../../src/core/agentFile/parse';
import { reviewDocument } from '../../../src/core/agentFile/review';
import { ApiError, type ApiFailure, type ApiFailureKind } from '../../../src/core/api/errors';
import type { Agent, Deployment, Task } from '../../../src/core/api/model';
import { systemClock } from '../../../src/core/base/clock';
import type { FileProblem } from '../../../src/core/markdownFile/problem';
import { parsePromptFile } from '../../../src/core/prompts/promptFile';
import type { SessionSource } from '../../../src/core/organization/session';
import { problemsInOrganization } from '../../../src/core/prompts/sessionProblems';
import { Obstacle } from '../../../src/core/words/obstacle';
import { useTexts } from '../../../src/core/words/texts';
import { given as words } from '../../../src/core/words/words';
import { Explorer } from '../../../src/explorer/explorer';
import { AgentNode } from '../../../src/explorer/nodes/agentNode';
import { problemNode } from '../../../src/explorer/nodes/messageNode';
import type { ExplorerNode } from '../../../src/explorer/nodes/node';
import { TaskNode } from '../../../src/explorer/nodes/taskNode';
import { PromptCompletion } from '../../../src/prompts/promptCompletion';
import { createTaskCarefully, deployTaskCarefully } from '../../../src/tasks/sendTasks';
import { coreTexts } from '../../../src/texts/coreTexts';
import { ErrorFeedback } from '../../../src/ui/errorFeedback';
import { MarkedProblems, registerCompletion } from '../../../src/ui/languageTexts';
import type { Log } from '../../../src/ui/log';
import { Notices } from '../../../src/ui/notices';
import { Pickers } from '../../../src/ui/pickers';
import { createTree, type Tree } from '../../../src/ui/treeItems';
import { loaded } from '../../support/loaded';
import { pseudo, translated } from '../../support/pseudo';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';
import { given, strings } from '../../support/vscodeRecorder';

/**
 * What VS Code shows, in a language that is none. What others wrote is Greek here, and so are dates. So English can only
 * be a text of ours.
 */
vi.mock('vscode', async () => {
  const [recorder, { pseudo: t }] = await Promise.all([
    import('../../support/vscodeRecorder'),
    import('../../support/pseudo'),
  ]);
  const question = (options: { readonly validateInput?: (text: string) => unknown }): Promise<string> => {
    recorder.given.push(options, options.validateInput?.(' '));
    return Promise.resolve('όνομα');
  };
  return {
    ...recorder,
    l10n: { bundle: {}, t },
    env: { ...recorder.env, language: 'el' },
    commands: { executeCommand: () => Promise.resolve() },
    window: { ...recorder.window, showInputBox: question },
    ThemeColor: function () {},
    MarkdownString: function (value: string): void {
      recorder.given.push(value);
    },
  };
});

/** What is not translated: names of the API and of files, which users write as they are. */
const NOT_OURS: ReadonlySet<string> = new Set(
  [
    'quantconnect agent task project organization each deployment for',
    'name description model reasoningEffort maxTurns toolChoice tools public useQCC',
    'chainedAgents subAgents agentId step callableCount low medium high true false systemPrompt',
    'quantAgents apiBaseUrl HTTP UTC namee auto pipeline profileImage',
    // The command behind a suggestion, which VS Code never draws.
    'Suggest',
  ].flatMap((line) => line.split(' ')),
);
/** The source of problems, and their codes. The names of tools. */
const WHOLE: ReadonlySet<string> = new Set([
  ...KNOWN_TOOLS.map(({ name }) => name),
  'QuantConnect Agents',
  ...'unterminated yaml setting unknownKey unknownProject emptyPrompt'.split(' '),
]);
/** The words of the YAML library. */
const OF_YAML = 'Missing closing "quote';
const WORD = /[A-Za-z][A-Za-z\d]*/g;

let ids: readonly string[] = [];

/** Our Markdown writes signs of others as `&#45;`. */
const fromMarkdown = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** The texts with English in them that nothing explains. */
function english(): readonly string[] {
  const texts = strings(given).map(fromMarkdown);
  expect(texts.some((text) => text.includes('[!!'))).toBe(true);
  const left = (text: string): readonly string[] =>
    ([OF_YAML, ...ids].reduce((rest, other) => rest.replaceAll(other, ''), text).match(WORD) ?? []).filter(
      (word) => !NOT_OURS.has(word),
    );
  return [...new Set(texts.filter((text) => !WHOLE.has(text) && left(text).length > 0))];
}

const WRITTEN_BY_OTHERS = new Set(
  'name description model reasoningEffort prompt systemPrompt schedule scheduleHuman runtimeError type'.split(' '),
);
const inGreek = (body: string): string =>
  JSON.stringify(JSON.parse(body), (key, value: unknown) =>
    key === 'errors'
      ? (value as readonly unknown[]).map(() => 'όχι')
      : typeof value === 'string' && WRITTEN_BY_OTHERS.has(key)
        ? value.replace(/[A-Za-z]+/g, 'έργο')
        : value,
  );

let cloud: RunningSandbox;
let session: TestSession;
let agent: Agent;
let task: Task;
let deployment: Deployment;

beforeEach(async () => {
  // The setup of the tests has read these texts already, in English.
  useTexts({ language: 'el', texts: translated(coreTexts().texts) });
  cloud = await startSandbox();
  cloud.faults.add({ kind: 'body', change: inGreek });
  session = { ...beginSession(cloud), organization: { id: cloud.organizationId, name: 'οργάνωση' } };
  const { store } = session;
  await store.refreshAll();
  const found = store.snapshot.tasks.value?.find((each) => each.active.length > 0 && each.deploymentCount);
  if (found?.agentId === undefined) throw new Error('The sandbox has no active task.');
  task = found;
  agent = store.agent(found.agentId) ?? (await Promise.reject(new Error('The task has no agent.')));
  await store.refreshDeployments(task.id);
  const deployments = store.deploymentsOf(task.id).value ?? [];
  const active = deployments.find(({ deploymentId }) => deploymentId === task.active[0]?.deploymentId);
  deployment = active ?? (await Promise.reject(new Error('The task has no active deployment.')));
  ids = deployments.map(({ deploymentId }) => deploymentId);
  given.length = 0;
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

/** Fails from now on. */
function fails(fault: Parameters<typeof cloud.faults.add>[0]): void {
  cloud.faults.clear();
  cloud.faults.add(fault);
}

const FAILURES: { readonly [Kind in ApiFailureKind]: readonly Extract<ApiFailure, { kind: Kind }>[] } = {
  auth: [{ kind: 'auth' }],
  clock: [
    { kind: 'clock', offsetMs: 90_000_000 },
    { kind: 'clock', offsetMs: -1_000 },
  ],
  rateLimited: [{ kind: 'rateLimited' }, { kind: 'rateLimited', retryAfterMs: 150_000 }],
  offline: (['unreachable', 'reset', 'timeout', 'certificate'] as const).map((cause) => ({ kind: 'offline', cause })),
  server: [200, 302, 502].map((status) => ({ kind: 'server', status })),
  rejected: [{ kind: 'rejected', status: 200 }],
  contract: [{ kind: 'contract', problem: 'πρόβλημα' }],
  cancelled: [{ kind: 'cancelled' }],
};
const errors = (): readonly ApiError[] =>
  Object.values(FAILURES)
    .flat()
    .flatMap((failure) => [
      new ApiError(failure, { path: '/x' }),
      new ApiError(failure, { path: '/x', mayHaveHappened: true, serverMessages: ['όχι'] }),
      new ApiError(failure, { path: '/x', serverMessages: Array.from({ length: 9 }, () => 'όχι') }),
    ]);

const feedback = new ErrorFeedback({ error: () => undefined } as unknown as Log);

describe('VS Code in another language', () => {
  describe('tree', () => {
    const provider = (): vscodeApi.TreeDataProvider<ExplorerNode> =>
      given.findLast((one) => typeof one === 'object' && one !== null && 'getTreeItem' in one) as never;

    /** Draws these rows with all that is below them, and with their tooltips. */
    async function draw(...roots: readonly ExplorerNode[]): Promise<void> {
      createTree<ExplorerNode>('x', {
        onDidChangeTreeData: () => ({ dispose() {} }),
        getChildren: () => Promise.resolve([]),
        getParent: () => undefined,
        rowOf: (node) => node.row(),
        factsOf: (node) => node.facts?.(),
      });
      const tree = provider();
      const drawAll = async (nodes: readonly ExplorerNode[]): Promise<void> => {
        for (const node of nodes) {
          const item = await tree.getTreeItem(node);
          await tree.resolveTreeItem?.(item, node, undefined as never);
          if (node.key.startsWith('deployment ')) ids = [...ids, node.key.slice('deployment '.length)];
          await drawAll((await node.children?.()) ?? []);
        }
      };
      await drawAll(roots);
    }

    it('shows agents, tasks and deployments without English', async () => {
      const agents = session.store.snapshot.agents.value ?? [];
      await draw(...agents.map(({ id }) => new AgentNode(session, id)));
      expect(strings(given).some((text) => text.startsWith(`**${pseudo('Deployment')}**`))).toBe(true);
      expect(english()).toEqual([]);
    });

    it('shows what is missing without English', async () => {
      await session.store.deleteDeployment(deployment.deploymentId);
      const missing = new AgentNode(session, 4_711);
      await draw(missing, new TaskNode(session, 4_711, missing));
      expect(english()).toEqual([]);
    });

    it('shows why a list is not up to date without English', async () => {
      await draw(
        ...errors().flatMap((error) => [
          problemNode('x', error, undefined),
          problemNode('x', error, systemClock.now()),
        ]),
      );
      expect(english()).toEqual([]);
    });

    it('shows an empty organization, unreadable entries and the sandbox without English', async () => {
      fails({
        path: '/agents/list',
        kind: 'status',
        status: 200,
        body: JSON.stringify({ success: true, errors: [], agents: [{}] }),
      });
      await session.store.refreshAgents();
      const described: unknown[] = [];
      const view = {
        visible: false,
        selection: [],
        onDidChangeVisibility: () => ({ dispose() {} }),
        onDidChangeSelection: () => ({ dispose() {} }),
      };
      const tree = createTree<ExplorerNode>('x', {} as never);
      const current = { ...session, account: { ...session.account, kind: 'sandbox' as const } };
      const explorer = new Explorer(
        {
          current,
          ready: () => Promise.resolve(current),
          require: () => Promise.resolve(current),
          onDidChange: () => ({ dispose() {} }),
        },
        systemClock,
        {
          ...view,
          describe: (shown: unknown) => {
            described.push(shown);
            tree.describe(shown as never);
          },
        } as unknown as Tree<ExplorerNode>,
      );
      try {
        await draw(...(await explorer.getChildren()).filter(({ key }) => !key.startsWith('agent ')));
      } finally {
        explorer.dispose();
      }
      expect(described).toHaveLength(1);
      expect(english()).toEqual([]);
    });
  });

  it('lists agents, tasks, deployments, kinds and projects without English', async () => {
    const pickers = new Pickers();
    const title = words('τίτλος');
    const filled = async (list: Promise<unknown>, placeholder: string): Promise<void> => {
      await list;
      await expect.poll(() => strings(given)).toContain(pseudo(placeholder));
      await expect.poll(() => given.some((one) => Array.isArray(one) && one.length > 0)).toBe(true);
      expect(english()).toEqual([]);
      given.length = 0;
    };
    await filled(pickers.pickKind({ title }), 'Choose agent, task or deployment');
    await filled(pickers.pickProjectPreference({ title }), 'Choose where the agent works');
    await filled(pickers.pickAgent(session, { title }), 'Choose an agent');
    await filled(pickers.pickTask(session, { title }), 'Choose a task');
    await filled(pickers.pickDeployment(session, task, { title }), 'Choose a deployment, newest first');
    void pickers.pickDeployment(session, task, { title, only: () => false });
    await expect.poll(() => strings(given)).toContain(pseudo('There is nothing to choose'));
    expect(english()).toEqual([]);
  });

  it('shows notices without English', async () => {
    for (const offsetMs of [7_200_000, -7_200_000]) new Notices().clockIsWrong(offsetMs);
    const notices = new Notices();
    for (const count of [1, 2]) notices.queueWaits({ taskName: 'έργο', count, reopen: () => undefined });
    notices.inputIsNotSaved('πρόβλημα');
    notices.secretsDidNotLast();
    await notices.offerSignIn();
    await notices.offerSignIn(words('πρόβλημα'));
    expect(english()).toEqual([]);
  });

  it.each(Object.keys(FAILURES).filter((kind) => kind !== 'cancelled'))(
    'says why something failed without English: %s',
    async (kind) => {
      for (const error of errors().filter((one) => one.kind === kind)) await feedback.failed(error, deleteTask.doing);
      expect(english()).toEqual([]);
    },
  );

  it('says without English that something failed for a reason that nobody knows', async () => {
    for (const error of [new Error('λάθος'), new Error('λάθος.'), new Error(''), undefined])
      await feedback.failed(error, deleteTask.doing);
    expect(english()).toEqual([]);
  });

  describe('problems in documents', () => {
    const underline = (problems: readonly FileProblem[]): void => {
      expect(problems).not.toEqual([]);
      new MarkedProblems('x').set({} as vscodeApi.Uri, problems);
    };
    const document = (...lines: readonly string[]): string => ['---', ...lines, '---', 'α', ''].join('\n');

    it.each([
      ['no front matter', 'α'],
      ['front matter that is open', '---\nname: α'],
      ['no name', document('description: β')],
      ['an empty name', document('name: ""')],
      ['values of wrong types', document('name: [α]', 'maxTurns: β', 'public: γ', 'tools: δ', 'description: 3')],
      ['values out of range', document('name: α', 'maxTurns: 0', 'reasoningEffort: β', 'maxTurns: 1.5')],
      ['unknown keys', document('name: α', 'βήτα: 3', 'namee: 4', '? [α]\n: 3')],
      [
        'wrong lists',
        document('name: α', 'chainedAgents: [{agentId: α}, 3, {β: 4}]', 'subAgents: [{}, {agentId: 1, step: 2}]'),
      ],
      ['anchors', document('name: &α β', 'description: *α')],
      ['YAML that is wrong', document('name: "α', 'tools: [')],
      ['front matter that is a list', document('- α')],
    ])('says what is wrong with an agent without English: %s', (_, text) => {
      underline(parseAgentDocument(text).problems);
      expect(english()).toEqual([]);
    });

    it('says without English that a key cannot be removed', () => {
      const before = document(
        'name: α',
        'description: β',
        'model: γ',
        'tools: [δ]',
        'public: true',
        'useQCC: true',
        'maxTurns: 3',
      );
      underline(reviewDocument(parseAgentDocument(document('name: α')), parseAgentDocument(before).fields));
      expect(english()).toEqual([]);
    });

    it.each([
      ['front matter that is open', '---\nα: 3'],
      ['no prompt', '---\nquantconnect:\n  agent: 3\n---\n'],
      ['front matter that is a list', document('- α')],
      ['settings that are none', document('quantconnect: 3')],
      ['unknown settings', document('quantconnect:', '  βήτα: 3', '  ? [α]', '  : 4', '  project: α')],
      ['wrong values', document('quantconnect:', '  agent: -1', '  task: [α]')],
      ['YAML that is wrong', document('quantconnect: "α')],
    ])('says what is wrong with a prompt file without English: %s', (_, text) => {
      underline(parsePromptFile(text).problems);
      expect(english()).toEqual([]);
    });

    it.each(['agent: 4711', 'agent: βήτα', 'agent: δύο', 'organization: βήτα'])(
      'says without English that the organization does not fit a prompt file: %s',
      (setting) => {
        const agents = [agent, agent].map((one) => ({ ...one, name: 'δύο' }));
        const file = parsePromptFile(document('quantconnect:', `  ${setting}`));
        underline(problemsInOrganization(file, { ...session.organization, agents }));
        expect(english()).toEqual([]);
      },
    );
  });

  describe('suggestions and explanations', () => {
    const at = (line: number, character: number): vscodeApi.Position => ({ line, character }) as vscodeApi.Position;
    const opened = (text: string): vscodeApi.TextDocument =>
      ({ getText: () => text, languageId: 'prompt', uri: { scheme: 'file', path: '/α.md' } }) as vscodeApi.TextDocument;
    const sessions = (): SessionSource => ({
      current: session,
      ready: () => Promise.resolve(session),
      require: () => Promise.resolve(session),
      onDidChange: () => ({ dispose() {} }),
    });
    /** What VS Code asks the feature that was registered last. */
    async function asked(method: string, text: string, position: vscodeApi.Position): Promise<void> {
      const provider = given.findLast((one) => typeof one === 'object' && one !== null && method in one);
      await (provider as Record<string, (...all: unknown[]) => unknown>)[method]?.(opened(text), position);
    }

    it.each([
      ['keys', '---\n\n---\n', at(1, 0)],
      ['values', '---\nreasoningEffort: \n---\n', at(1, 17)],
      ['models', '---\nmodel: \n---\n', at(1, 7)],
      ['tools', '---\ntools:\n  - \n---\n', at(2, 4)],
      ['keys of agents in a chain', '---\nchainedAgents:\n  - \n---\n', at(2, 4)],
      ['keys of agents that may be called', '---\nsubAgents:\n  - \n---\n', at(2, 4)],
      ['agents', '---\nsubAgents:\n  - agentId: \n---\n', at(2, 13)],
    ])('suggest in agent documents without English: %s', async (_, text, position) => {
      registerLanguageFeatures('x', sessions());
      // Values alone have no text of ours.
      given.push(pseudo(''));
      const before = strings(given).length;
      await asked('provideCompletionItems', text, position);
      expect(strings(given).length).toBeGreaterThan(before);
      expect(english()).toEqual([]);
    });

    it('explain agent documents without English', async () => {
      registerLanguageFeatures('x', sessions());
      for (const { key } of AGENT_KEYS) await asked('provideHover', `---\n${key}: α\n---\n`, at(1, 1));
      for (const [list, item] of [
        ['chainedAgents', 'agentId: 47'],
        ['chainedAgents', 'step: 1'],
        ['subAgents', 'callableCount: 1'],
        ['subAgents', `agentId: ${String(agent.id)}`],
      ] as const)
        for (const character of [5, 4 + item.length])
          await asked('provideHover', `---\n${list}:\n  - ${item}\n---\n`, at(2, character));
      await asked('provideHover', '---\ntools:\n  - liquidate_live_algorithm\n---\n', at(2, 6));
      expect(english()).toEqual([]);
    });

    it.each([
      ['the section', '---\n\n---\n', at(1, 0)],
      ['settings', '---\nquantconnect:\n  \n---\n', at(2, 2)],
      ['projects', '---\nquantconnect:\n  project: \n---\n', at(2, 11)],
      ['agents', '---\nquantconnect:\n  agent: \n---\n', at(2, 9)],
      ['organizations', '---\nquantconnect:\n  organization: \n---\n', at(2, 16)],
    ])('suggest in prompt files without English: %s', async (_, text, position) => {
      const completion = new PromptCompletion(sessions());
      registerCompletion('x', (document, where) => completion.offersAt(document, where));
      given.push(pseudo(''));
      const before = strings(given).length;
      await asked('provideCompletionItems', text, position);
      expect(strings(given).length).toBeGreaterThan(before);
      expect(english()).toEqual([]);
    });
  });

  describe('commands', () => {
    const services = (unsent?: string): CommandServices =>
      ({
        sessions: { require: () => Promise.resolve(session) },
        explorer: { reveal: () => Promise.resolve() },
        conversations: loaded({
          panels: {
            stopIfOpen: () => Promise.resolve(false),
            close: () => undefined,
            unsentWords: () => Promise.resolve(unsent && words(unsent)),
          },
        }),
        promptFiles: loaded({ openNew: () => Promise.resolve() }),
        pickers: { pickProjectPreference: () => Promise.resolve('project-for-task') },
      }) as unknown as CommandServices;

    it('ask and report without English', async () => {
      const all = services('πρόχειρο');
      await deleteAgent.run(all, { session, agent });
      await deleteTask.run(all, { session, task });
      await deleteDeployment.run(all, { session, deployment });
      await deleteDeployment.run(services(), { session, deployment: { ...deployment, taskId: 4_711 } });
      await createTask.run(all, { session, agent });
      await renameTask.run(all, { session, task });
      await renameAgent.run(all, { session, agent });
      await duplicateTask.run(all, { session, task });
      await stopDeployment.run(all, { session, deployment });
      expect(english()).toEqual([]);
    });

    it('say what failed without English', async () => {
      const every: readonly AnyCommand[] = [
        createAgent,
        createTask,
        deleteAgent,
        deleteDeployment,
        deleteTask,
        deployTask,
        duplicateTask,
        renameAgent,
        renameTask,
        stopDeployment,
      ];
      for (const { doing } of every) await feedback.failed(new ApiError({ kind: 'auth' }, { path: '/x' }), doing);
      expect(english()).toEqual([]);
    });

    it('say without English that a row is gone', async () => {
      const call = { selectedRow: undefined, inFront: undefined, editor: undefined };
      const row = new AgentNode(session, 4_711);
      const rows: readonly [AnyCommand, ExplorerNode][] = [
        [deleteAgent, row],
        [deleteTask, new TaskNode(session, 4_711, row)],
        [deleteAgent, new AgentNode({ ...session }, agent.id)],
        [deleteTask, new TaskNode({ ...session }, task.id, row)],
      ];
      for (const [command, argument] of rows) {
        const error: unknown = await runOnTarget(services(), command, { ...call, argument }).catch(
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(Obstacle);
        await feedback.failed(error, command.doing);
      }
      expect(english()).toEqual([]);
    });

    it('say without English that it is not certain whether a task was created or deployed', async () => {
      const wanted = { agentId: agent.id, taskName: 'έργο', prompt: 'έργο', project: 'project-for-task' };
      for (const body of [undefined, JSON.stringify({ success: false, errors: ['όχι'] })]) {
        fails({ path: '/agents/tasks/create', kind: 'status', status: 500, ...(body && { body }) });
        cloud.faults.add({ path: '/agents/deployments/create', kind: 'status', status: 500, ...(body && { body }) });
        cloud.faults.add({ kind: 'body', change: inGreek });
        await createTaskCarefully(session, wanted);
        await deployTaskCarefully(session, task, { isNew: false });
      }
      cloud.faults.clear();
      cloud.faults.add({ path: '/agents/tasks/create', kind: 'reset' });
      cloud.faults.add({ path: '/agents/tasks/list', kind: 'status', status: 400 });
      await createTaskCarefully(session, wanted).catch(() => undefined);
      expect(english()).toEqual([]);
    });
  });
});

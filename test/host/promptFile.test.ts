import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { NewTask, QuantConnectApi } from '../../src/core/api/api';
import { ApiError } from '../../src/core/api/errors';
import type { Agent, Deployment, ProjectPreference, Task } from '../../src/core/api/model';
import { Emitter } from '../../src/core/events';
import type { AgentsSession, SessionSource } from '../../src/core/organization/session';
import { OrganizationStore } from '../../src/core/organization/store';
import { PromptFiles } from '../../src/prompts/promptFiles';
import { memento } from '../support/memories';

const BACKTEST: Agent = { id: 47, name: 'Backtest Agent' };
const MIA: Agent = { id: 48, name: 'Mia: the second' };
const SETTINGS = '---\nquantconnect:\n  agent: backtest agent\n  project: project-for-task\n---\n';

const lost = (path: string): ApiError => new ApiError({ kind: 'offline', cause: 'timeout' }, { path, mayHaveHappened: true });

/** As much of a cloud as prompt files see, with answers that get lost before or after the deed. */
class Cloud {
  readonly created: NewTask[] = [];
  readonly deployments: Deployment[] = [];
  readonly tasks: Task[] = [];
  /** What happens to the next call of the name, in order. */
  readonly faults: Partial<Record<'createTask' | 'createDeployment' | 'listTasks', ('lostBefore' | 'lostAfter' | 'refused')[]>> = {};
  /** Held back until it is released. */
  gate: Promise<void> = Promise.resolve();

  readonly api = {
    listAgents: async () => ({ items: [BACKTEST, MIA], unreadable: [] }),
    listTasks: async () => this.meddled('listTasks', () => ({ items: [...this.tasks], unreadable: [] })),
    createTask: async (task: NewTask) => this.meddled('createTask', () => {
      this.created.push(task);
      const made: Task = { ...task, id: 100 + this.created.length, active: [], created: this.created.length };
      this.tasks.push(made);
      return made;
    }),
    updateTask: async (taskId: number, { name }: { name: string }) => {
      const index = this.tasks.findIndex(({ id }) => id === taskId);
      this.tasks[index] = { ...this.tasks[index]!, name };
      return undefined;
    },
    readTask: async (taskId: number) => this.tasks.find(({ id }) => id === taskId)!,
    listDeployments: async (taskId: number) => ({ items: this.deployments.filter((deployment) => deployment.taskId === taskId), unreadable: [] }),
    createDeployment: async (taskId: number) => this.meddled('createDeployment', () => {
      const deployment: Deployment = { deploymentId: `A-${String(this.deployments.length + 1)}`, status: 'Running', taskId, created: this.deployments.length };
      this.deployments.push(deployment);
      return deployment;
    }),
  } as Partial<QuantConnectApi> as QuantConnectApi;

  private async meddled<T>(call: keyof typeof this.faults, work: () => T): Promise<T> {
    await this.gate;
    const fault = this.faults[call]?.shift();
    if (fault === 'refused') throw new ApiError({ kind: 'rejected', status: 200 }, { path: call, serverMessages: ['No credit. REF #1'] });
    if (fault === 'lostBefore') throw lost(call);
    const result = work();
    if (fault === 'lostAfter') throw lost(call);
    return result;
  }
}

/** A world of one account: what was asked, shown and opened is in it. */
class World {
  readonly cloud = new Cloud();
  readonly memento = memento();
  readonly asked: string[] = [];
  readonly shown: string[] = [];
  readonly opened: Deployment[] = [];
  readonly failed: string[] = [];
  /** The button pressed on the next messages that have it. */
  press: string[] = [];
  agentPicked: Agent | undefined = BACKTEST;
  projectPicked: ProjectPreference | undefined = 'project-for-task';
  readonly end = new AbortController();
  readonly session: AgentsSession;
  readonly files: PromptFiles;
  private readonly restored: (() => void)[] = [];

  constructor() {
    const organization = { id: 'a'.repeat(32), name: 'Trading Desk' };
    this.session = {
      account: { id: 'sandbox', kind: 'sandbox', userId: '1', label: 'Sandbox', origin: 'http://127.0.0.1' },
      organization,
      client: this.cloud.api,
      store: new OrganizationStore(organization.id, this.cloud.api, { now: () => 0 }, this.end.signal),
      signal: this.end.signal,
    };
    const sessions: SessionSource = {
      current: this.session,
      onDidChange: new Emitter<AgentsSession | undefined>().event,
      ready: async () => this.session,
      require: async () => this.session,
    };
    this.files = new PromptFiles({
      sessions,
      memento: this.memento,
      feedback: { failed: async (error, doing) => { this.failed.push(`${doing}: ${error instanceof ApiError ? error.kind : String(error)}`); } },
      pick: {
        pickAgent: async (_, { title }) => { this.asked.push(title); return this.agentPicked; },
        pickProjectPreference: async ({ title }) => { this.asked.push(title); return this.projectPicked; },
      },
      openConversation: async (_, deployment) => { this.opened.push(deployment); },
    });
    for (const kind of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const) this.answer(kind);
  }

  /** Messages answer themselves: the extension host of a test has nobody to press their buttons. */
  private answer(kind: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): void {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window[kind];
    this.restored.push(() => { window[kind] = original; });
    window[kind] = async (message: string, ...rest: unknown[]) => {
      const buttons = rest.filter((item) => typeof item === 'string');
      this.shown.push([message, ...buttons].join(' | '));
      const next = this.press[0];
      return next !== undefined && buttons.includes(next) ? this.press.shift() : undefined;
    };
  }

  dispose(): void {
    this.end.abort();
    this.files.dispose();
    for (const restore of this.restored) restore();
  }
}

/** Waits for what a listener or an unawaited notification brings about. */
async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail(`never came true: ${what}`);
}

suite('Deploying a prompt file', () => {
  let world: World;
  let folder: string;

  setup(async () => {
    world = new World();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'prompt-files-'));
  });

  teardown(async () => {
    world.dispose();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await fs.rm(folder, { recursive: true, force: true });
  });

  const write = async (name: string, text: string): Promise<vscode.Uri> => {
    await fs.writeFile(path.join(folder, name), text);
    return vscode.Uri.file(path.join(folder, name));
  };
  const show = async (uri: vscode.Uri): Promise<vscode.TextEditor> => vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  const replaceAll = async (document: vscode.TextDocument, text: string): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    assert.ok(await vscode.workspace.applyEdit(edit));
  };

  test('sends what is on screen, unsaved text included, and opens the conversation', async () => {
    const { document } = await show(await write('momentum.md', `${SETTINGS}On disk`));
    await replaceAll(document, `${SETTINGS}\n# Trade QQQ\n\n<python>\n  x\n</python>\n\n`);
    await world.files.deploy();
    assert.deepEqual(world.cloud.created, [{
      organizationId: 'a'.repeat(32), agentId: 47, name: 'Trade QQQ', prompt: '# Trade QQQ\n\n<python>\n  x\n</python>', projectPreference: 'project-for-task',
    }]);
    assert.deepEqual(world.opened.map(({ deploymentId, taskId }) => [deploymentId, taskId]), [['A-1', 101]]);
    assert.deepEqual([world.asked, world.shown, world.failed], [[], [], []]);
    assert.ok(document.isDirty, 'the file was saved behind the user’s back');
  });

  test('takes a file that is not open from disk', async () => {
    await world.files.deploy(await write('idea.txt', `\uFEFF${SETTINGS}Go`.replaceAll('\n', '\r\n')));
    assert.deepEqual(world.cloud.created.map(({ name, prompt }) => [name, prompt]), [['idea', 'Go']]);
  });

  test('takes a document that was never saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: `${SETTINGS}Go` });
    await vscode.window.showTextDocument(document);
    assert.ok(await world.files.deploy());
    assert.deepEqual(world.memento.entries(), {});
  });

  test('the same text deploys the same task again, a changed text makes a new task, and the old text finds its task again', async () => {
    const { document } = await show(await write('a.md', `${SETTINGS}One`));
    for (const text of ['One', 'One\n\n', 'Two', 'One']) {
      await replaceAll(document, SETTINGS + text);
      await world.files.deploy();
    }
    assert.deepEqual(world.cloud.created.map(({ prompt }) => prompt), ['One', 'Two']);
    assert.deepEqual(world.opened.map(({ taskId }) => taskId), [101, 101, 102, 101]);
  });

  test('a task name changed in the file renames the task', async () => {
    const { document } = await show(await write('a.md', `${SETTINGS}One`));
    await world.files.deploy();
    await replaceAll(document, document.getText().replace('  project', '  task: Better\n  project'));
    await world.files.deploy();
    assert.deepEqual(world.cloud.tasks.map(({ name }) => name), ['Better']);
    assert.equal(world.cloud.created.length, 1);
  });

  test('asks once for what the file does not say, and writes it there if that is wished, without saving', async () => {
    const { document } = await show(await write('a.md', '---\nmode: agent # mine\n---\nGo'));
    world.press = ['Write to File'];
    await world.files.deploy();
    assert.deepEqual(world.asked, ['Agent for “a.md”', 'Project for “a.md”']);
    await eventually('the settings are in the file', () => document.getText().includes('quantconnect'));
    assert.equal(document.getText(), '---\nmode: agent # mine\nquantconnect:\n  agent: Backtest Agent\n  project: project-for-task\n---\nGo');
    assert.ok(document.isDirty);
    await world.files.deploy();
    assert.equal(world.asked.length, 2);
    assert.deepEqual([world.cloud.created.length, world.opened.length, world.shown.length], [1, 2, 1]);
  });

  test('an answer holds although it was not written into the file, also in the next window, and is not offered again', async () => {
    const { document } = await show(await write('a.md', 'Go'));
    world.press = ['Not Now'];
    await world.files.deploy();
    await eventually('the offer is made', () => world.shown.length === 1 && JSON.stringify(world.memento.entries()).includes('wasOffered'));
    const next = new World();
    try {
      await next.memento.update('quantAgents.promptFiles', world.memento.get('quantAgents.promptFiles'));
      await next.files.deploy();
      assert.deepEqual([next.asked, next.opened.length], [[], 1]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.deepEqual(next.shown, []);
    } finally {
      next.dispose();
    }
    assert.equal(document.getText(), 'Go');
  });

  test('nothing is sent or kept when a question is left unanswered', async () => {
    world.projectPicked = undefined;
    assert.equal(await world.files.deploy(await write('a.md', 'Go')), undefined);
    assert.deepEqual([world.cloud.created, world.memento.entries(), world.shown, world.failed], [[], {}, [], []]);
  });

  test('an agent that is not there is said and asked for', async () => {
    world.agentPicked = MIA;
    const uri = await write('a.md', '---\nquantconnect:\n  agent: Nobody\n  project: project-for-task\n---\nGo');
    await world.files.deploy(uri);
    assert.deepEqual(world.asked, ['No agent is named “Nobody”. Agent for “a.md”']);
    assert.equal(world.cloud.created[0]?.agentId, 48);
    await world.files.deploy(uri);
    assert.equal(world.asked.length, 1);
  });

  test('a file with a fault is not sent: the fault is said, shown at its line and underlined', async () => {
    const uri = await write('a.md', '---\nmode: x\nquantconnect:\n  agent: [\n---\nGo');
    world.press = ['Show'];
    assert.equal(await world.files.deploy(uri), undefined);
    await eventually('the line is shown', () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString());
    assert.match(world.shown[0] ?? '', /^“a\.md” was not deployed\. Line [45]: The front matter is not valid YAML/);
    assert.ok((vscode.window.activeTextEditor?.selection.start.line ?? 0) >= 3);
    assert.ok(vscode.languages.getDiagnostics(uri).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error));
    assert.deepEqual(world.cloud.created, []);
  });

  test('a file meant for another organization is not sent', async () => {
    await world.files.deploy(await write('a.md', '---\nquantconnect:\n  organization: Elsewhere\n---\nGo'));
    assert.deepEqual(world.shown, ['“a.md” was not deployed: it is meant for the organization “Elsewhere”, and you are in “Trading Desk”. | Switch Organization']);
    assert.deepEqual([world.asked, world.cloud.created], [[], []]);
  });

  test('what is no Markdown or text is not sent', async () => {
    await world.files.deploy(await write('main.py', 'print(1)'));
    assert.deepEqual(world.shown, ['Prompts are Markdown or text files; “main.py” is not one.']);
    await world.files.deploy(vscode.Uri.file(path.join(folder, 'missing.md')));
    assert.match(world.failed[0] ?? '', /^read “missing\.md”/);
    assert.deepEqual(world.cloud.created, []);
  });

  test('a second keystroke does not cost a second run', async () => {
    const uri = await write('a.md', `${SETTINGS}Go`);
    await show(uri);
    let open = (): void => {};
    world.cloud.gate = new Promise((resolve) => { open = resolve; });
    const both = [world.files.deploy(), world.files.deploy(uri)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    const [first, second] = await Promise.all(both);
    assert.equal(first, second);
    assert.deepEqual([world.cloud.deployments.length, world.opened.length], [1, 1]);
  });

  test('a create whose answer was lost is looked for, and not sent again when it is there', async () => {
    world.cloud.faults.createTask = ['lostAfter'];
    world.cloud.faults.createDeployment = ['lostAfter'];
    await world.files.deploy(await write('a.md', `${SETTINGS}Go`));
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length, world.opened.length], [1, 1, 1]);
    assert.deepEqual([world.shown, world.failed], [[], []]);
  });

  test('a deployment that was lost on the way is sent again only when the user says so', async () => {
    const uri = await write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.createDeployment = ['lostBefore'];
    await world.files.deploy(uri);
    assert.deepEqual(world.shown, ['It is not known whether “a” was deployed. | Send Again | Look Again']);
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length], [1, 0]);
    world.cloud.faults.createDeployment = ['lostBefore'];
    world.press = ['Send Again'];
    await world.files.deploy(uri);
    assert.deepEqual([world.cloud.created.length, world.cloud.deployments.length, world.opened.length], [1, 1, 1]);
  });

  test('when looking fails, too, sending again is not offered', async () => {
    world.cloud.faults.createTask = ['lostAfter'];
    world.cloud.faults.listTasks = [undefined as never, 'refused'];
    world.press = ['Look Again'];
    await world.files.deploy(await write('a.md', `${SETTINGS}Go`));
    assert.deepEqual(world.shown, ['It is not known whether the task “a” was created. | Look Again']);
    assert.deepEqual([world.cloud.created.length, world.opened.length], [1, 1]);
  });

  test('a task that was made but not deployed is deployed by the next try, in a file renamed meanwhile', async () => {
    const uri = await write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.createDeployment = ['refused'];
    await world.files.deploy(uri);
    assert.deepEqual(world.failed, ['deploy “a.md”: rejected']);
    const edit = new vscode.WorkspaceEdit();
    const moved = vscode.Uri.file(path.join(folder, 'b.md'));
    edit.renameFile(uri, moved);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually('the memory follows', () => JSON.stringify(world.memento.entries()).includes('/b.md'));
    await world.files.deploy(moved);
    assert.deepEqual([world.cloud.created.length, world.opened.map(({ taskId }) => taskId)], [1, [101]]);
  });

  test('nothing is sent when the account was switched while a question was open', async () => {
    const uri = await write('a.md', '---\nquantconnect:\n  agent: 47\n---\nGo');
    world.projectPicked = 'project-for-task';
    const { end } = world;
    const original = world.asked.push.bind(world.asked);
    world.asked.push = (...titles) => { end.abort(); return original(...titles); };
    await world.files.deploy(uri);
    assert.deepEqual(world.shown, ['“a.md” was not deployed: the account or organization was switched meanwhile.']);
    assert.deepEqual(world.cloud.created, []);
  });

  test('agents and project preferences complete, and an agent that is not there is underlined', async () => {
    await world.session.store.refreshAgents();
    const { document } = await show(await write('a.md', '---\nquantconnect:\n  agent: \n  project: \n---\nGo'));
    const complete = async (line: number, character: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, new vscode.Position(line, character));
      return list.items.map(({ insertText }) => String(insertText));
    };
    const agents = await complete(2, 9);
    assert.ok(agents.includes('Backtest Agent') && agents.includes('"Mia: the second"'), agents.join());
    assert.ok((await complete(3, 11)).includes('project-each-task-deployment'));
    await replaceAll(document, document.getText().replace('agent: ', 'agent: Nobody'));
    await eventually('it is underlined', () => vscode.languages.getDiagnostics(document.uri).some(({ message }) => message === 'No agent is named “Nobody” in “Trading Desk”.'));
    await replaceAll(document, document.getText().replace('Nobody', 'Backtest Agent'));
    await eventually('it is not underlined any more', () => vscode.languages.getDiagnostics(document.uri).length === 0);
  });

  test('a new prompt file says where it goes and has the cursor where the prompt begins', async () => {
    await world.session.store.refreshAgents();
    await world.files.openNew({ agent: MIA, task: 'Idea' });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(), '---\nquantconnect:\n  agent: "Mia: the second"\n  task: Idea\n---\n\n');
    assert.deepEqual([editor.document.languageId, editor.selection.active.line], ['markdown', 6]);
  });
});

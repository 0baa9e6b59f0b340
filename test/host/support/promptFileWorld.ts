import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { NewTask, QuantConnectApi } from '../../../src/core/api/api';
import { ApiError } from '../../../src/core/api/errors';
import type { Agent, Deployment, ProjectPreference, Task } from '../../../src/core/api/model';
import { Emitter } from '../../../src/core/base/events';
import type { AgentsSession, SessionSource } from '../../../src/core/organization/session';
import { OrganizationStore } from '../../../src/core/organization/store';
import { PromptFiles } from '../../../src/prompts/promptFiles';
import { wallClock } from '../../support/clocks';
import { render } from '../../../src/core/words/render';
import { memento } from '../../support/memories';

const BACKTEST: Agent = { id: 47, name: 'Backtest Agent' };
export const MIA: Agent = { id: 48, name: 'Mia: the second' };
export const SETTINGS = '---\nquantconnect:\n  agent: backtest agent\n  project: project-for-task\n---\n';

const lost = (path: string): ApiError =>
  new ApiError({ kind: 'offline', cause: 'timeout' }, { path, mayHaveHappened: true });

/** The part of a cloud that prompt files need. Its answers can get lost before or after the change. */
class Cloud {
  readonly created: NewTask[] = [];
  readonly deployments: Deployment[] = [];
  readonly tasks: Task[] = [];
  /** The outcomes of the next calls of this name, in order. */
  readonly faults: Partial<
    Record<'createTask' | 'createDeployment' | 'listTasks', ('lostBefore' | 'lostAfter' | 'refused')[]>
  > = {};
  /** Waits until it is released. */
  gate: Promise<void> = Promise.resolve();
  /** The number of calls that wait or have waited. */
  atGate = 0;

  readonly api = {
    listAgents: async () => ({ items: [BACKTEST, MIA], unreadable: [] }),
    listTasks: async () => this.meddled('listTasks', () => ({ items: [...this.tasks], unreadable: [] })),
    createTask: async (task: NewTask) =>
      this.meddled('createTask', () => {
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
    listDeployments: async (taskId: number) => ({
      items: this.deployments.filter((deployment) => deployment.taskId === taskId),
      unreadable: [],
    }),
    createDeployment: async (taskId: number) =>
      this.meddled('createDeployment', () => {
        const deployment: Deployment = {
          deploymentId: `A-${String(this.deployments.length + 1)}`,
          status: 'Running',
          taskId,
          created: this.deployments.length,
        };
        this.deployments.push(deployment);
        return deployment;
      }),
  } as Partial<QuantConnectApi> as QuantConnectApi;

  private async meddled<T>(call: keyof typeof this.faults, work: () => T): Promise<T> {
    this.atGate++;
    await this.gate;
    const fault = this.faults[call]?.shift();
    if (fault === 'refused')
      throw new ApiError({ kind: 'rejected', status: 200 }, { path: call, serverMessages: ['No credit. REF #1'] });
    if (fault === 'lostBefore') throw lost(call);
    const result = work();
    if (fault === 'lostAfter') throw lost(call);
    return result;
  }
}

/** A world of one account, with what was asked, shown and opened. Make one for each test. */
export class PromptFileWorld {
  readonly cloud = new Cloud();
  readonly memento = memento();
  readonly asked: string[] = [];
  readonly shown: string[] = [];
  readonly opened: Deployment[] = [];
  readonly failed: string[] = [];
  /** The button to press on the next messages that have it. */
  press: string[] = [];
  agentPicked: Agent | undefined = BACKTEST;
  projectPicked: ProjectPreference | undefined = 'project-for-task';
  readonly end = new AbortController();
  readonly session: AgentsSession;
  /** The folder of its files. */
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'prompt-files-'));
  readonly files: PromptFiles;
  private readonly restored: (() => void)[] = [];

  constructor() {
    const organization = { id: 'a'.repeat(32), name: 'Trading Desk' };
    this.session = {
      account: { id: 'sandbox', kind: 'sandbox', userId: '1', label: 'Sandbox', origin: 'http://127.0.0.1' },
      organization,
      client: this.cloud.api,
      store: new OrganizationStore(
        organization.id,
        this.cloud.api,
        wallClock(() => 0),
        this.end.signal,
      ),
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
      feedback: {
        failed: async (error, doing) => {
          this.failed.push(
            `${render(doing, 'notification')}: ${error instanceof ApiError ? error.kind : String(error)}`,
          );
        },
      },
      pick: {
        pickAgent: async (_, { title }) => {
          this.asked.push(render(title, 'input'));
          return this.agentPicked;
        },
        pickProjectPreference: async ({ title }) => {
          this.asked.push(render(title, 'input'));
          return this.projectPicked;
        },
      },
      openConversation: async (_, deployment) => {
        this.opened.push(deployment);
      },
    });
    for (const kind of ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const) this.answer(kind);
  }

  /** Presses the buttons of messages, because nobody else can in a test. */
  private answer(kind: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage'): void {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window[kind];
    this.restored.push(() => {
      window[kind] = original;
    });
    window[kind] = async (message: string, ...rest: unknown[]) => {
      const buttons = rest.filter((item) => typeof item === 'string');
      this.shown.push([message, ...buttons].join(' | '));
      const next = this.press[0];
      return next !== undefined && buttons.includes(next) ? this.press.shift() : undefined;
    };
  }

  write(name: string, text: string): vscode.Uri {
    fs.writeFileSync(path.join(this.folder, name), text);
    return vscode.Uri.file(path.join(this.folder, name));
  }

  dispose(): void {
    this.end.abort();
    this.files.dispose();
    for (const restore of this.restored) restore();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** Disposes it, and closes what is open. */
  async close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    this.dispose();
  }
}

export { until as eventually } from '../../support/poll.mjs';

export async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

/** Replaces a document's whole text, as typing does. */
export async function replaceAll(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

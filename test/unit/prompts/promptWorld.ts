/** Prompt files in a window that is signed in to a sandbox over real HTTP. Its editor is a stub. */
import type * as vscode from 'vscode';
import type { Agent, Deployment, ProjectPreference } from '../../../src/core/api/model';
import type { AgentsSession, SessionSource } from '../../../src/core/organization/session';
import { Emitter } from '../../../src/core/base/events';
import { render } from '../../../src/core/words/render';
import { PromptFiles } from '../../../src/prompts/promptFiles';
import { Uri, writeFile, type TextDocument } from '../../support/editorStub';
import { memento } from '../../support/memories';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';

export const CREATE = '/agents/tasks/create';
export const DEPLOY = '/agents/deployments/create';
export const SETTINGS = '---\nquantconnect:\n  agent: 47\n  project: project-for-task\n---\n';

/** What the user and the window do next. */
interface PromptUser {
  /** What they answer; undefined: they give up. Called while the question stands. */
  agent: () => Agent | undefined;
  project: () => ProjectPreference | undefined;
  /** Undefined: they do not sign in. */
  session: AgentsSession | undefined;
  opensPanel: () => Promise<unknown>;
}

export interface PromptWorld {
  readonly cloud: RunningSandbox;
  readonly session: TestSession;
  readonly files: PromptFiles;
  readonly memento: ReturnType<typeof memento>;
  readonly opened: Deployment[];
  readonly failures: string[];
  /** The questions that were asked. */
  readonly asked: string[];
  readonly user: PromptUser;
  write(name: string, text: string, language?: string): TextDocument;
  deploy(document: TextDocument): Promise<Deployment | undefined>;
  /** The texts of the tasks that the cloud was asked to make, in order. */
  sent(): readonly unknown[];
  dispose(): Promise<void>;
}

export async function promptWorld(): Promise<PromptWorld> {
  const cloud = await startSandbox();
  const session = beginSession(cloud, { timeoutMs: 4_000 });
  const kept = memento();
  const [opened, failures, asked] = [[] as Deployment[], [] as string[], [] as string[]];
  const user: PromptUser = {
    agent: () => session.store.agent(47),
    project: () => 'project-for-task',
    session,
    opensPanel: () => Promise.resolve(),
  };
  const sessions: SessionSource = {
    get current() {
      return user.session;
    },
    onDidChange: new Emitter<AgentsSession | undefined>().event,
    ready: () => Promise.resolve(user.session),
    require: () => Promise.resolve(user.session),
  };
  const files = new PromptFiles({
    sessions,
    memento: kept,
    feedback: {
      failed: (error, doing) => {
        failures.push(`${render(doing, 'notification')}: ${error instanceof Error ? error.message : String(error)}`);
        return Promise.resolve();
      },
    },
    pick: {
      pickAgent: (_session, { title }) => {
        asked.push(render(title, 'input'));
        return Promise.resolve(user.agent());
      },
      pickProjectPreference: ({ title }) => {
        asked.push(render(title, 'input'));
        return Promise.resolve(user.project());
      },
    },
    openConversation: (_session, deployment) => {
      opened.push(deployment);
      return user.opensPanel();
    },
  });
  return {
    cloud,
    session,
    files,
    memento: kept,
    opened,
    failures,
    asked,
    user,
    write: (name, text, language) => writeFile(`file:///work/${name}`, text, language),
    deploy: ({ uri }) => files.deploy(uri as unknown as vscode.Uri),
    sent: () =>
      cloud.requests.filter(({ path }) => path === CREATE).map(({ body }) => (body as { prompt: unknown }).prompt),
    dispose: async () => {
      files.dispose();
      session.end();
      await cloud.stop();
    },
  };
}

export const uriOf = (name: string): Uri => Uri.parse(`file:///work/${name}`);

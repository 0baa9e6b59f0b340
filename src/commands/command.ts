import type { Uri } from 'vscode';
import type { AccountStore } from '../account/accountStore';
import type { Sessions } from '../account/sessions';
import type { SignIn } from '../account/signIn';
import type { AgentDocuments } from '../agentDocuments/agentDocuments';
import type { Conversations } from '../conversation/conversations';
import type { Agent, Deployment, Task } from '../core/api/model';
import type { Lazy } from '../core/base/lazy';
import type { AgentsSession } from '../core/organization/session';
import type { Words } from '../core/words/words';
import type { ExplorerView } from '../explorer/explorerView';
import type { PromptFiles } from '../prompts/promptFiles';
import type { Feedback } from '../ui/feedback';
import type { Log } from '../ui/log';
import type { Pickers } from '../ui/pickers';

/** What a command may use. A feature loads when a command asks for it. */
export interface CommandServices {
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly signIn: Pick<Lazy<SignIn>, 'get'>;
  readonly explorer: Pick<ExplorerView, 'selected' | 'reveal'>;
  readonly conversations: Pick<Lazy<Conversations>, 'current' | 'get'>;
  readonly agentDocuments: Pick<Lazy<AgentDocuments>, 'get'>;
  readonly promptFiles: Pick<Lazy<PromptFiles>, 'get'>;
  readonly pickers: Pickers;
  readonly feedback: Feedback;
  readonly log: Log;
}

/** An agent, and the session that it belongs to. */
export interface AgentInSession {
  readonly session: AgentsSession;
  readonly agent: Agent;
}

/** A task, and the session that it belongs to. */
export interface TaskInSession {
  readonly session: AgentsSession;
  readonly task: Task;
}

/** A deployment, and the session that it belongs to. */
export interface DeploymentInSession {
  readonly session: AgentsSession;
  readonly deployment: Deployment;
}

interface Common {
  /** Completes “Could not …” when the command fails. */
  readonly doing: Words;
  /** A second call for the same row runs beside the first. Left out: it joins the first. */
  readonly runsAgain?: true;
}

interface Picked extends Common {
  /** The title of the lists that ask for what the command acts on. */
  readonly title: Words;
}

interface CommandOnNothing extends Common {
  readonly on: 'nothing';
  run(services: CommandServices): Promise<unknown>;
}

interface CommandOnSession extends Common {
  readonly on: 'session';
  run(services: CommandServices, session: AgentsSession): Promise<unknown>;
}

interface CommandOnAgent extends Picked {
  readonly on: 'agent';
  run(services: CommandServices, target: AgentInSession): Promise<unknown>;
}

interface CommandOnTask extends Picked {
  readonly on: 'task';
  run(services: CommandServices, target: TaskInSession): Promise<unknown>;
}

interface CommandOnDeployment extends Picked {
  readonly on: 'deployment';
  /** Which deployments the user can pick. Left out: all. */
  accepts?(deployment: Deployment): boolean;
  /** Asks for another deployment than the one whose conversation is in front. */
  readonly skipsInFront?: true;
  run(services: CommandServices, target: DeploymentInSession): Promise<unknown>;
}

interface CommandOnAny extends Picked {
  readonly on: 'agent, task or deployment';
  run(services: CommandServices, target: AgentInSession | TaskInSession | DeploymentInSession): Promise<unknown>;
}

interface CommandOnPromptFile extends Common {
  readonly on: 'prompt file';
  run(services: CommandServices, file: Uri): Promise<unknown>;
}

/** Every kind of command. `on` says what one acts on. */
export type AnyCommand =
  | CommandOnNothing
  | CommandOnSession
  | CommandOnAgent
  | CommandOnTask
  | CommandOnDeployment
  | CommandOnAny
  | CommandOnPromptFile;

/** A command that acts on one kind of thing. `run` may throw: the user sees why. */
export type Command<On extends AnyCommand['on']> = Extract<AnyCommand, { readonly on: On }>;

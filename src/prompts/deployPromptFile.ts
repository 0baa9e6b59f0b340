import * as vscode from 'vscode';
import { qualified } from '../core/commandIds';
import type { Agent, Deployment, ProjectPreference } from '../core/api/model';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import {
  decideDeployment,
  promptHash,
  taskNameFor,
  tidyHash,
  type DeployedTask,
  type WantedDeployment,
} from '../core/prompts/deployment';
import type { PromptFileMemory } from '../core/prompts/memory';
import type { PromptFile, PromptProblem } from '../core/prompts/promptFile';
import { notFound } from '../core/prompts/sessionProblems';
import { agentFor, agentSetting, isMeantFor, type PromptSettings } from '../core/prompts/settings';
import { say, type Words } from '../core/words/words';
import { complain, inform } from '../ui/messages';
import { unlessCancelled } from '../ui/progress';
import { rangeIn } from '../ui/ranges';
import type { Feedback } from '../ui/feedback';
import type { AgentPickers } from '../ui/pickers';
import { confirmed, createTaskCarefully, deployTaskCarefully } from '../tasks/sendTasks';
import { fileNameOf, openPrompt } from './promptDocument';
import type { RememberedFiles } from './rememberedFiles';
import { canBeWritten, offerToWrite } from './settingsOffer';
import { TEXTS } from './texts';

export interface DeployPromptFileServices {
  readonly sessions: SessionSource;
  readonly feedback: Feedback;
  readonly pick: AgentPickers;
  readonly remembered: RememberedFiles;
  readonly openConversation: (session: AgentsSession, deployment: Deployment) => Promise<unknown>;
  /** Underlines the problems that prevented the deployment of a file. */
  readonly showProblems: (uri: vscode.Uri, problems: readonly PromptProblem[]) => void;
}

/** The agent and project that a file is deployed to, and which of them the file does not name. */
interface Destination {
  readonly agent: Agent;
  readonly project: ProjectPreference;
  readonly toWrite: PromptSettings;
  readonly memory: PromptFileMemory;
}

/** A file that is being deployed. Its URI changes when the file is renamed. */
export interface DeployingFile {
  file: string;
}

/**
 * Deploys one prompt file. Reads it as it is on screen, and asks what it does not say. Uses the task that its text
 * already has, or creates one. Deploys the task and opens the conversation.
 * @returns the new deployment. Undefined: nothing was deployed, and the user knows why.
 */
export async function deployPromptFile(
  services: DeployPromptFileServices,
  deploying: DeployingFile,
): Promise<Deployment | undefined> {
  const uri = vscode.Uri.parse(deploying.file, true);
  const name = fileNameOf(uri);
  try {
    const document = await openPrompt(uri);
    const { parsePromptFile } = await import('../core/prompts/promptFile');
    const file = parsePromptFile(document.getText());
    const errors = file.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      services.showProblems(uri, file.problems);
      void pointOut(uri, errors);
      return undefined;
    }
    const session = await services.sessions.require();
    if (!session || !isInItsOrganization(session, file, name)) return undefined;
    if (!(await read(session, file.settings, name))) return undefined;
    const destination = await chooseDestination(services, session, deploying.file, file, name);
    if (!destination) return undefined;
    if (session.signal.aborted) {
      void inform(say(TEXTS.switchedMeanwhile, name));
      return undefined;
    }
    const deployment = await send(services, session, deploying, file, destination);
    if (!deployment) return undefined;
    await openConversation(services, session, deployment);
    void offer(services, document, destination, session, deploying);
    return deployment;
  } catch (error) {
    await services.feedback.failed(error, say(TEXTS.toDeploy, name));
    return undefined;
  }
}

function isInItsOrganization({ organization }: AgentsSession, { settings }: PromptFile, name: string): boolean {
  if (isMeantFor(settings, organization)) return true;
  void complain(say(TEXTS.otherOrganization, name, settings.organization ?? '', organization.name), {
    switch: TEXTS.switchOrganization,
  }).then((answer) => (answer ? vscode.commands.executeCommand(qualified('switchOrganization')) : undefined));
  return false;
}

/** Reads the current tasks. Reads the agents if they are unknown or lack the named one. False: the user canceled. */
async function read({ store }: AgentsSession, settings: PromptSettings, name: string): Promise<boolean> {
  const agents = store.snapshot.agents.value;
  const needsAgents =
    !agents || (settings.agent !== undefined && agentFor(agents, settings.agent, undefined).kind === 'ask');
  const reading = Promise.all([store.refreshTasks(), needsAgents && store.refreshAgents()]).then(() => true);
  const isRead = (await unlessCancelled(say(TEXTS.preparing, name), reading)) ?? false;
  if (isRead && !store.snapshot.agents.value) confirmed(store.snapshot.agents);
  return isRead;
}

async function chooseDestination(
  { remembered, pick }: DeployPromptFileServices,
  session: AgentsSession,
  key: string,
  { settings }: PromptFile,
  name: string,
): Promise<Destination | undefined> {
  const agents = session.store.snapshot.agents.value ?? [];
  const memory = remembered.recall(key, session);

  const answer = agentFor(agents, settings.agent, memory.chosenAgent);
  const agent =
    answer.kind === 'known'
      ? answer.agent
      : await pick.pickAgent(session, { title: agentQuestion(answer.because, settings.agent, name) });
  if (!agent) return undefined;
  const agentIsFromFile = answer.kind === 'known' && answer.isFromFile;

  const project =
    settings.project ??
    memory.chosenProject ??
    (await pick.pickProjectPreference({ title: say(TEXTS.projectFor, name) }));
  if (project === undefined) return undefined;

  // Uses the current list, because the picker may have read it again.
  const named = agentSetting(session.store.snapshot.agents.value ?? agents, agent);
  return {
    agent,
    project,
    toWrite: { ...(agentIsFromFile ? {} : { agent: named }), ...(settings.project === undefined ? { project } : {}) },
    memory: {
      ...memory,
      ...(agentIsFromFile
        ? {}
        : {
            chosenAgent: { agentId: agent.id, ...(settings.agent === undefined ? {} : { insteadOf: settings.agent }) },
          }),
      ...(settings.project === undefined ? { chosenProject: project } : {}),
    },
  };
}

function agentQuestion(
  because: 'missing' | 'notFound' | 'several',
  setting: string | number | undefined,
  name: string,
): Words {
  const question = say(TEXTS.agentFor, name);
  if (because === 'missing' || setting === undefined) return question;
  return because === 'notFound'
    ? say(TEXTS.twoSentences, notFound(setting), question)
    : say(TEXTS.severalAgents, setting, question);
}

/**
 * Finds or creates the task, deploys it and remembers both. Remembers the task even if its deployment fails, so that
 * the next try deploys it.
 */
async function send(
  { remembered }: DeployPromptFileServices,
  session: AgentsSession,
  deploying: DeployingFile,
  file: PromptFile,
  { agent, project, memory }: Destination,
): Promise<Deployment | undefined> {
  const { store } = session;
  const tasks = confirmed(store.snapshot.tasks);
  const wanted: WantedDeployment = {
    prompt: file.prompt,
    agentId: agent.id,
    project,
    taskName: taskNameFor(file.settings, fileNameOf(vscode.Uri.parse(deploying.file, true)), file.prompt),
    isNamedByFile: file.settings.task !== undefined,
  };
  await remembered.remember(deploying.file, memory);

  const decision = decideDeployment(memory.task, wanted, tasks);
  if (decision.kind === 'redeploy' && decision.rename !== undefined)
    await store.renameTask(decision.taskId, decision.rename);
  const existing = decision.kind === 'redeploy' ? store.task(decision.taskId) : undefined;
  const task = existing ?? (await createTaskCarefully(session, wanted));
  if (!task) return undefined;

  const deployed: DeployedTask = {
    taskId: task.id,
    agentId: agent.id,
    project,
    taskName: wanted.taskName,
    promptHash: promptHash(file.prompt),
    tidyHash: tidyHash(file.prompt),
  };
  await remembered.remember(deploying.file, { ...memory, task: deployed });
  const deployment = await deployTaskCarefully(session, task, { isNew: !existing });
  if (deployment)
    await remembered.remember(deploying.file, {
      ...memory,
      task: { ...deployed, deploymentId: deployment.deploymentId },
    });
  return deployment;
}

/**
 * Opens the conversation of a deployment that succeeded. A panel that fails to open must not look like a failed
 * deployment.
 */
async function openConversation(
  { openConversation: open, feedback }: DeployPromptFileServices,
  session: AgentsSession,
  deployment: Deployment,
): Promise<void> {
  try {
    await open(session, deployment);
  } catch (error) {
    await feedback.failed(error, say(TEXTS.toOpenConversation));
  }
}

/** Offers once per file, so that a “no” is final. */
async function offer(
  { remembered, feedback }: DeployPromptFileServices,
  document: vscode.TextDocument,
  { toWrite, agent, memory }: Destination,
  session: AgentsSession,
  deploying: DeployingFile,
): Promise<void> {
  try {
    if (memory.wasOffered || !(await canBeWritten(document, toWrite))) return;
    await remembered.remember(deploying.file, { ...remembered.recall(deploying.file, session), wasOffered: true });
    await offerToWrite(() => vscode.Uri.parse(deploying.file, true), toWrite, agent.name);
  } catch (error) {
    await feedback.failed(error, say(TEXTS.toWriteSettings));
  }
}

async function pointOut(uri: vscode.Uri, errors: readonly PromptProblem[]): Promise<void> {
  const [first] = errors;
  if (!first) return;
  const words = say(TEXTS.problemInLine, fileNameOf(uri), first.range.start.line + 1, first.message);
  if (!(await complain(errors.length > 1 ? say(TEXTS.andMore, words, errors.length - 1) : words, { show: TEXTS.show })))
    return;
  const document = await openPrompt(uri);
  await vscode.window.showTextDocument(document, { selection: rangeIn(first.range), preview: false });
}

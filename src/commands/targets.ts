import * as vscode from 'vscode';
import type { Deployment, Task } from '../core/api/model';
import { isDeploymentTarget } from '../core/commandIds';
import type { AgentsSession } from '../core/organization/session';
import { Obstacle } from '../core/words/obstacle';
import { say, type Words } from '../core/words/words';
import { AgentNode } from '../explorer/nodes/agentNode';
import { DeploymentNode } from '../explorer/nodes/deploymentNode';
import type { ExplorerNode } from '../explorer/nodes/node';
import { TaskNode } from '../explorer/nodes/taskNode';
import { inform } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Call } from './call';
import type {
  AgentInSession,
  AnyCommand,
  Command,
  CommandServices,
  DeploymentInSession,
  TaskInSession,
} from './command';
import { TEXTS } from './texts';

/**
 * Finds what a command acts on and runs the command on it. Does nothing if the user gives up.
 *
 * A call that names a row, a file or a deployment means that one. A call from the palette names nothing. It means the
 * conversation in front, if the command acts on a deployment. Otherwise the user picks from a list that starts at the
 * selected row. No command acts on the selected row without asking: the row can be out of sight, and deploying costs
 * money.
 */
export async function runOnTarget(services: CommandServices, command: AnyCommand, call: Call): Promise<unknown> {
  if (command.on === 'nothing') return command.run(services);
  if (command.on === 'prompt file') {
    const file = promptFileOf(call);
    return file && command.run(services, file);
  }
  const session = await services.sessions.require();
  if (!session) return undefined;
  const search = new TargetSearch(session, services, call);
  switch (command.on) {
    case 'session':
      return command.run(services, session);
    case 'agent': {
      const target = await search.agent(command.title);
      return target && command.run(services, target);
    }
    case 'task': {
      const target = await search.task(command.title);
      return target && command.run(services, target);
    }
    case 'deployment': {
      const target = await search.deployment(command);
      return target && command.run(services, target);
    }
    case 'agent, task or deployment': {
      const target = await search.any(command.title);
      return target && command.run(services, target);
    }
  }
}

/** Identifies the row or deployment that a call names. Undefined: it names neither. */
export function namedThing({ argument }: Call): string | undefined {
  if (argument instanceof AgentNode) return `agent ${String(argument.agentId)}`;
  if (argument instanceof TaskNode) return `task ${String(argument.taskId)}`;
  if (argument instanceof DeploymentNode || isDeploymentTarget(argument)) return `deployment ${argument.deploymentId}`;
  return undefined;
}

function promptFileOf({ argument, editor }: Call): vscode.Uri | undefined {
  const file = argument instanceof vscode.Uri ? argument : editor;
  if (!file) void inform(say(TEXTS.openPromptFirst));
  return file;
}

type Kind = 'agent' | 'task' | 'deployment';

const OF_EARLIER_SESSION: Readonly<Record<Kind, Words>> = {
  agent: say(TEXTS.agentOfOtherSession),
  task: say(TEXTS.taskOfOtherSession),
  deployment: say(TEXTS.deploymentOfOtherSession),
};
const GONE: Readonly<Record<Kind, Words>> = {
  agent: say(TEXTS.agentGone),
  task: say(TEXTS.taskGone),
  deployment: say(TEXTS.deploymentGone),
};

type DeploymentCriteria = Pick<Command<'deployment'>, 'title' | 'accepts' | 'skipsInFront'>;

/** Each method answers undefined if the user gives up. It throws an `Obstacle` if the named row is out of date. */
class TargetSearch {
  constructor(
    private readonly session: AgentsSession,
    private readonly services: Pick<CommandServices, 'pickers'>,
    private readonly call: Call,
  ) {}

  async agent(title: Words): Promise<AgentInSession | undefined> {
    const { session } = this;
    const { argument, selectedRow } = this.call;
    if (argument instanceof AgentNode) return { session, agent: this.current(argument, argument.agent, 'agent') };
    const startAt = around(selectedRow, AgentNode)?.agentId;
    const agent = await this.services.pickers.pickAgent(session, { title, startAt });
    return agent && { session, agent };
  }

  async task(title: Words): Promise<TaskInSession | undefined> {
    const { session } = this;
    const { argument } = this.call;
    const task = argument instanceof TaskNode ? this.taskOf(argument) : await this.pickTask(title);
    return task && { session, task };
  }

  async deployment(criteria: DeploymentCriteria): Promise<DeploymentInSession | undefined> {
    const { session } = this;
    const { argument } = this.call;
    if (argument instanceof DeploymentNode)
      return { session, deployment: this.current(argument, argument.deployment, 'deployment') };
    if (isDeploymentTarget(argument))
      return { session, deployment: await this.deploymentWithId(argument.deploymentId) };
    const accepts = (deployment: Deployment): boolean => criteria.accepts?.(deployment) ?? true;
    if (argument instanceof TaskNode) {
      const task = this.taskOf(argument);
      const deployment =
        (await this.onlyDeployment(task, accepts)) ?? (await this.pickDeployment(task, criteria, accepts));
      return deployment && { session, deployment };
    }
    const inFront = this.inFront();
    if (inFront && !criteria.skipsInFront && accepts(inFront)) return { session, deployment: inFront };
    const task = await this.pickTask(criteria.title);
    if (!task) return undefined;
    const isSkipped = ({ deploymentId }: Deployment): boolean =>
      criteria.skipsInFront === true && deploymentId === inFront?.deploymentId;
    const deployment = await this.pickDeployment(task, criteria, (each) => accepts(each) && !isSkipped(each));
    return deployment && { session, deployment };
  }

  async any(title: Words): Promise<AgentInSession | TaskInSession | DeploymentInSession | undefined> {
    const { argument, selectedRow } = this.call;
    const kind =
      kindOf(argument) ??
      (this.inFront() ? 'deployment' : await this.services.pickers.pickKind({ title, startAt: kindOf(selectedRow) }));
    switch (kind) {
      case 'agent':
        return this.agent(title);
      case 'task':
        return this.task(title);
      case 'deployment':
        return this.deployment({ title });
      case undefined:
        return undefined;
    }
  }

  private inFront(): Deployment | undefined {
    const { inFront } = this.call;
    if (inFront?.session !== this.session) return undefined;
    return this.session.store.deployment(inFront.deployment.deploymentId) ?? inFront.deployment;
  }

  private async deploymentWithId(deploymentId: string): Promise<Deployment> {
    const { store } = this.session;
    return store.deployment(deploymentId) ?? store.readDeployment(deploymentId);
  }

  /** A task with one deployment leaves nothing to ask. */
  private async onlyDeployment(
    { id }: Task,
    accepts: (deployment: Deployment) => boolean,
  ): Promise<Deployment | undefined> {
    const { store } = this.session;
    await inExplorer(() => store.refreshDeployments(id));
    const [first, ...others] = store.deploymentsOf(id).value?.filter(accepts) ?? [];
    return others.length === 0 ? first : undefined;
  }

  private pickTask(title: Words): Promise<Task | undefined> {
    const startAt = around(this.call.selectedRow, TaskNode)?.taskId;
    return this.services.pickers.pickTask(this.session, { title, startAt });
  }

  private pickDeployment(
    task: Task,
    { title }: DeploymentCriteria,
    only: (deployment: Deployment) => boolean,
  ): Promise<Deployment | undefined> {
    const startAt = around(this.call.selectedRow, DeploymentNode)?.deploymentId;
    return this.services.pickers.pickDeployment(this.session, task, { title, only, startAt });
  }

  private taskOf(row: TaskNode): Task {
    return this.current(row, row.task, 'task');
  }

  /** A row of an earlier session must not act in this one. The same ID can mean another thing here. */
  private current<T>(row: { readonly session: AgentsSession }, thing: T | undefined, kind: Kind): T {
    if (row.session !== this.session) throw new Obstacle(OF_EARLIER_SESSION[kind]);
    if (thing === undefined) throw new Obstacle(GONE[kind]);
    return thing;
  }
}

function kindOf(thing: unknown): Kind | undefined {
  if (thing instanceof AgentNode) return 'agent';
  if (thing instanceof TaskNode) return 'task';
  return thing instanceof DeploymentNode || isDeploymentTarget(thing) ? 'deployment' : undefined;
}

/** The row itself or the nearest row above it that is of this kind. */
function around<Node extends ExplorerNode>(
  row: ExplorerNode | undefined,
  kind: abstract new (...made: never[]) => Node,
): Node | undefined {
  for (let at = row; at; at = at.parent) if (at instanceof kind) return at;
  return undefined;
}

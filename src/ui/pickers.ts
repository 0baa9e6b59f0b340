import * as vscode from 'vscode';
import type { Agent, Deployment, ProjectPreference, Task } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { agentDescription, deploymentDescription, taskDescription } from '../core/organization/describe';

/** Asks for things of the organization, by name and with what matters beside it. Every answer is undefined when the user cancelled. */
export interface AgentPickers {
  pickAgent(session: AgentsSession, options: { title: string }): Promise<Agent | undefined>;
  pickProjectPreference(options: { title: string }): Promise<ProjectPreference | undefined>;
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

const PROJECT_PREFERENCES: readonly Choice<ProjectPreference>[] = [
  {
    label: 'A new project for each deployment',
    detail: 'Every run starts clean; its code and backtests stay in a project of their own.',
    value: 'project-each-task-deployment',
  },
  {
    label: 'One project, reused by the task',
    detail: 'Every run goes on where the last one left the code.',
    value: 'project-for-task',
  },
];

export class Pickers implements AgentPickers {
  async pickAgent(session: AgentsSession, options: { title: string }): Promise<Agent | undefined> {
    return pick(options.title, 'Choose an agent', async () => {
      if (!session.store.snapshot.agents.value) await session.store.refreshAgents();
      const { value, problem } = session.store.snapshot.agents;
      if (!value && problem) throw problem;
      return (value ?? []).map((agent) => ({
        label: agent.name,
        description: agentDescription(agent, session.store.tasksOf(agent.id)),
        ...(agent.description ? { detail: agent.description } : {}),
        value: agent,
      }));
    });
  }

  async pickProjectPreference(options: { title: string }): Promise<ProjectPreference | undefined> {
    return pick(options.title, 'Where the agent works', () => Promise.resolve(PROJECT_PREFERENCES));
  }

  async pickTask(session: AgentsSession, options: { title: string }): Promise<Task | undefined> {
    return pick(options.title, 'Choose a task', async () => {
      if (!session.store.snapshot.tasks.value) await Promise.all([session.store.refreshTasks(), session.store.refreshAgents()]);
      const { value, problem } = session.store.snapshot.tasks;
      if (!value && problem) throw problem;
      return (value ?? []).map((task) => ({
        label: task.name,
        description: taskDescription(task),
        ...(task.agentId === undefined ? {} : { detail: session.store.agent(task.agentId)?.name ?? `Agent ${String(task.agentId)}` }),
        value: task,
      }));
    });
  }

  async pickDeployment(
    session: AgentsSession, task: Task, options: { title: string; only?: (deployment: Deployment) => boolean },
  ): Promise<Deployment | undefined> {
    return pick(`${options.title}: ${task.name}`, 'Choose a deployment, newest first', async () => {
      await session.store.refreshDeployments(task.id);
      const { value, problem } = session.store.deploymentsOf(task.id);
      if (!value && problem) throw problem;
      return (value ?? []).filter(options.only ?? (() => true)).map((deployment) => ({
        label: deployment.created === undefined ? deployment.deploymentId : new Date(deployment.created).toLocaleString(),
        description: deploymentDescription(deployment),
        value: deployment,
      }));
    });
  }
}

/** A pick list that is on screen at once and filled when its items arrive. Throws what `items` throws. */
async function pick<T>(title: string, placeholder: string, items: () => Promise<readonly Choice<T>[]>): Promise<T | undefined> {
  const quickPick = vscode.window.createQuickPick<Choice<T>>();
  try {
    quickPick.title = title;
    quickPick.placeholder = placeholder;
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.busy = true;
    // Another window in front, to look something up, is no answer: what was typed before would be lost with it.
    quickPick.ignoreFocusOut = true;
    quickPick.show();
    const answer = new Promise<T | undefined>((resolve) => {
      quickPick.onDidAccept(() => {
        const [chosen] = quickPick.selectedItems;
        if (chosen) resolve(chosen.value);
      });
      quickPick.onDidHide(() => { resolve(undefined); });
    });
    const filled = items().then((choices) => {
      quickPick.items = choices;
      quickPick.busy = false;
      if (choices.length === 0) quickPick.placeholder = 'There is nothing to choose from';
      return answer;
    });
    // Whichever ends first: the user may give up before the items are there.
    return await Promise.race([answer, filled]);
  } finally {
    quickPick.dispose();
  }
}

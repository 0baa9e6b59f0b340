import type { Agent, Deployment, ProjectPreference, Task } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { agentDescription, deploymentDescription, taskDescription } from '../core/organization/describe';
import { say, type Text } from '../core/words/words';
import { chooseLater, type Choice } from './quickPick';

/**
 * Asks for things of the organization, by name and with what matters beside it. Every answer is undefined when the user
 * cancelled.
 */
export interface AgentPickers {
  pickAgent(session: AgentsSession, options: { title: Text }): Promise<Agent | undefined>;
  pickProjectPreference(options: { title: Text }): Promise<ProjectPreference | undefined>;
}

const PROJECT_PREFERENCES: readonly Choice<ProjectPreference>[] = [
  {
    label: say('A new project for each deployment'),
    detail: say('Every run starts clean; its code and backtests stay in a project of their own.'),
    value: 'project-each-task-deployment',
  },
  {
    label: say('One project, reused by the task'),
    detail: say('Every run goes on where the last one left the code.'),
    value: 'project-for-task',
  },
];

export class Pickers implements AgentPickers {
  async pickAgent(session: AgentsSession, options: { title: Text }): Promise<Agent | undefined> {
    return pick(options.title, say('Choose an agent'), async () => {
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

  async pickProjectPreference(options: { title: Text }): Promise<ProjectPreference | undefined> {
    return pick(options.title, say('Where the agent works'), () => Promise.resolve(PROJECT_PREFERENCES));
  }

  async pickTask(session: AgentsSession, options: { title: Text }): Promise<Task | undefined> {
    return pick(options.title, say('Choose a task'), async () => {
      if (!session.store.snapshot.tasks.value)
        await Promise.all([session.store.refreshTasks(), session.store.refreshAgents()]);
      const { value, problem } = session.store.snapshot.tasks;
      if (!value && problem) throw problem;
      return (value ?? []).map((task) => ({
        label: task.name,
        description: taskDescription(task),
        ...(task.agentId === undefined
          ? {}
          : { detail: session.store.agent(task.agentId)?.name ?? say('Agent {0}', task.agentId) }),
        value: task,
      }));
    });
  }

  async pickDeployment(
    session: AgentsSession,
    task: Task,
    options: { title: Text; only?: (deployment: Deployment) => boolean },
  ): Promise<Deployment | undefined> {
    return pick(say('{0}: {1}', options.title, task.name), say('Choose a deployment, newest first'), async () => {
      await session.store.refreshDeployments(task.id);
      const { value, problem } = session.store.deploymentsOf(task.id);
      if (!value && problem) throw problem;
      return (value ?? []).filter(options.only ?? (() => true)).map((deployment) => ({
        label:
          deployment.created === undefined ? deployment.deploymentId : new Date(deployment.created).toLocaleString(),
        description: deploymentDescription(deployment),
        value: deployment,
      }));
    });
  }
}

function pick<T>(title: Text, placeholder: Text, choices: () => Promise<readonly Choice<T>[]>): Promise<T | undefined> {
  return chooseLater(choices, { title, placeholder });
}

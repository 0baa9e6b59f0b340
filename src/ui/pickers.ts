import type { Agent, Deployment, ProjectPreference, Task } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import { agentDescription, deploymentDescription, taskDescription } from '../core/organization/describe';
import { formatDate } from '../core/words/dates';
import { PROJECT_PREFERENCES } from '../core/organization/projectPreferences';
import { say, type Text } from '../core/words/words';
import { chooseWhenLoaded, type Choice } from './quickPick';
import { TEXTS } from './texts';

/** The title of a list, and the ID of the line that it starts at. */
export interface PickFrom<Id> {
  readonly title: Text;
  readonly startAt?: Id | undefined;
}

/** What prompt files need of {@link Pickers}. */
export interface AgentPickers {
  pickAgent(session: AgentsSession, from: PickFrom<number>): Promise<Agent | undefined>;
  pickProjectPreference(from: { readonly title: Text }): Promise<ProjectPreference | undefined>;
}

const KINDS = [
  { label: say(TEXTS.agent), value: 'agent' },
  { label: say(TEXTS.task), value: 'task' },
  { label: say(TEXTS.deployment), value: 'deployment' },
] as const;

type Kind = (typeof KINDS)[number]['value'];

/** Lists from which the user picks by name. Each method answers undefined if the user gives up. */
export class Pickers implements AgentPickers {
  pickKind({ title, startAt }: PickFrom<Kind>): Promise<Kind | undefined> {
    return pick(title, say(TEXTS.chooseKind), () =>
      Promise.resolve(KINDS.map((kind) => ({ ...kind, isStart: kind.value === startAt }))),
    );
  }

  pickAgent(session: AgentsSession, { title, startAt }: PickFrom<number>): Promise<Agent | undefined> {
    return pick(title, say(TEXTS.chooseAgent), async () => {
      if (!session.store.snapshot.agents.value) await session.store.refreshAgents();
      const { value, problem } = session.store.snapshot.agents;
      if (!value && problem) throw problem;
      return (value ?? []).map((agent) => ({
        label: agent.name,
        description: agentDescription(
          agent,
          session.store.tasksOf(agent.id).length,
          session.store.activeRunCount(agent.id),
        ),
        ...(agent.description ? { detail: agent.description } : {}),
        isStart: agent.id === startAt,
        value: agent,
      }));
    });
  }

  pickProjectPreference({ title }: { readonly title: Text }): Promise<ProjectPreference | undefined> {
    return pick(title, say(TEXTS.whereAgentWorks), () =>
      Promise.resolve(PROJECT_PREFERENCES.map(({ id, ...choice }) => ({ ...choice, value: id }))),
    );
  }

  pickTask(session: AgentsSession, { title, startAt }: PickFrom<number>): Promise<Task | undefined> {
    return pick(title, say(TEXTS.chooseTask), async () => {
      if (!session.store.snapshot.tasks.value)
        await Promise.all([session.store.refreshTasks(), session.store.refreshAgents()]);
      const { value, problem } = session.store.snapshot.tasks;
      if (!value && problem) throw problem;
      return (value ?? []).map((task) => ({
        label: task.name,
        description: taskDescription(task, session.store.activeRuns(task)),
        ...(task.agentId === undefined
          ? {}
          : { detail: session.store.agent(task.agentId)?.name ?? say(TEXTS.agentId, task.agentId) }),
        isStart: task.id === startAt,
        value: task,
      }));
    });
  }

  pickDeployment(
    session: AgentsSession,
    task: Task,
    { title, startAt, only = () => true }: PickFrom<string> & { readonly only?: (deployment: Deployment) => boolean },
  ): Promise<Deployment | undefined> {
    return pick(say('words.labeled', title, task.name), say(TEXTS.chooseDeployment), async () => {
      await session.store.refreshDeployments(task.id);
      const { value, problem } = session.store.deploymentsOf(task.id);
      if (!value && problem) throw problem;
      return (value ?? []).filter(only).map((deployment) => ({
        label: deployment.created === undefined ? deployment.deploymentId : formatDate(deployment.created, 'row'),
        description: deploymentDescription(deployment, session.store.runTime(deployment)),
        isStart: deployment.deploymentId === startAt,
        value: deployment,
      }));
    });
  }
}

function pick<T>(title: Text, placeholder: Text, choices: () => Promise<readonly Choice<T>[]>): Promise<T | undefined> {
  return chooseWhenLoaded(choices, { title, placeholder });
}

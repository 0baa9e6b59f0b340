/** The short descriptions of agents, tasks and deployments in the tree and in pickers. */
import type { Agent, Deployment, Task } from '../api/model';
import { render } from '../words/render';
import { runStateOf, type RunState } from './status/runState';
import type { RunTime } from './status/runTime';
import { runTimeWords } from './status/runTimeWords';
import { counted, written } from '../words/texts';

/** @param active how many of the agent's runs are active now. */
export function agentDescription(agent: Agent, tasks: number, active: number): string {
  // Active runs come first, because a narrow side bar cuts off the end.
  return joined([
    active > 0 && written('organization.active', active),
    tasks > 0 && counted(tasks, 'task'),
    agent.model ?? written('organization.defaultModel'),
  ]);
}

/** @param active the states of the task's active runs. */
export function taskDescription(task: Task, active: readonly RunState[]): string {
  const words = new Map<string, number>();
  for (const state of active) {
    const word = render(state.word, 'tree').toLocaleLowerCase();
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  const states = [...words].map(([word, count]) =>
    count === 1 ? word : written('organization.statusCount', count, word),
  );
  const runs = task.deploymentCount ? counted(task.deploymentCount, 'run') : written('organization.neverRun');
  return joined([...states, runs, task.schedule && written('organization.scheduled')]);
}

/**
 * The state of a run, and how long the agent worked when the run is over. It never depends on the current time, because
 * a row is redrawn only when the run changes.
 */
export function deploymentDescription(deployment: Deployment, time: RunTime | undefined): string {
  const { word, isOver } = runStateOf(deployment);
  return joined([render(word, 'tree'), isOver && time && render(runTimeWords(time), 'tree')]);
}

function joined(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

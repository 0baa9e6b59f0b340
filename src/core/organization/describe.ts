/** The words and icons that stand for agents, tasks and deployments, wherever they are listed. */
import type { Agent, Deployment, Task } from '../api/model';

/** How a status looks: a codicon (shape) and a theme colour. Both, so that neither has to carry the meaning alone. */
export interface StatusLook {
  readonly icon: string;
  readonly color?: string;
  readonly word: string;
}

const LOOKS: Readonly<Record<string, StatusLook>> = {
  inqueue: { icon: 'clock', color: 'charts.yellow', word: 'In queue' },
  running: { icon: 'loading~spin', color: 'charts.blue', word: 'Running' },
  completed: { icon: 'pass', color: 'charts.green', word: 'Completed' },
  stopped: { icon: 'debug-stop', color: 'descriptionForeground', word: 'Stopped' },
  failed: { icon: 'error', color: 'charts.red', word: 'Failed' },
};

/** An unknown status keeps its own word and gets a shape of its own. */
export function statusLook(status: string): StatusLook {
  return LOOKS[status.toLowerCase()] ?? { icon: 'question', word: status };
}

export function agentDescription(agent: Agent, tasks: readonly Task[]): string {
  const running = tasks.reduce((sum, task) => sum + task.active.length, 0);
  // What moves comes first: a narrow side bar cuts the end.
  return joined([
    running > 0 && `${String(running)} active`,
    tasks.length > 0 && counted(tasks.length, 'task'),
    agent.model ?? 'default model',
  ]);
}

export function taskDescription(task: Task): string {
  const states = new Map<string, number>();
  for (const { status } of task.active) {
    const { word } = statusLook(status);
    states.set(word, (states.get(word) ?? 0) + 1);
  }
  const active = [...states].map(([word, count]) =>
    count === 1 ? word.toLowerCase() : `${String(count)} ${word.toLowerCase()}`,
  );
  const runs = task.deploymentCount ? counted(task.deploymentCount, 'run') : 'never run';
  return joined([...active, runs, task.schedule && 'scheduled']);
}

/** Without anything that ages: a row is drawn when the run changes, not when time passes. */
export function deploymentDescription(deployment: Deployment): string {
  return joined([
    statusLook(deployment.status).word,
    deployment.started !== undefined &&
      deployment.ended !== undefined &&
      roughDuration(deployment.ended - deployment.started),
  ]);
}

/** `3 min`, `2 h`: one unit, for lists. */
export function roughDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.round(hours / 24))} d`;
}

export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function joined(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

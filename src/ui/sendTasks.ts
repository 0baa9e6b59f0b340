import * as vscode from 'vscode';
import type { ApiError } from '../core/api/errors';
import type { Deployment, Task } from '../core/api/model';
import type { AgentsSession } from '../core/organization/session';
import type { Loadable } from '../core/organization/snapshot';
import { taskThatAppeared, type WantedTask } from '../core/prompts/deployment';
import { sendCarefully, type Finding } from '../core/prompts/sendCarefully';

const SEND_AGAIN = 'Send Again';
const LOOK_AGAIN = 'Look Again';

/** Creates a task at most once. Undefined: it is not known whether it was created, and the user let it be. Throws `ApiError`. */
export async function createTaskCarefully(session: AgentsSession, wanted: WantedTask): Promise<Task | undefined> {
  const { store } = session;
  const { agentId, prompt, project, taskName } = wanted;
  // Only who knows what was there can tell later what came.
  if (!store.snapshot.tasks.value) await inProgress(`Preparing the task “${taskName}”`, () => store.refreshTasks());
  const known = new Set(confirmed(store.snapshot.tasks).map(({ id }) => id));
  return sendCarefully({
    send: () => inProgress(`Creating the task “${taskName}”`, () => store.createTask({ agentId, name: taskName, prompt, projectPreference: project })),
    look: () => inProgress(`Looking whether the task “${taskName}” was created`, async () => {
      await store.refreshTasks();
      return finding(store.snapshot.tasks, (tasks) => taskThatAppeared(known, wanted, tasks));
    }),
    ask: (found, failure) => askHowToGoOn(found.kind, failure, {
      unknown: `It is not known whether the task “${taskName}” was created.`,
      absent: 'It is not among the tasks of the organization so far. Sending again could create it twice if the server is only slow.',
    }),
  });
}

/**
 * Deploys a task at most once. Undefined: it is not known whether it was deployed, and the user let it be. Throws `ApiError`.
 * @param options.isNew whether the task was made just now and thus has no deployments.
 */
export async function deployTaskCarefully(session: AgentsSession, task: Task, options: { readonly isNew: boolean }): Promise<Deployment | undefined> {
  const { store } = session;
  let before: readonly Deployment[] = [];
  if (!options.isNew) {
    await inProgress(`Preparing “${task.name}”`, () => store.refreshDeployments(task.id));
    before = confirmed(store.deploymentsOf(task.id));
  }
  const known = new Set(before.map(({ deploymentId }) => deploymentId));
  const deployment = await sendCarefully({
    send: () => inProgress(`Deploying “${task.name}”`, () => store.deployTask(task.id)),
    look: () => inProgress(`Looking whether “${task.name}” was deployed`, async () => {
      await store.refreshDeployments(task.id);
      return finding(store.deploymentsOf(task.id), (deployments) => deployments.find(({ deploymentId }) => !known.has(deploymentId)));
    }),
    ask: (found, failure) => askHowToGoOn(found.kind, failure, {
      unknown: `It is not known whether “${task.name}” was deployed.`,
      absent: 'The task has no new deployment so far. Sending again could run it, and cost tokens, twice if the server is only slow.',
    }),
  });
  return deployment && { ...deployment, taskId: task.id };
}

/** A list that the server has just confirmed. Throws why it could not. */
export function confirmed<T>({ value, problem }: Loadable<readonly T[]>): readonly T[] {
  if (problem) throw problem;
  return value ?? [];
}

function finding<T, U>({ value, problem }: Loadable<readonly T[]>, pick: (items: readonly T[]) => U | undefined): Finding<U> {
  if (problem) return { kind: 'unclear', problem };
  const found = pick(value ?? []);
  return found === undefined ? { kind: 'absent' } : { kind: 'found', value: found };
}

async function askHowToGoOn(
  found: 'absent' | 'unclear', failure: ApiError, words: { readonly unknown: string; readonly absent: string },
): Promise<'send' | 'look' | 'stop'> {
  const said = failure.serverMessages.length > 0 ? `QuantConnect said: ${failure.serverMessages.join(' ')}` : 'QuantConnect gave no answer.';
  const detail = `${said} ${found === 'absent' ? words.absent : 'Looking for it failed, too.'}`;
  const actions = found === 'absent' ? [SEND_AGAIN, LOOK_AGAIN] : [LOOK_AGAIN];
  // Modal, because nothing goes on without an answer.
  const answer = await vscode.window.showWarningMessage(words.unknown, { modal: true, detail }, ...actions);
  return answer === SEND_AGAIN ? 'send' : answer === LOOK_AGAIN ? 'look' : 'stop';
}

/** Cannot be cancelled: what was sent was sent. */
async function inProgress<T>(title: string, work: () => Promise<T>): Promise<T> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}

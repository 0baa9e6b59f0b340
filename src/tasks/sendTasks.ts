import { quotedServerWords } from '../core/api/describeError';
import type { ApiError } from '../core/api/errors';
import type { Deployment, Task } from '../core/api/model';
import { sendAtMostOnce, type Finding } from '../core/api/oneTimeRequest';
import type { AgentsSession } from '../core/organization/session';
import type { Loadable } from '../core/organization/snapshot';
import { taskThatAppeared, type WantedTask } from '../core/prompts/deployment';
import { joined, say, type Words } from '../core/words/words';
import { ask } from '../ui/messages';
import { inNotification } from '../ui/progress';
import { TEXTS } from './texts';

/**
 * Creates a task at most once. Undefined: it is not known whether it was created, and the user gave up. Throws
 * `ApiError`.
 */
export async function createTaskCarefully(session: AgentsSession, wanted: WantedTask): Promise<Task | undefined> {
  const { store } = session;
  const { agentId, prompt, project, taskName } = wanted;
  // To recognize a new task later, we must know the tasks before.
  if (!store.snapshot.tasks.value) await inNotification(say(TEXTS.preparingTask, taskName), () => store.refreshTasks());
  const known = new Set(confirmed(store.snapshot.tasks).map(({ id }) => id));
  return sendAtMostOnce(
    {
      send: () =>
        inNotification(say(TEXTS.creatingTask, taskName), () =>
          store.createTask({ agentId, name: taskName, prompt, projectPreference: project }),
        ),
      look: () =>
        inNotification(say(TEXTS.lookingForTask, taskName), async () => {
          await store.refreshTasks();
          return finding(store.snapshot.tasks, (tasks) => taskThatAppeared(known, wanted, tasks));
        }),
    },
    (found, failure) =>
      askWhatNext(found, failure, {
        unknown: say(TEXTS.taskUncertain, taskName),
        absent: say(TEXTS.taskNotThere),
      }),
  );
}

/**
 * Deploys a task at most once. Undefined: it is not known whether it was deployed, and the user gave up. Throws
 * `ApiError`.
 * @param options.isNew the task was created a moment ago, so it has no deployments.
 */
export async function deployTaskCarefully(
  session: AgentsSession,
  task: Task,
  options: { readonly isNew: boolean },
): Promise<Deployment | undefined> {
  const { store } = session;
  let before: readonly Deployment[] = [];
  if (!options.isNew) {
    await inNotification(say(TEXTS.preparing, task.name), () => store.refreshDeployments(task.id));
    before = confirmed(store.deploymentsOf(task.id));
  }
  const known = new Set(before.map(({ deploymentId }) => deploymentId));
  const deployment = await sendAtMostOnce(
    {
      send: () => inNotification(say(TEXTS.deploying, task.name), () => store.deployTask(task.id)),
      look: () =>
        inNotification(say(TEXTS.lookingForDeployment, task.name), async () => {
          await store.refreshDeployments(task.id);
          return finding(store.deploymentsOf(task.id), (deployments) =>
            deployments.find(({ deploymentId }) => !known.has(deploymentId)),
          );
        }),
    },
    (found, failure) =>
      askWhatNext(found, failure, {
        unknown: say(TEXTS.deploymentUncertain, task.name),
        absent: say(TEXTS.deploymentNotThere),
      }),
  );
  return deployment && { ...deployment, taskId: task.id };
}

/** A list that the server has just sent. Throws the problem if it did not. */
export function confirmed<T>({ value, problem }: Loadable<readonly T[]>): readonly T[] {
  if (problem) throw problem;
  return value ?? [];
}

function finding<T, U>(
  { value, problem }: Loadable<readonly T[]>,
  pick: (items: readonly T[]) => U | undefined,
): Finding<U> {
  if (problem) return { kind: 'unclear' };
  const found = pick(value ?? []);
  return found === undefined ? { kind: 'absent' } : { kind: 'found', value: found };
}

async function askWhatNext(
  found: 'absent' | 'unclear',
  failure: ApiError,
  words: { readonly unknown: Words; readonly absent: Words },
): Promise<'send' | 'look' | 'stop'> {
  const server = quotedServerWords(failure.serverMessages);
  const detail = joined([
    server ? say(TEXTS.quantConnectSaid, server) : say(TEXTS.noAnswer),
    found === 'absent' ? words.absent : say(TEXTS.lookingFailed),
  ]);
  const answer =
    found === 'absent'
      ? await ask(words.unknown, { detail }, { send: TEXTS.sendAgain, look: TEXTS.checkAgain })
      : await ask(words.unknown, { detail }, { look: TEXTS.checkAgain });
  return answer ?? 'stop';
}

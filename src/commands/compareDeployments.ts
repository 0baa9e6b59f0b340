import { pickComparison } from '../conversation/documents/pickComparison';
import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { cancellably } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const compareDeployments: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toCompare),
  title: say(TEXTS.compareDeployments),
  async run(services, { session, deployment }) {
    const { deploymentId, taskId } = deployment;
    if (taskId === undefined) throw new Obstacle(say(TEXTS.taskUnknown));
    await session.store.refreshDeployments(taskId);
    const task = session.store.task(taskId) ?? (await session.client.readTask(taskId));
    const { value: deployments, problem } = session.store.deploymentsOf(taskId);
    if (!deployments && problem) throw problem;
    if ((deployments ?? []).every((each) => each.deploymentId === deploymentId)) {
      void inform(say(TEXTS.deployedOnce, task.name));
      return;
    }
    const other = await services.pickers.pickDeployment(session, task, {
      title: say(TEXTS.compareWith),
      only: (each) => each.deploymentId !== deploymentId,
    });
    if (!other) return;
    const { documents, records } = await services.conversations.get();
    const [left, right] = await cancellably(say(TEXTS.readingBoth), (signal) =>
      Promise.all([records.read(session, deploymentId, signal), records.read(session, other.deploymentId, signal)]),
    );
    await pickComparison(documents, left, right);
  },
};

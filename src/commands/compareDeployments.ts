import { pickComparison } from '../conversation/documents/pickComparison';
import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import { cancellably } from '../ui/progress';
import type { Command } from './command';

export const compareDeployments: Command<'deployment'> = {
  on: 'deployment',
  doing: say('compare the deployments'),
  title: say('Compare Deployments'),
  async run(services, { session, deployment }) {
    const { deploymentId, taskId } = deployment;
    if (taskId === undefined)
      throw new Obstacle(say('QuantConnect did not send which task the deployment belongs to.'));
    await session.store.refreshDeployments(taskId);
    const task = session.store.task(taskId) ?? (await session.client.readTask(taskId));
    const { value: deployments, problem } = session.store.deploymentsOf(taskId);
    if (!deployments && problem) throw problem;
    if ((deployments ?? []).every((each) => each.deploymentId === deploymentId)) {
      void inform(say('The task “{0}” has only one deployment, so there is nothing to compare.', task.name));
      return;
    }
    const other = await services.pickers.pickDeployment(session, task, {
      title: say('Compare With'),
      only: (each) => each.deploymentId !== deploymentId,
    });
    if (!other) return;
    const { documents, records } = await services.conversations.get();
    const [left, right] = await cancellably(say('Reading both conversations'), (signal) =>
      Promise.all([records.read(session, deploymentId, signal), records.read(session, other.deploymentId, signal)]),
    );
    await pickComparison(documents, left, right);
  },
};

import { hasEnded } from '../core/api/model';
import { confirmDestruction } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const deleteDeployment: Command = {
  doing: 'delete the deployment',
  async run(services, target) {
    const deployment = await targetDeployment(services, target, 'Delete Deployment');
    if (!deployment) return;
    const { deploymentId, created, taskId } = deployment.on;
    const { store } = deployment.session;
    const task = taskId === undefined ? undefined : store.task(taskId)?.name;
    const when = created === undefined ? deploymentId : `of ${new Date(created).toLocaleString()}`;
    const unsent = services.conversations.unsentWords(deploymentId);
    const consequence = [
      'Its conversation is deleted. The project with its code and backtests stays. This cannot be undone.',
      unsent !== undefined && `What you wrote for it goes with it: ${unsent}.`,
      !hasEnded(deployment.on) && 'It has not ended: stop it first if its work should be kept in order.',
    ].filter(Boolean).join('\n\n');
    if (!await confirmDestruction(`Delete the deployment ${when}${task === undefined ? '' : ` of the task “${task}”`}?`, consequence, 'Delete Deployment')) return;
    await inExplorer(() => store.deleteDeployment(deploymentId));
    services.conversations.close(deploymentId);
  },
};

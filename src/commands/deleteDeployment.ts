import { hasEnded } from '../core/organization/status/runState';
import { joined, say } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const deleteDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say('delete the deployment'),
  title: say('Delete Deployment'),
  async run(services, { session: { store }, deployment }) {
    const { deploymentId, created, taskId } = deployment;
    const task = taskId === undefined ? undefined : store.task(taskId)?.name;
    const when = created === undefined ? deploymentId : say('of {0}', new Date(created).toLocaleString());
    const unsent = await (await services.conversations.get()).panels.unsentWords(deploymentId);
    const consequence = joined(
      [
        say('Its conversation is deleted. The project with its code and backtests stays. This cannot be undone.'),
        unsent !== undefined && say('What you wrote for it goes with it: {0}.', unsent),
        !hasEnded(deployment) && say('It has not ended: stop it first if its work should be kept in order.'),
      ],
      '\n\n',
    );
    const question =
      task === undefined
        ? say('Delete the deployment {0}?', when)
        : say('Delete the deployment {0} of the task “{1}”?', when, task);
    if (!(await confirmDestruction(question, consequence, 'Delete Deployment'))) return;
    await inExplorer(() => store.deleteDeployment(deploymentId));
    (await services.conversations.get()).panels.close(deploymentId);
  },
};

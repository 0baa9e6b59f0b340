import { hasEnded } from '../core/organization/status/runState';
import { formatDate } from '../core/words/dates';
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
    const when = created === undefined ? deploymentId : say('from {0}', formatDate(created, 'row'));
    const unsent = await (await services.conversations.get()).panels.unsentWords(deploymentId);
    const consequence = joined(
      [
        say('Its conversation is deleted. Its project with code and backtests stays. This cannot be undone.'),
        unsent !== undefined && say('You lose what you wrote for it: {0}.', unsent),
        !hasEnded(deployment) && say('It is still active. To keep its project in order, stop it first.'),
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

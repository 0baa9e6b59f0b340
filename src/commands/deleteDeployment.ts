import { hasEnded } from '../core/organization/status/runState';
import { formatDate } from '../core/words/dates';
import { joined, say } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const deleteDeployment: Command<'deployment'> = {
  on: 'deployment',
  doing: say(TEXTS.toDeleteDeployment),
  title: say(TEXTS.deleteDeployment),
  async run(services, { session: { store }, deployment }) {
    const { deploymentId, created, taskId } = deployment;
    const task = taskId === undefined ? undefined : store.task(taskId)?.name;
    const when = created === undefined ? deploymentId : say(TEXTS.fromTask, formatDate(created, 'row'));
    const unsent = await (await services.conversations.get()).panels.unsentWords(deploymentId);
    const consequence = joined(
      [
        say(TEXTS.deleteDeploymentDetail),
        unsent !== undefined && say(TEXTS.unsentWillBeLost, unsent),
        !hasEnded(deployment) && say(TEXTS.notEnded),
      ],
      '\n\n',
    );
    const question =
      task === undefined
        ? say(TEXTS.deleteDeploymentQuestion, when)
        : say(TEXTS.deleteDeploymentOfTaskQuestion, when, task);
    if (!(await confirmDestruction(question, consequence, TEXTS.deleteDeployment))) return;
    await inExplorer(() => store.deleteDeployment(deploymentId));
    (await services.conversations.get()).panels.close(deploymentId);
  },
};

import { say } from '../core/words/words';
import { deployTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';
import { targetTask } from './targets';

export const deployTask: Command = {
  doing: say('deploy the task'),
  async run(services, target) {
    const task = await targetTask(services, target, say('Deploy Task'));
    if (!task) return;
    const deployment = await deployTaskCarefully(task.session, task.on, { isNew: false });
    if (deployment) await (await services.conversations.get()).panels.open(task.session, deployment);
  },
};

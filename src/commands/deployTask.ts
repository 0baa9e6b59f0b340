import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetTask } from './targets';

export const deployTask: Command = {
  doing: 'deploy the task',
  async run(services, target) {
    const task = await targetTask(services, target, 'Deploy Task');
    if (!task) return;
    const deployment = await inExplorer(() => task.session.store.deployTask(task.on.id));
    if (deployment) await services.conversations.open(task.session, deployment);
  },
};

import { counted } from '../core/organization/describe';
import { confirmDestruction } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetTask } from './targets';

export const deleteTask: Command = {
  doing: 'delete the task',
  async run(services, target) {
    const task = await targetTask(services, target, 'Delete Task');
    if (!task) return;
    const { store } = task.session;
    // What the question says must be so now, not when the tree was last in sight.
    await inExplorer(() => store.refreshTasks());
    const { name, deploymentCount = 0, active } = store.task(task.on.id) ?? task.on;
    const consequence = [
      'The task and its prompt are deleted. This cannot be undone.',
      // Whether they are deleted too is unpublished; a list of deployments is had by its task alone (docs/api/contract.md).
      deploymentCount > 0 && `Its ${counted(deploymentCount, 'deployment')} and their conversations can no longer be reached then${active.length > 0 ? `; ${String(active.length)} of them ${active.length === 1 ? 'is' : 'are'} active` : ''}.`,
    ].filter(Boolean).join('\n\n');
    if (!await confirmDestruction(`Delete the task “${name}”?`, consequence, 'Delete Task')) return;
    await inExplorer(() => store.deleteTask(task.on.id));
  },
};

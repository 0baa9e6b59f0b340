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
    const { name, deploymentCount = 0, active } = task.on;
    const consequence = [
      'The task and its prompt are deleted. This cannot be undone.',
      deploymentCount > 0 && `With it go its ${counted(deploymentCount, 'deployment')} and their conversations${active.length > 0 ? `; ${String(active.length)} of them ${active.length === 1 ? 'is' : 'are'} active` : ''}.`,
    ].filter(Boolean).join('\n\n');
    if (!await confirmDestruction(`Delete the task “${name}”?`, consequence, 'Delete Task')) return;
    await inExplorer(() => task.session.store.deleteTask(task.on.id));
  },
};

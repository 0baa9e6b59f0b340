import { count, joined, say, type Words } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const deleteTask: Command<'task'> = {
  on: 'task',
  doing: say('delete the task'),
  title: say('Delete Task'),
  async run(_services, { session: { store }, task }) {
    // The tree may have been out of sight for long. The question must say what is true now.
    await inExplorer(() => store.refreshTasks());
    const { name, deploymentCount = 0, active } = store.task(task.id) ?? task;
    const consequence = joined(
      [
        say('The task and its prompt are deleted. This cannot be undone.'),
        deploymentCount > 0 && lossOf(count(deploymentCount, 'deployment'), active.length),
      ],
      '\n\n',
    );
    if (!(await confirmDestruction(say('Delete the task “{0}”?', name), consequence, 'Delete Task'))) return;
    await inExplorer(() => store.deleteTask(task.id));
  },
};

/**
 * QuantConnect does not document whether it deletes them, too. But the API lists deployments only by their task
 * (docs/api/contract.md).
 */
function lossOf(deployments: Words, active: number): Words {
  if (active === 0) return say('You can no longer open its {0}, with all conversations.', deployments);
  return active === 1
    ? say('You can no longer open its {0}, with all conversations. {1} of them is active.', deployments, active)
    : say('You can no longer open its {0}, with all conversations. {1} of them are active.', deployments, active);
}

import { count, joined, say } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const deleteTask: Command<'task'> = {
  on: 'task',
  doing: say('delete the task'),
  title: say('Delete Task'),
  async run(_services, { session: { store }, task }) {
    // What the question says must be so now, not when the tree was last in sight.
    await inExplorer(() => store.refreshTasks());
    const { name, deploymentCount = 0, active } = store.task(task.id) ?? task;
    const consequence = joined(
      [
        say('The task and its prompt are deleted. This cannot be undone.'),
        // Whether they are deleted too is unpublished; a list of deployments is had by its task alone
        // (docs/api/contract.md).
        deploymentCount > 0 &&
          say(
            active.length === 0
              ? 'Its {0} and their conversations can no longer be reached then.'
              : active.length === 1
                ? 'Its {0} and their conversations can no longer be reached then; {1} of them is active.'
                : 'Its {0} and their conversations can no longer be reached then; {1} of them are active.',
            count(deploymentCount, 'deployment'),
            active.length,
          ),
      ],
      '\n\n',
    );
    if (!(await confirmDestruction(say('Delete the task “{0}”?', name), consequence, 'Delete Task'))) return;
    await inExplorer(() => store.deleteTask(task.id));
  },
};

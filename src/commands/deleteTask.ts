import { count, joined, say, type Words } from '../core/words/words';
import { confirmDestruction } from '../ui/messages';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const deleteTask: Command<'task'> = {
  on: 'task',
  doing: say(TEXTS.toDeleteTask),
  title: say(TEXTS.deleteTask),
  async run(_services, { session: { store }, task }) {
    // The tree may have been out of sight for long. The question must say what is true now.
    await inExplorer(() => store.refreshTasks());
    const { name, deploymentCount = 0, active } = store.task(task.id) ?? task;
    const consequence = joined(
      [say(TEXTS.deleteTaskDetail), deploymentCount > 0 && lossOf(count(deploymentCount, 'deployment'), active.length)],
      '\n\n',
    );
    if (!(await confirmDestruction(say(TEXTS.deleteTaskQuestion, name), consequence, TEXTS.deleteTask))) return;
    await inExplorer(() => store.deleteTask(task.id));
  },
};

/**
 * QuantConnect does not document whether it deletes them, too. But the API lists deployments only by their task
 * (docs/api/contract.md).
 */
function lossOf(deployments: Words, active: number): Words {
  if (active === 0) return say(TEXTS.deleteTaskRuns, deployments);
  return active === 1
    ? say(TEXTS.deleteTaskRunsOneActive, deployments, active)
    : say(TEXTS.deleteTaskRunsActive, deployments, active);
}

import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetTask } from './targets';

export const renameTask: Command = {
  doing: say('rename the task'),
  async run(services, target) {
    const task = await targetTask(services, target, say('Rename Task'));
    if (!task) return;
    const name = await askForName({
      title: say('Rename Task'),
      prompt: say('New name of the task'),
      value: task.on.name,
    });
    if (name === undefined || name === task.on.name) return;
    await inExplorer(() => task.session.store.renameTask(task.on.id, name));
  },
};

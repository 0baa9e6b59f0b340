import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const renameTask: Command<'task'> = {
  on: 'task',
  doing: say('rename the task'),
  title: say('Rename Task'),
  async run(_services, { session: { store }, task }) {
    const name = await askForName({
      title: say('Rename Task'),
      prompt: say('New name of the task'),
      value: task.name,
    });
    if (name === undefined || name === task.name) return;
    await inExplorer(() => store.renameTask(task.id, name));
  },
};

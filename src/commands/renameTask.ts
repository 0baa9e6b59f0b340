import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const renameTask: Command<'task'> = {
  on: 'task',
  doing: say(TEXTS.toRenameTask),
  title: say(TEXTS.renameTask),
  async run(_services, { session: { store }, task }) {
    const name = await askForName({
      title: say(TEXTS.renameTask),
      prompt: say(TEXTS.newTaskName),
      value: task.name,
    });
    if (name === undefined || name === task.name) return;
    await inExplorer(() => store.renameTask(task.id, name));
  },
};

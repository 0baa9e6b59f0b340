import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { createTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';
import { TEXTS } from './texts';

export const duplicateTask: Command<'task'> = {
  on: 'task',
  doing: say(TEXTS.toDuplicateTask),
  title: say(TEXTS.duplicateTask),
  async run(services, { session, task }) {
    const { client } = session;
    const { agentId, prompt, projectPreference } = await client.readTask(task.id);
    if (agentId === undefined || prompt === undefined || projectPreference === undefined) {
      throw new Obstacle(say(TEXTS.taskIncomplete));
    }
    const name = await askForName({
      title: say(TEXTS.duplicateTask),
      prompt: say(TEXTS.copyName),
      // It becomes the task's name, and names are not translated.
      value: `Copy of ${task.name}`,
    });
    if (name === undefined) return;
    const copy = await createTaskCarefully(session, {
      agentId,
      taskName: name,
      prompt,
      project: projectPreference,
    });
    if (copy) await services.explorer.reveal(session, copy);
  },
};

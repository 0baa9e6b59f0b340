import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { createTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';
import { targetTask } from './targets';

export const duplicateTask: Command = {
  doing: say('duplicate the task'),
  async run(services, target) {
    const task = await targetTask(services, target, say('Duplicate Task'));
    if (!task) return;
    const { client } = task.session;
    const { agentId, prompt, projectPreference } = await client.readTask(task.on.id);
    if (agentId === undefined || prompt === undefined || projectPreference === undefined) {
      throw new Obstacle(say('QuantConnect did not tell its agent, its prompt or where it works.'));
    }
    const name = await askForName({
      title: say('Duplicate Task'),
      prompt: say('Name of the copy'),
      value: `Copy of ${task.on.name}`,
    });
    if (name === undefined) return;
    const copy = await createTaskCarefully(task.session, {
      agentId,
      taskName: name,
      prompt,
      project: projectPreference,
    });
    if (copy) await services.explorer.reveal(task.session, copy);
  },
};

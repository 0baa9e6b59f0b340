import { Obstacle } from '../core/words/obstacle';
import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { createTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';

export const duplicateTask: Command<'task'> = {
  on: 'task',
  doing: say('duplicate the task'),
  title: say('Duplicate Task'),
  async run(services, { session, task }) {
    const { client } = session;
    const { agentId, prompt, projectPreference } = await client.readTask(task.id);
    if (agentId === undefined || prompt === undefined || projectPreference === undefined) {
      throw new Obstacle(say('QuantConnect did not send the agent, the prompt or the project preference of the task.'));
    }
    const name = await askForName({
      title: say('Duplicate Task'),
      prompt: say('Name of the copy'),
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

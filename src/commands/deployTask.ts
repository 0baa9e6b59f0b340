import { say } from '../core/words/words';
import { deployTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';

export const deployTask: Command<'task'> = {
  on: 'task',
  doing: say('deploy the task'),
  title: say('Deploy Task'),
  async run(services, { session, task }) {
    const deployment = await deployTaskCarefully(session, task, { isNew: false });
    if (deployment) await (await services.conversations.get()).panels.open(session, deployment);
  },
};

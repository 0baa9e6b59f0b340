import { say } from '../core/words/words';
import { deployTaskCarefully } from '../tasks/sendTasks';
import type { Command } from './command';
import { TEXTS } from './texts';

export const deployTask: Command<'task'> = {
  on: 'task',
  doing: say(TEXTS.toDeployTask),
  title: say(TEXTS.deployTask),
  async run(services, { session, task }) {
    const deployment = await deployTaskCarefully(session, task, { isNew: false });
    if (deployment) await (await services.conversations.get()).panels.open(session, deployment);
  },
};

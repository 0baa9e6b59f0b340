import { say } from '../core/words/words';
import { copy } from '../ui/outside';
import { flash } from '../ui/statusBar';
import type { Command } from './command';
import { TEXTS } from './texts';

export const copyId: Command<'agent, task or deployment'> = {
  on: 'agent, task or deployment',
  doing: say(TEXTS.toCopyId),
  title: say(TEXTS.copyId),
  async run(_services, target) {
    const id =
      'agent' in target
        ? String(target.agent.id)
        : 'task' in target
          ? String(target.task.id)
          : target.deployment.deploymentId;
    await copy(id);
    flash(say(TEXTS.copied, id), 3000, 'copy');
  },
};

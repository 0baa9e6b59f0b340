import { AgentNode } from '../explorer/nodes/agentNode';
import { TaskNode } from '../explorer/nodes/taskNode';
import { say } from '../core/words/words';
import { copy } from '../ui/outside';
import { flash } from '../ui/statusBar';
import type { Command } from './command';
import { targetDeployment } from './targets';

export const copyId: Command = {
  doing: say('copy the ID'),
  async run(services, target) {
    const row = target ?? services.explorer.selected;
    const id =
      row instanceof AgentNode
        ? String(row.agentId)
        : row instanceof TaskNode
          ? String(row.taskId)
          : (await targetDeployment(services, row, say('Copy ID')))?.on.deploymentId;
    if (id === undefined) return;
    await copy(id);
    flash(say('{0} copied', id), 3000, 'copy');
  },
};

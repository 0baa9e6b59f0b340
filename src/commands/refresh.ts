import { say } from '../core/words/words';
import { AgentNode } from '../explorer/nodes/agentNode';
import { TaskNode } from '../explorer/nodes/taskNode';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const refresh: Command = {
  doing: say('refresh'),
  async run({ sessions }, target) {
    const session = await sessions.require();
    if (!session) return;
    await inExplorer(async () => {
      if (target instanceof TaskNode) await session.store.refreshDeployments(target.taskId);
      else if (target instanceof AgentNode) await session.store.refreshTasks();
      else await session.store.refreshAll();
    });
  },
};

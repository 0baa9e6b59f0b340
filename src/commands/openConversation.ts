import { TaskNode } from '../explorer/nodes/taskNode';
import type { Command } from './command';
import { rowOf, targetDeployment } from './targets';

export const openConversation: Command = {
  doing: 'open the conversation',
  async run(services, target) {
    const row = rowOf(services, target);
    if (row instanceof TaskNode) {
      const session = await services.sessions.require();
      if (!session) return;
      await session.store.refreshDeployments(row.taskId);
      const { value: [newest, ...others] = [] } = session.store.deploymentsOf(row.taskId);
      if (newest && others.length === 0) {
        await services.conversations.open(session, newest);
        return;
      }
    }
    const deployment = await targetDeployment(services, target, 'Open Conversation');
    if (deployment) await services.conversations.open(deployment.session, deployment.on);
  },
};

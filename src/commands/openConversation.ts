import { say } from '../core/words/words';
import { TaskNode } from '../explorer/nodes/taskNode';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetDeployment, targetTask } from './targets';

export const openConversation: Command = {
  doing: say('open the conversation'),
  async run(services, target) {
    if (target instanceof TaskNode) {
      const task = await targetTask(services, target, say('Open Conversation'));
      if (!task) return;
      const {
        session,
        on: { id },
      } = task;
      await inExplorer(() => session.store.refreshDeployments(id));
      const { value: [newest, ...others] = [] } = session.store.deploymentsOf(id);
      if (newest && others.length === 0) {
        await (await services.conversations.get()).panels.open(session, newest);
        return;
      }
    }
    // From the palette: another one than the one in front, which is open.
    const inFront = services.conversations.current?.panels.inFront?.deployment.deploymentId;
    const deployment = await targetDeployment(
      services,
      target,
      say('Open Conversation'),
      ({ deploymentId }) => deploymentId !== inFront,
    );
    if (deployment) await (await services.conversations.get()).panels.open(deployment.session, deployment.on);
  },
};

import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { targetAgent } from './targets';

export const renameAgent: Command = {
  doing: say('rename the agent'),
  async run(services, target) {
    const agent = await targetAgent(services, target, say('Rename Agent'));
    if (!agent) return;
    const name = await askForName({
      title: say('Rename Agent'),
      prompt: say('New name of the agent'),
      value: agent.on.name,
    });
    if (name === undefined || name === agent.on.name) return;
    await inExplorer(() => agent.session.store.updateAgent(agent.on.id, { name }));
  },
};

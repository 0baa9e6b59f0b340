import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';

export const renameAgent: Command<'agent'> = {
  on: 'agent',
  doing: say('rename the agent'),
  title: say('Rename Agent'),
  async run(_services, { session: { store }, agent }) {
    const name = await askForName({
      title: say('Rename Agent'),
      prompt: say('New name of the agent'),
      value: agent.name,
    });
    if (name === undefined || name === agent.name) return;
    await inExplorer(() => store.updateAgent(agent.id, { name }));
  },
};

import { say } from '../core/words/words';
import { askForName } from '../ui/inputs';
import { inExplorer } from '../ui/progress';
import type { Command } from './command';
import { TEXTS } from './texts';

export const renameAgent: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toRenameAgent),
  title: say(TEXTS.renameAgent),
  async run(_services, { session: { store }, agent }) {
    const name = await askForName({
      title: say(TEXTS.renameAgent),
      prompt: say(TEXTS.newAgentName),
      value: agent.name,
    });
    if (name === undefined || name === agent.name) return;
    await inExplorer(() => store.updateAgent(agent.id, { name }));
  },
};

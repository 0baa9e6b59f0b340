import { say } from '../core/words/words';
import type { Command } from './command';
import { TEXTS } from './texts';

export const duplicateAgent: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toDuplicateAgent),
  title: say(TEXTS.duplicateAgent),
  async run(services, { session, agent }) {
    // Nothing is created before the user saves the copy.
    await (await services.agentDocuments.get()).openNewAgent(await session.store.readAgent(agent.id));
  },
};

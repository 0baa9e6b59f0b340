import { say } from '../core/words/words';
import type { Command } from './command';

export const duplicateAgent: Command<'agent'> = {
  on: 'agent',
  doing: say('duplicate the agent'),
  title: say('Duplicate Agent'),
  async run(services, { session, agent }) {
    // Nothing is created before the user saves the copy.
    await (await services.agentDocuments.get()).openNewAgent(await session.store.readAgent(agent.id));
  },
};

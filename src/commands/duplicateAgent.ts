import { say } from '../core/words/words';
import type { Command } from './command';

export const duplicateAgent: Command<'agent'> = {
  on: 'agent',
  doing: say('duplicate the agent'),
  title: say('Duplicate Agent'),
  async run(services, { session, agent }) {
    // The copy is a draft until it is saved: nothing is created by looking at it.
    await (await services.agentDocuments.get()).openNewAgent(await session.store.readAgent(agent.id));
  },
};

import { say } from '../core/words/words';
import { setProviderToken as ask } from '../agentDocuments/providerToken';
import type { Command } from './command';

export const setProviderToken: Command<'agent'> = {
  on: 'agent',
  doing: say("set the agent's provider token"),
  title: say('Set Provider Token'),
  async run(_services, { session, agent }) {
    await ask(session, agent);
  },
};

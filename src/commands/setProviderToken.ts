import { say } from '../core/words/words';
import { setProviderToken as ask } from '../agentDocuments/providerToken';
import type { Command } from './command';
import { TEXTS } from './texts';

export const setProviderToken: Command<'agent'> = {
  on: 'agent',
  doing: say(TEXTS.toSetToken),
  title: say(TEXTS.setToken),
  async run(_services, { session, agent }) {
    await ask(session, agent);
  },
};

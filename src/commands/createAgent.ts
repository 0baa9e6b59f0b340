import { say } from '../core/words/words';
import type { Command } from './command';

export const createAgent: Command = {
  doing: say('open a new agent'),
  async run({ sessions, agentDocuments }) {
    const session = await sessions.require();
    if (session) await (await agentDocuments.get()).openNewAgent();
  },
};

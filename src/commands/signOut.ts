import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import type { Command } from './command';

export const signOut: Command<'nothing'> = {
  on: 'nothing',
  doing: say('sign out'),
  async run({ sessions, accounts }) {
    const session = await sessions.ready();
    if (!session) {
      await inform(say('You are not signed in.'));
      return;
    }
    // Ends the session in all windows. Drafts stay.
    await accounts.remove(session.account.id);
  },
};

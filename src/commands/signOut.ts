import { say } from '../core/words/words';
import { inform } from '../ui/messages';
import type { Command } from './command';
import { TEXTS } from './texts';

export const signOut: Command<'nothing'> = {
  on: 'nothing',
  doing: say(TEXTS.toSignOut),
  async run({ sessions, accounts }) {
    const session = await sessions.ready();
    if (!session) {
      await inform(say(TEXTS.notSignedIn));
      return;
    }
    // Ends the session in all windows. Drafts stay.
    await accounts.remove(session.account.id);
  },
};

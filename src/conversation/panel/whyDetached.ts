import type { AgentsSession } from '../../core/organization/session';
import { joined, say, type Words } from '../../core/words/words';

/** Why a panel has no session, and what the user can do. */
export interface WhyDetached {
  readonly words: Words;
  readonly action: 'signIn' | 'openSettings' | 'switchOrganization';
}

/**
 * @param session the session of somebody else, if there is one.
 * @param signInProblem why nobody can sign in, such as a wrong setting.
 */
export function whyDetached(session: AgentsSession | undefined, signInProblem: Words | undefined): WhyDetached {
  if (session)
    return {
      words: say('This conversation belongs to another account or organization. Switch to it to go on.'),
      action: 'switchOrganization',
    };
  if (signInProblem)
    return { words: joined([signInProblem, say('What was read stays here.')]), action: 'openSettings' };
  return { words: say('You are signed out. What was read stays here; sign in to go on.'), action: 'signIn' };
}

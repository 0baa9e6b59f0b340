import type { AgentsSession } from '../../core/organization/session';
import { joined, say, type Words } from '../../core/words/words';
import { TEXTS } from './texts';

/** Why a panel has no session, and what the user can do. */
export interface WhyDetached {
  readonly words: Words;
  readonly action: 'signIn' | 'openSettings' | 'switchOrganization';
}

/**
 * @param session the current session of another account or organization, if there is one.
 * @param signInProblem why nobody can sign in, such as a wrong setting.
 */
export function whyDetached(session: AgentsSession | undefined, signInProblem: Words | undefined): WhyDetached {
  if (session)
    return {
      words: say(TEXTS.otherSession),
      action: 'switchOrganization',
    };
  if (signInProblem) return { words: joined([signInProblem, say(TEXTS.staysHere)]), action: 'openSettings' };
  return { words: say(TEXTS.signedOut), action: 'signIn' };
}

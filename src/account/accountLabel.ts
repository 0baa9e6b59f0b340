import type { Account } from '../core/organization/session';
import { given, say, type Words } from '../core/words/words';
import { TEXTS } from './texts';

/** The label that is stored with an account of the sandbox. Stored labels stay English, in whatever language VS Code is. */
export const SANDBOX_LABEL = 'Sandbox (simulated cloud)';

/** The label that is stored with an account of QuantConnect. */
export function userLabel(userId: string): string {
  return `User ${userId}`;
}

/** How VS Code shows an account: our stored labels in the language of the user, and any other as it is. */
export function shownLabel({ label, userId }: Pick<Account, 'label' | 'userId'>): Words {
  if (label === SANDBOX_LABEL) return say(TEXTS.sandboxAccount);
  return label === userLabel(userId) ? say(TEXTS.userAccount, userId) : given(label);
}

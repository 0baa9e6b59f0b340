import { expect, it } from 'vitest';
import { SANDBOX_LABEL, shownLabel, userLabel } from '../../../src/account/accountLabel';
import { TEXTS } from '../../../src/account/texts';
import { given, say } from '../../../src/core/words/words';

it.each([
  ['the sandbox', SANDBOX_LABEL, say(TEXTS.sandboxAccount)],
  ['a user', userLabel('7'), say(TEXTS.userAccount, '7')],
  ['a label of somebody else', 'User 8', given('User 8')],
])('The stored label of %s is shown in the language of the user where it is ours', (_, label, expected) => {
  expect(shownLabel({ label, userId: '7' })).toEqual(expected);
});

import { describe, expect, it } from 'vitest';
import { whyDetached } from '../../../../src/conversation/panel/whyDetached';
import type { AgentsSession } from '../../../../src/core/organization/session';
import { render } from '../../../../src/core/words/render';
import { say } from '../../../../src/core/words/words';

const anotherSession = {} as AgentsSession;
const problem = say('The setting is empty.');

describe('whyDetached', () => {
  it.each([
    ['nobody is signed in', whyDetached(undefined, undefined), 'signIn', /^You are signed out\./],
    [
      'nobody can sign in',
      whyDetached(undefined, problem),
      'openSettings',
      /^The setting is empty\. The messages that were read stay visible/,
    ],
    ['somebody else is signed in', whyDetached(anotherSession, undefined), 'switchOrganization', /another account/],
    [
      'somebody else is signed in, whatever else',
      whyDetached(anotherSession, problem),
      'switchOrganization',
      /another/,
    ],
  ] as const)('says what to do when %s', (_, { words, action }, expected, text) => {
    expect(action).toBe(expected);
    expect(render(words, 'page')).toMatch(text);
  });
});

import { expect, it } from 'vitest';
import { userTexts } from '../../../../../src/core/conversation/transcript/userTexts';
import { message, text, tool } from '../../../../support/conversations';

it('userTexts: gives what the user said, what steered a run among it, in order', () => {
  expect(
    userTexts([
      message('m1', 'user', text('Build '), text('it')),
      message('m2', 'assistant', text('I build'), { kind: 'steering', parts: [text('Use SPY')] }, tool('x')),
      message('m3', 'user', text('Thanks')),
    ]),
  ).toEqual(['Build it', 'Use SPY', 'Thanks']);
});

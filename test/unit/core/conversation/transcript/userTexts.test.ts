import { expect, it } from 'vitest';
import { userTexts } from '../../../../../src/core/conversation/transcript/userTexts';
import { message, text, tool } from '../../../../support/conversations';

it('userTexts: returns the user’s texts in order, also those that steered a run', () => {
  expect(
    userTexts([
      message('m1', 'user', text('Build '), text('it')),
      message('m2', 'assistant', text('I build'), { kind: 'steering', parts: [text('Use SPY')] }, tool('x')),
      message('m3', 'user', text('Thanks')),
    ]),
  ).toEqual(['Build it', 'Use SPY', 'Thanks']);
});

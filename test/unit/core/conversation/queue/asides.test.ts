import { expect, it } from 'vitest';
import { MAX_PROMPT_LENGTH } from '../../../../../src/core/base/limits';
import { parseAsides } from '../../../../../src/core/conversation/queue/asides';

it('parseAsides: takes what is text, in its order', () => {
  expect(parseAsides(['a', 7, ' ', null, 'b'])).toEqual(['a', 'b']);
  expect([parseAsides('a'), parseAsides(undefined)]).toEqual([[], []]);
});

it('parseAsides: keeps the newest of too much, and cuts none', () => {
  const half = 'x'.repeat(MAX_PROMPT_LENGTH / 2);
  expect(parseAsides(['oldest', half, 'y', half.slice(1)])).toEqual([half, 'y', half.slice(1)]);
  expect(parseAsides(['old', `${half}${half}!`, 'new'])).toEqual(['new']);
});

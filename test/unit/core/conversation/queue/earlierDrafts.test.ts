import { expect, it } from 'vitest';
import { MAX_PROMPT_LENGTH } from '../../../../../src/core/base/limits';
import { parseEarlierDrafts } from '../../../../../src/core/conversation/queue/earlierDrafts';

it('parseAsides: takes what is text, in its order', () => {
  expect(parseEarlierDrafts(['a', 7, ' ', null, 'b'])).toEqual(['a', 'b']);
  expect([parseEarlierDrafts('a'), parseEarlierDrafts(undefined)]).toEqual([[], []]);
});

it('parseAsides: keeps the newest of too much, and cuts none', () => {
  const half = 'x'.repeat(MAX_PROMPT_LENGTH / 2);
  expect(parseEarlierDrafts(['oldest', half, 'y', half.slice(1)])).toEqual([half, 'y', half.slice(1)]);
  expect(parseEarlierDrafts(['old', `${half}${half}!`, 'new'])).toEqual(['new']);
});

import { expect, it } from 'vitest';
import { MAX_PROMPT_LENGTH } from '../../../../../src/core/base/limits';
import { parseEarlierDrafts } from '../../../../../src/core/conversation/queue/earlierDrafts';

it('parseEarlierDrafts: returns texts in order, and drops everything else', () => {
  expect(parseEarlierDrafts(['a', 7, ' ', null, 'b'])).toEqual(['a', 'b']);
  expect([parseEarlierDrafts('a'), parseEarlierDrafts(undefined)]).toEqual([[], []]);
});

it('parseEarlierDrafts: drops the oldest texts over the limit, and cuts none', () => {
  const half = 'x'.repeat(MAX_PROMPT_LENGTH / 2);
  expect(parseEarlierDrafts(['oldest', half, 'y', half.slice(1)])).toEqual([half, 'y', half.slice(1)]);
  expect(parseEarlierDrafts(['old', `${half}${half}!`, 'new'])).toEqual(['new']);
});

import { expect, it } from 'vitest';
import { standsIn } from '../../../../../src/core/conversation/queue/draftText';

it('standsIn: finds a prompt as paragraphs of its own, not as letters of other words', () => {
  expect(
    ['Go', 'Go\n\nMore', 'Before\n\nGo', 'Before\n\nGo\n\nMore'].filter((draft) => standsIn('Go', draft)),
  ).toHaveLength(4);
  expect(['', 'Gold', 'Go on', 'Before\nGo'].filter((draft) => standsIn('Go', draft))).toEqual([]);
});

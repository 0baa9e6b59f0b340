import { expect, it } from 'vitest';
import { containsParagraphs } from '../../../../../src/core/conversation/queue/draftText';

it('containsParagraphs: finds a prompt as paragraphs of its own, not as letters of other words', () => {
  expect(
    ['Go', 'Go\n\nMore', 'Before\n\nGo', 'Before\n\nGo\n\nMore'].filter((draft) => containsParagraphs('Go', draft)),
  ).toHaveLength(4);
  expect(['', 'Gold', 'Go on', 'Before\nGo'].filter((draft) => containsParagraphs('Go', draft))).toEqual([]);
});

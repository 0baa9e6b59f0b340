import { expect, it } from 'vitest';
import { containsParagraphs } from '../../../../../src/core/conversation/queue/draftText';

it('containsParagraphs: finds a prompt as whole paragraphs, not inside longer ones', () => {
  expect(
    ['Go', 'Go\n\nMore', 'Before\n\nGo', 'Before\n\nGo\n\nMore'].filter((draft) => containsParagraphs('Go', draft)),
  ).toHaveLength(4);
  expect(['', 'Gold', 'Go on', 'Before\nGo'].filter((draft) => containsParagraphs('Go', draft))).toEqual([]);
});

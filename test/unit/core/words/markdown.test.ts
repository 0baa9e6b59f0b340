import { expect, it } from 'vitest';
import { renderMarkdown } from '../../../../src/core/words/markdown';
import { say } from '../../../../src/core/words/words';

it('renderMarkdown: leaves the template its marks and takes them from the values', () => {
  expect(renderMarkdown(say('**{0}**', '[x](y)'))).toBe('**&#91;x&#93;&#40;y&#41;**');
  expect(renderMarkdown(say('**{0}** {1}', '', say('_{0}_', 'a')))).toBe('**&#160;** _a_');
  expect(renderMarkdown('a\n\n*b*')).toBe('a\\\n&#42;b&#42;');
  expect(renderMarkdown(say('{0}', 'x'.repeat(1_000))).length).toBeLessThan(500);
});

import { expect, it } from 'vitest';
import { message, text } from '../support/conversations';
import { promptBox, testPages } from './testPages';

const pages = testPages();
const PATIENCE = { timeout: 20_000, interval: 100 };

it('stays usable while it shows code that would keep the highlighter busy, and shows that code plain', async () => {
  const prose = 'The quick brown fox jumps '.repeat(2_200);
  const brackets = '[a]('.repeat(7_400);
  const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;
  const conversation = await pages.show({
    messages: [
      message(
        'm1',
        'assistant',
        text(fenced('csharp', prose)),
        text(fenced('markdown', brackets)),
        text(fenced('python', 'import os')),
      ),
    ],
  });
  const { page } = conversation;
  // Blocks get their colors one after another, so those before the last one are done.
  await expect.poll(() => page.locator('code .hljs-keyword').count(), PATIENCE).toBe(1);
  expect(await page.locator('figure.code code').allTextContents()).toEqual([prose, brackets, 'import os']);
  await promptBox(conversation).fill('Is anybody there?');
  await expect
    .poll(async () => JSON.stringify(await conversation.sent('draft')), PATIENCE)
    .toContain('Is anybody there?');
});

it('stays usable while it shows Markdown that would keep its reader busy, and shows that text as it was written', async () => {
  const texts = [
    '>'.repeat(20_000),
    '!'.repeat(20_000),
    '- '.repeat(10_000),
    '1) '.repeat(7_000),
    '[a]('.repeat(5_000),
  ];
  const conversation = await pages.show({
    messages: [message('m1', 'assistant', ...texts.map((one) => text(one)), text('The **end**.'))],
  });
  const { page } = conversation;
  await expect.poll(() => page.locator('strong').allTextContents(), PATIENCE).toEqual(['end']);
  expect((await page.locator('.part.text').allTextContents()).some((shown) => shown.includes('!'.repeat(20_000)))).toBe(
    true,
  );
  await promptBox(conversation).fill('Is anybody there?');
  await expect
    .poll(async () => JSON.stringify(await conversation.sent('draft')), PATIENCE)
    .toContain('Is anybody there?');
});

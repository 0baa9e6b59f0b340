import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { everyPart, message, running, strategyRun, text, tool } from '../support/conversations';
import type { ThemeName } from '../support/themes';
import { violations } from './axe';
import { type ConversationPage, type OpenOptions } from './harness';
import { testPages } from './testPages';

const pages = testPages();
const show = (messages: readonly Message[], options?: OpenOptions): Promise<ConversationPage> =>
  pages.show({ messages, header: running() }, options);

const button = ({ page }: ConversationPage, name: string): ReturnType<ConversationPage['page']['locator']> =>
  page.locator('.find-filter', { hasText: name });
const strip = ({ page }: ConversationPage): ReturnType<ConversationPage['page']['locator']> =>
  page.locator('.filter-strip');

async function choose(conversation: ConversationPage, name: string): Promise<void> {
  if (!(await conversation.page.locator('.find').isVisible())) await conversation.page.keyboard.press('Control+f');
  await button(conversation, name).click();
  await conversation.settled();
}

/** Many calls with text between them. Every tenth call failed. */
const many = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, index) =>
    index % 2 === 0
      ? message(`m${String(index)}`, 'user', text(`Prompt ${String(index)}`))
      : message(
          `m${String(index)}`,
          'assistant',
          text(`Words ${String(index)} ${'and more '.repeat(index % 40)}`),
          { kind: 'step' },
          tool('create_file', { input: { filePath: `f${String(index)}.py`, content: 'x' } }),
          tool(
            'fetch_url',
            index % 10 === 1 ? { state: 'output-error', errorText: `Error ${String(index)}` } : { output: 'fine' },
          ),
        ),
  );

describe('a filter', () => {
  it('shows the parts that are asked for alone, with how many there are, and everything again', async () => {
    const conversation = await show(many(40));
    const { page } = conversation;
    await page.keyboard.press('Control+f');
    await expect
      .poll(() => page.locator('.find-filter').allTextContents())
      .toEqual(['All 80', 'Prompts 20', 'Tools 40', 'Errors 4', 'Files 20']);
    expect(await strip(conversation).isVisible()).toBe(false);
    await choose(conversation, 'Errors');
    expect(await page.locator('.message').count()).toBe(4);
    expect(
      await page
        .locator('.message .part')
        .evaluateAll((parts) =>
          parts.map((part) => part.getAttribute('data-tone') ?? part.firstElementChild?.getAttribute('data-tone')),
        ),
    ).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(await strip(conversation).locator('p').innerText()).toBe('Showing errors only · 4 of 80 parts');
    expect(await button(conversation, 'Errors').getAttribute('aria-pressed')).toBe('true');
    await choose(conversation, 'Prompts');
    await expect.poll(() => page.locator('.message[data-role="user"]').count()).toBeGreaterThan(5);
    expect(await page.locator('.message[data-role="assistant"]').count()).toBe(0);
    await choose(conversation, 'Files');
    expect(new Set(await page.locator('.part .fold-title').allInnerTexts()).has('Fetched web page')).toBe(false);
    await strip(conversation).getByText('Show All').click();
    await conversation.settled();
    expect(await page.locator('.message[data-role="user"]').count()).toBeGreaterThan(0);
    expect(await page.locator('.message[data-role="assistant"] .text').count()).toBeGreaterThan(0);
    expect(await strip(conversation).isVisible()).toBe(false);
  });

  it('keeps the reader where they are, at the end and elsewhere', async () => {
    const conversation = await show(many(300));
    const { page } = conversation;
    await choose(conversation, 'Tools');
    await expect.poll(() => page.locator('.fold-title').last().innerText()).toBe('Fetched web page');
    expect(await page.locator('.latest').isVisible()).toBe(false);
    await choose(conversation, 'All');
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await conversation.atRest();
    const firstSeen = (): Promise<number> =>
      page.evaluate(() => {
        const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
        const row = [...document.querySelectorAll('.row')].find(
          (candidate) => candidate.getBoundingClientRect().bottom > top + 1,
        );
        return Number(row?.querySelector('.message')?.getAttribute('aria-posinset'));
      });
    const before = await firstSeen();
    expect(before).toBeGreaterThan(50);
    await choose(conversation, 'Errors');
    const during = await firstSeen();
    expect(during).toBeGreaterThanOrEqual(before);
    expect(during).toBeLessThan(before + 11);
    await choose(conversation, 'All');
    expect(await firstSeen()).toBe(before);
  });

  it('keeps the reader’s place in a message of hundreds of parts', async () => {
    const parts = Array.from({ length: 600 }, (_, index) =>
      index % 20 === 0
        ? tool('fetch_url', { state: 'output-error', errorText: `Error ${String(index)}` })
        : text(`Part ${String(index)}`),
    );
    const conversation = await show([message('m0', 'assistant', ...parts)]);
    const { page } = conversation;
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight / 2;
    });
    await conversation.atRest();
    const firstPart = (): Promise<number> =>
      page.evaluate(() => {
        const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
        return Number(
          [...document.querySelectorAll('[data-part]')]
            .find((part) => part.getBoundingClientRect().bottom > top + 1)
            ?.getAttribute('data-part'),
        );
      });
    const before = await firstPart();
    await choose(conversation, 'Errors');
    await choose(conversation, 'All');
    const after = await firstPart();
    expect(before).toBeGreaterThan(100);
    expect(after).toBe(before);
  });

  it('applies to new messages as to known ones, and counts as new only what it shows', async () => {
    const messages = many(300);
    const conversation = await show(messages);
    const { page } = conversation;
    await choose(conversation, 'Errors');
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = 0;
    });
    await conversation.atRest();
    await conversation.change({ kind: 'message', index: 300, message: message('m300', 'user', text('No error')) });
    expect(await page.locator('.latest').innerText()).toBe('Latest');
    await conversation.change({
      kind: 'message',
      index: 301,
      message: message('m301', 'assistant', text('x'), tool('fetch_url', { state: 'output-error', errorText: 'Late' })),
    });
    expect(await page.locator('.latest').innerText()).toBe('1 new');
    await expect.poll(() => strip(conversation).locator('p').innerText()).toBe('Showing errors only · 31 of 603 parts');
    await page.locator('.latest').click();
    await expect.poll(() => page.locator('.row').last().innerText()).toContain('Late');
    await conversation.change({
      kind: 'message',
      index: 302,
      message: message('m302', 'assistant', tool('fetch_url', { state: 'output-error', errorText: 'Latest of all' })),
    });
    await expect.poll(() => page.locator('.row').last().innerText()).toContain('Latest of all');
  });

  it('says in words that there is nothing, and shows the first that comes', async () => {
    const conversation = await show([message('m0', 'user', text('Go')), message('m1', 'assistant', text('Fine'))]);
    const { page } = conversation;
    await choose(conversation, 'Errors');
    expect(await page.locator('.nothing').innerText()).toBe('There are no errors in this conversation.');
    expect(await page.locator('.message').count()).toBe(0);
    await conversation.change({
      kind: 'part',
      index: 1,
      partIndex: 1,
      part: tool('fetch_url', { state: 'output-error', errorText: 'Broke' }),
    });
    expect(await page.locator('.nothing').isVisible()).toBe(false);
    expect(await page.locator('.message').innerText()).toContain('Broke');
    await choose(conversation, 'All');
    expect(await page.locator('.message').count()).toBe(2);
  });

  it('limits what find searches; find searches everything again when the filter is removed', async () => {
    const conversation = await show([
      message('m0', 'user', text('lean')),
      message('m1', 'assistant', text('lean lean'), tool('fetch_url', { output: 'lean' })),
    ]);
    const { page } = conversation;
    await choose(conversation, 'Tools');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('lean');
    await expect.poll(() => page.locator('.find-count').innerText()).toBe('1 of 1');
    expect(await page.locator('.tool[open]').count()).toBe(1);
    await choose(conversation, 'All');
    await expect.poll(() => page.locator('.find-count').innerText()).toBe('4 of 4');
  });

  it('is lifted by Escape, after the bar is closed, and by sending a prompt', async () => {
    const conversation = await show(many(20));
    const { page } = conversation;
    await choose(conversation, 'Errors');
    await page.keyboard.press('Escape');
    expect(await page.locator('.find').isVisible()).toBe(false);
    expect(await strip(conversation).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await conversation.settled();
    expect(await strip(conversation).isVisible()).toBe(false);
    await choose(conversation, 'Errors');
    await page.locator('vscode-text-area textarea').fill('Go on');
    await page.keyboard.press('Enter');
    await conversation.settled();
    expect(await strip(conversation).isVisible()).toBe(false);
    expect(await page.locator('.pending').count()).toBe(1);
  });

  it('survives a reload, with the reading position', async () => {
    const conversation = await show(many(300));
    await choose(conversation, 'Errors');
    await conversation.page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = 200;
    });
    await conversation.atRest();
    const firstSeen = ({ page }: ConversationPage): Promise<{ number: string | null | undefined; y: number }> =>
      page.evaluate(() => {
        const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
        const row = [...document.querySelectorAll('.row')].find(
          (candidate) => candidate.getBoundingClientRect().bottom > top + 1,
        );
        return {
          number: row?.querySelector('.message')?.getAttribute('aria-posinset'),
          y: (row?.getBoundingClientRect().top ?? 0) - top,
        };
      });
    const before = await firstSeen(conversation);
    const { saved } = await conversation.observed();
    await conversation.dispose();
    const again = await show(many(300), { saved });
    expect(await strip(again).isVisible()).toBe(true);
    await expect.poll(() => strip(again).locator('p').innerText()).toBe('Showing errors only · 30 of 600 parts');
    await again.atRest();
    const after = await firstSeen(again);
    expect(after.number).toBe(before.number);
    expect(Math.abs(after.y - before.y)).toBeLessThanOrEqual(1); // places are kept in whole pixels, rows begin anywhere
    expect(await again.page.locator('.find').isVisible()).toBe(false);
  });
});

it.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])(
  'axe finds nothing in the open bar and the line, wide and narrow, in the %s theme',
  async (theme) => {
    const conversation = await show([...strategyRun(), ...everyPart()], { theme, reducedMotion: true });
    const { page } = conversation;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('momentum');
    await page.keyboard.press('Alt+c');
    await expect.poll(() => page.locator('.find-count').innerText()).toMatch(/of/);
    await conversation.atRest();
    expect(await violations(conversation)).toEqual([]);
    await choose(conversation, 'Tools');
    await page.setViewportSize({ width: 320, height: 700 });
    await conversation.atRest();
    expect(await violations(conversation)).toEqual([]);
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll('.find *, .filter-strip *')]
          .filter((element) => element.getBoundingClientRect().right > 321)
          .map((element) => element.getAttribute('class')),
      ),
    ).toEqual([]);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nowhere at all');
    await conversation.atRest();
    expect(await violations(conversation)).toEqual([]);
  },
);

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPart, header, message, running, state, strategyRun, text } from '../support/conversations';
import { violations } from './axe';
import { PageHarness } from './harness';
import type { ThemeName } from '../support/themes';

let harness: PageHarness;
beforeAll(async () => {
  harness = await PageHarness.start();
});
afterAll(async () => {
  await harness.dispose();
});

/** So high that everything is visible, because invisible rows are not in the page. */
const ALL = 12_000;

const rich = state({
  header: running({
    sandbox: true,
    runtimeError: 'KeyError: main.py line 3',
    projectId: 7,
    projectUrl: 'https://example.com/7',
  }),
  freshness: {
    loading: false,
    confirmedAt: 1,
    problem: { message: 'QuantConnect could not be reached.', action: 'retry' },
  },
  messages: [...strategyRun(), ...everyPart()],
  outbox: [
    { clientId: 'a', text: 'On its way', state: 'sending', at: 1 },
    { clientId: 'b', text: 'Broken', state: 'failed', at: 1, problem: 'Rate limit.' },
  ],
});

describe.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])('in the %s theme', (theme) => {
  it('axe finds nothing to complain about, folded and open, wide and narrow', async () => {
    const conversation = await harness.open({ theme, reducedMotion: true, height: ALL });
    await conversation.show(rich);
    await expect.poll(() => conversation.page.locator('.hljs-keyword').count()).toBeGreaterThan(0);
    expect(await violations(conversation)).toEqual([]);
    await conversation.page.evaluate(() => {
      for (const summary of document.querySelectorAll('summary')) summary.click();
    });
    await conversation.page.setViewportSize({ width: 320, height: ALL });
    await conversation.settled();
    await expect.poll(() => conversation.page.locator('.tool .hljs-keyword').count()).toBeGreaterThan(0);
    expect(await violations(conversation)).toEqual([]);
    await conversation.dispose();
  });
});

it.each([320, 640, 1_800])('nothing sticks out at a width of %i pixels, with folds open', async (width) => {
  const conversation = await harness.open({ width, height: ALL });
  await conversation.show(rich);
  await conversation.page.evaluate(() => {
    for (const summary of document.querySelectorAll('summary')) summary.click();
  });
  await conversation.settled();
  const wide = await conversation.page.evaluate(
    (limit) =>
      [...document.querySelectorAll('#app *')]
        .filter(
          (element) =>
            element.getBoundingClientRect().right > limit + 1 && !element.closest('pre, .table, .visually-hidden'),
        )
        .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`),
    width,
  );
  expect(wide).toEqual([]);
  expect(await conversation.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await conversation.dispose();
});

it('the keyboard reaches everything in the order it is read, and works it', async () => {
  const conversation = await harness.open();
  await conversation.show(
    state({
      header: running(),
      outbox: [{ clientId: 'b', text: 'Broken', state: 'failed', at: 1, problem: 'No.' }],
      messages: [
        message(
          'm1',
          'assistant',
          text('See [this](https://example.com).\n\n```python\nx = 1\n```'),
          ...everyPart()[1]!
            .parts.filter(({ kind }) => kind === 'unknown')
            .slice(0, 1),
        ),
      ],
    }),
  );
  const { page } = conversation;
  const reached: string[] = [];
  await page.getByRole('button', { name: 'Stop' }).focus();
  for (let stop = 0; stop < 13; stop++) {
    reached.push(
      await page.evaluate(() => {
        let element = document.activeElement;
        const outer = element;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const name = (
          element?.getAttribute('aria-label') ??
          outer?.getAttribute('aria-label') ??
          outer?.textContent ??
          ''
        ).trim();
        return `${outer?.localName ?? ''}: ${outer?.className === 'timeline' ? 'Messages' : name}`;
      }),
    );
    await page.keyboard.press('Tab');
  }
  expect(reached).toEqual([
    'vscode-button: Stop',
    'button: Find',
    'button: More',
    'div: Messages',
    'a: this',
    'button: Copy code',
    'button: Copy text',
    'summary: Unknown part: hologram',
    'vscode-button: Send Again',
    'vscode-button: Edit',
    'vscode-text-area: Prompt to the agent',
    'button: Keyboard Shortcuts',
    expect.stringMatching(/^(body|vscode-button): /) as string,
  ]);
  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('details.raw').getAttribute('open')).not.toBeNull();
  await page.getByRole('button', { name: 'Edit' }).press('Enter');
  expect(await conversation.sent('takeBack')).toHaveLength(1);
  await conversation.dispose();
});

it('the page has a banner, a main part, a log, and headings with the author', async () => {
  const conversation = await harness.open({ height: ALL });
  await conversation.show(rich);
  const { page } = conversation;
  for (const role of ['banner', 'main', 'log'] as const) expect(await page.getByRole(role).count(), role).toBe(1);
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Momentum on QQQ');
  expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('You');
  await conversation.dispose();
});

it('screen readers get a polite, short summary of what arrives, and not of every change', async () => {
  const conversation = await harness.open();
  await conversation.show(state({ header: running(), messages: [message('m1', 'user', text('Go'))] }));
  const spoken = conversation.page.locator('#app > [role="status"][aria-live="polite"]');
  expect(await conversation.page.locator('.timeline').getAttribute('aria-live')).toBe('off');
  for (let count = 1; count <= 5; count++)
    await conversation.change({
      kind: 'message',
      index: 1,
      message: message('m2', 'assistant', text('word '.repeat(count * 100))),
    });
  expect(await spoken.innerText()).toBe('');
  await conversation.change({ kind: 'header', header: header() });
  await expect.poll(() => spoken.innerText(), { timeout: 60_000 }).toBe('Status: Completed');
  await conversation.dispose();
});

it('motion stops where less of it is asked for, and forced colors keep every part visible', async () => {
  const conversation = await harness.open({ reducedMotion: true, forcedColors: true, height: ALL });
  await conversation.show(rich);
  expect(
    await conversation.page.evaluate(() =>
      document
        .getAnimations()
        .filter((animation) => animation.playState === 'running')
        .map((animation) => (animation.effect as KeyframeEffect | null)?.target?.localName ?? ''),
    ),
  ).toEqual([]);
  expect(
    await conversation.page.locator('.status .pulse').evaluate((element) => getComputedStyle(element).backgroundColor),
  ).not.toBe('rgba(0, 0, 0, 0)');
  await conversation.dispose();
});

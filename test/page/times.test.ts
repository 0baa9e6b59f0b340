import { describe, expect, it } from 'vitest';
import { lastMessages, openingState } from '../../src/core/pages/conversation/delivery';
import type { PartTime } from '../../src/core/conversation/times/partTimes';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import type { ThemeName } from '../support/themes';
import { fresh, header, message, NOON, reasoning, running, state, text, tool } from '../support/conversations';
import { violations } from './axe';
import { type ConversationPage } from './harness';
import { testPages } from './testPages';

const pages = testPages();
const { show } = pages;

/** A running run: ended parts have a time, running parts count, and parts without a seen start say so. */
const run = (): readonly Message[] => [
  message('m0', 'user', text('Build a momentum strategy on QQQ.')),
  message(
    'm1',
    'assistant',
    { kind: 'step' },
    reasoning('The user wants a time-series momentum strategy on one asset with monthly rebalancing.'),
    tool('create_file', {
      callId: 'c0',
      input: { filePath: 'main.py', content: 'x = 1\n'.repeat(24) },
      output: { success: true },
    }),
    { kind: 'step' },
    tool('create_compile', {
      callId: 'c1',
      output: {
        structuredContent: { success: true, warnings: ['main.py:14: may be None before the warm-up has ended'] },
      },
    }),
    { kind: 'step' },
    reasoning('Now the backtest.', true),
    tool('create_backtest', { callId: 'c2', state: 'input-available', input: { backtestName: 'First try' } }),
    tool('fetch_url', {
      callId: 'c3',
      state: 'input-available',
      input: { url: 'https://example.com/a/rather/long/address/of/a/page' },
    }),
  ),
];
/** The page's clock stands still until the test moves it, so the time to open a page does not count. */
const NOW = Date.UTC(2026, 10, 24, 9, 30);
const AT_NOW = { frozenAt: NOW };
const at = (ago: number): number => NOW - ago * 1_000;
const times = (): readonly (readonly [string, PartTime])[] => [
  ['m1/0', { since: NOON, ms: 41_000, within: 1_500, step: 1 }],
  ['m1/1', { since: NOON, ms: 8_200, within: 1_500 }],
  ['m1/2', { since: NOON, ms: 32_000, within: 1_500 }],
  ['m1/3', { since: NOON, ms: 61_400, within: 6_000, step: 2 }],
  ['m1/4', { since: NOON, ms: 58_000, within: 6_000 }],
  ['m1/5', { since: at(75), within: 1_500, step: 3 }],
  ['m1/6', { since: at(75), within: 1_500 }],
  ['m1/7', { since: at(61), within: 800 }],
  ['m1/8', { since: at(3_600) }],
];
const busy = () => ({
  header: running({ started: at(190), created: at(200) }),
  freshness: fresh(),
  messages: run(),
  partTimes: times(),
});

const shown = ({ page }: ConversationPage): Promise<readonly string[]> =>
  page
    .locator('.took > [aria-hidden]')
    .evaluateAll((all) => all.map((element) => element.textContent).filter((words) => words !== ''));

describe('what a part took', () => {
  it('is at the end of its call, in a thought’s title and at its step: approximate, and never more exact than known', async () => {
    const conversation = await show({ messages: run(), partTimes: times().slice(0, 5) });
    expect(await shown(conversation)).toEqual(['about 41 s', '~32 s', 'about 1 m', '~1 m']);
    const { page } = conversation;
    expect(await page.locator('.reasoning .fold-title').first().innerText()).toBe('Thought for about 8 s');
    expect(await page.locator('.step.timed .name').allInnerTexts()).toEqual(['Step 1', 'Step 2']);
    expect(await page.locator('.tool .took').first().getAttribute('title')).toMatch(
      /^About 32 s, give or take 2 s\. .*\nStarted at about:\nMonday, November 23, 2026 .*\n2026-11-23T13:02:11\.000Z$/s,
    );
  });

  it('is not there where nothing was seen, and takes no room', async () => {
    const conversation = await show({ messages: run() });
    expect(await shown(conversation)).toEqual([]);
    expect(await conversation.page.locator('.reasoning .fold-title').first().innerText()).toBe('Thought');
    expect(
      await conversation.page
        .locator('.step')
        .evaluateAll((steps) => steps.map((step) => step.getBoundingClientRect().height)),
    ).toEqual([0, 0, 0]);
  });

  it('screen readers get it in words, and do not get running seconds', async () => {
    const { page } = await show(busy(), AT_NOW);
    const words = await page.locator('.rows').ariaSnapshot();
    expect(words).toContain('took about 32 s');
    expect(words).toContain('Thought for about 8 s');
    expect(words).toMatch(/since about \d+:\d\d:\d\d/);
    expect(words).toMatch(/since \d+:\d\d:\d\d [AP]M or earlier/);
    expect(words).not.toMatch(/~|1 m \d+ s|1 h/);
  });

  it('comes for messages whose turn to arrive is later', async () => {
    const open = await pages.open({ height: 6_000 });
    const whole = state({
      messages: [
        ...Array.from({ length: 60 }, (_, index) =>
          message(`e${String(index)}`, 'assistant', tool('x', { callId: String(index) })),
        ),
        ...run(),
      ],
      partTimes: [...times().slice(0, 5), ['e3/0', { since: NOON, ms: 5_000, within: 1_000 }]],
    });
    const last = lastMessages(whole.messages);
    expect(last.from).toBeGreaterThan(3);
    await open.post({ type: 'state', seq: 1, ...openingState(whole) });
    await open.post({ type: 'earlier', ...last });
    await expect.poll(() => open.sent('requestEarlier')).toHaveLength(1);
    await open.post({ type: 'earlier', from: 0, messages: whole.messages.slice(0, last.from) });
    expect(await open.page.locator('.message[aria-posinset="4"] .took > [aria-hidden]').innerText()).toBe('~5 s');
  });
});

describe('what is at work', () => {
  it('counts on, and nothing else is touched by it', async () => {
    const conversation = await show(busy(), AT_NOW);
    const before = await shown(conversation);
    expect(before).toEqual(['about 41 s', '~32 s', 'about 1 m', '~1 m', '1 m 15 s', '1 m 15 s', '1 m 1 s', '1 h+']);
    await conversation.page.evaluate(() => {
      const world = window as unknown as { touched: (string | null)[] };
      world.touched = [];
      const where = (target: Node): string | null =>
        (target instanceof Element ? target : target.parentElement)?.closest('.took')?.getAttribute('data-state') ??
        null;
      new MutationObserver((records) => {
        world.touched.push(...records.map(({ target }) => where(target)));
      }).observe(document.querySelector('.timeline') as Node, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
      });
    });
    await conversation.tickOn(2_000);
    expect(await shown(conversation)).toEqual([...before.slice(0, 4), '1 m 17 s', '1 m 17 s', '1 m 3 s', '1 h+']);
    expect(
      new Set(await conversation.page.evaluate(() => (window as unknown as { touched: (string | null)[] }).touched)),
    ).toEqual(new Set(['running']));
  });

  it.each([900, 320])('moves nothing while it counts, %i pixels wide', async (width) => {
    const conversation = await show(
      {
        ...busy(),
        partTimes: [
          ...times().slice(0, 7),
          ['m1/7', { since: at(6), within: 800 }],
          ['m1/8', { since: at(56), within: 800 }],
        ],
      },
      { width, ...AT_NOW },
    );
    const places = () =>
      conversation.page
        .locator('.rows')
        .evaluate((content) =>
          [...content.querySelectorAll('.fold-title, .fold-detail, .took, .part')].map((element) =>
            JSON.stringify(element.getBoundingClientRect()),
          ),
        );
    expect((await shown(conversation)).slice(-2)).toEqual(['6 s', '56 s']);
    const before = await places();
    expect(before.length).toBeGreaterThan(15);
    for (let second = 0; second < 5; second++) {
      await conversation.tickOn(1_000);
      expect(await places()).toEqual(before);
    }
    expect((await shown(conversation)).slice(-2)).toEqual(['11 s', '1 m 1 s']);
    expect(await places()).toEqual(before);
  });

  it('stops when it is over, at what was seen', async () => {
    const conversation = await show(busy(), AT_NOW);
    await conversation.change(
      {
        kind: 'part',
        index: 1,
        partIndex: 7,
        part: tool('create_backtest', { callId: 'c2', input: { backtestName: 'First try' }, output: {} }),
      },
      { kind: 'part', index: 1, partIndex: 6, part: reasoning('Now the backtest.') },
      {
        kind: 'partTimes',
        times: [
          ['m1/7', { since: NOON, ms: 63_000, within: 1_600 }],
          ['m1/6', { since: NOON, ms: 12_000, within: 1_600 }],
          ['m1/8', null],
        ],
      },
    );
    expect((await shown(conversation)).slice(4)).toEqual(['1 m 15 s', '~1 m 3 s']);
    expect(await conversation.page.locator('.reasoning .fold-title').last().innerText()).toBe('Thought for about 12 s');
  });

  it('counts no more while nobody can look, nor when the run has ended', async () => {
    const conversation = await show(busy(), AT_NOW);
    await conversation.change({
      kind: 'freshness',
      freshness: fresh({ problem: { message: 'No connection.', action: 'retry' } }),
    });
    const frozen = await shown(conversation);
    await conversation.tickOn(60_000);
    expect(await shown(conversation)).toEqual(frozen);
    await conversation.change(
      { kind: 'freshness', freshness: fresh() },
      { kind: 'header', header: header({ status: 'Stopped' }) },
    );
    expect(
      await conversation.page
        .locator('.took[data-state="running"]')
        .evaluateAll((all) => all.map((element) => getComputedStyle(element).visibility)),
    ).toEqual(Array(4).fill('hidden'));
  });

  it('changes in its own row alone', async () => {
    const conversation = await show(
      {
        ...busy(),
        messages: [...run(), message('m2', 'assistant', tool('x', { callId: 'd', state: 'input-available' }))],
      },
      AT_NOW,
    );
    await conversation.page.evaluate(() => {
      const world = window as unknown as { touched: string[] };
      world.touched = [];
      for (const row of [...document.querySelectorAll('.row')].slice(0, 2))
        new MutationObserver((records) => {
          world.touched.push(
            ...records.map(
              ({ target }) => (target instanceof Element ? target : target.parentElement)?.outerHTML ?? '',
            ),
          );
        }).observe(row, { subtree: true, childList: true, characterData: true });
    });
    await conversation.change({ kind: 'partTimes', times: [['m2/0', { since: NOON, ms: 63_000, within: 1_600 }]] });
    expect(await shown(conversation)).toContain('~1 m 3 s');
    expect(
      (await conversation.page.evaluate(() => (window as unknown as { touched: string[] }).touched)).filter(
        (element) => !element.startsWith('<span aria-hidden'),
      ),
    ).toEqual([]);
  });

  it('mutates nothing when an equal state comes', async () => {
    const now = { messages: run(), observed: times().slice(0, 5) };
    const conversation = await show(now);
    await conversation.watchMutations();
    await conversation.show(state(structuredClone(now)));
    expect(await conversation.mutations()).toEqual([]);
  });
});

it('the duration of the run explains its parts, and when the run was created, started and ended', async () => {
  const { page } = await show({ header: header() });
  expect(await page.locator('.duration').innerText()).toBe('3 m 12 s');
  const title = await page.locator('.duration').getAttribute('title');
  expect(title?.split('\n')).toEqual([
    'The time that the agent worked, without pauses between prompts',
    'From start to end: 3 m 12 s, pauses between prompts included',
    expect.stringMatching(/^Created: Monday, November 23, 2026 .* · 2026-11-23T13:01:51\.000Z$/),
    'Waited in the queue: 20 s',
    expect.stringMatching(/^Started: .*T13:02:11\.000Z$/),
    expect.stringMatching(/^Ended: .*T13:05:23\.000Z$/),
  ]);
});

describe.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])('in the %s theme', (theme) => {
  it.each([900, 320])('axe finds nothing to complain about at %i pixels, and nothing sticks out', async (width) => {
    const conversation = await show(busy(), { theme, width, height: 900, ...AT_NOW });
    const { page } = conversation;
    expect(await violations(conversation)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(
      await page
        .locator('.took, .step, .step > *')
        .evaluateAll(
          (all, limit) =>
            all
              .filter((element) => element.getBoundingClientRect().right > limit - 8)
              .map((element) => element.outerHTML),
          width,
        ),
    ).toEqual([]);
  });
});

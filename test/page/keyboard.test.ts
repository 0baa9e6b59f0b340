import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../src/core/conversation/queue/outbox';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { PAGE_TEXTS } from '../../src/conversation/panel/pageTexts';
import { SHORTCUTS } from '../../webview-ui/conversation/keyboard/shortcuts';
import { message, reasoning, running, state, strategyRun, text, tool } from '../support/conversations';
import type { ThemeName } from '../support/themes';
import { violations } from './axe';
import { IDENTITY, type ConversationPage, type OpenOptions } from './harness';
import { testPages } from './testPages';

const pages = testPages();

const many = Array.from({ length: 300 }, (_, index) =>
  message(
    `m${String(index)}`,
    index % 2 === 0 ? 'user' : 'assistant',
    text(`Message ${String(index)}\n\n${'It says some more words. '.repeat((index * 7) % 60)}`),
    ...(index % 2 === 0
      ? []
      : [tool('create_file', { input: { filePath: 'a.py', content: 'x = 1\n'.repeat(30) } }), reasoning('A thought.')]),
  ),
);

const show = (messages: readonly Message[] = many, options?: OpenOptions): Promise<ConversationPage> =>
  pages.show({ header: running(), messages }, options);

/** The message with the focus, counted from 1, and whether its start is visible. */
async function at({ page }: ConversationPage): Promise<number> {
  const [position, isSeen] = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element?.getBoundingClientRect();
    const view = document.querySelector('.timeline')!.getBoundingClientRect();
    return [
      Number(element?.getAttribute('aria-posinset') ?? Number.NaN),
      box !== undefined && box.top >= view.top - 1 && box.top < view.bottom - 10,
    ] as const;
  });
  expect(isSeen, `message ${String(position)} is in sight`).toBe(true);
  return position;
}
const keys = async ({ page }: ConversationPage, ...pressed: readonly string[]): Promise<void> => {
  for (const key of pressed) await page.keyboard.press(key);
};
const focused = ({ page }: ConversationPage): Promise<string> =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.className ?? '');

describe('from the prompt box', () => {
  it('Escape goes to the messages, and I or Escape back', async () => {
    const conversation = await show();
    await conversation.post({ type: 'focusPrompt' });
    await conversation.settled();
    for (const back of ['i', 'Escape']) {
      await keys(conversation, 'Escape');
      expect(await focused(conversation)).toBe('Messages');
      await keys(conversation, back);
      await conversation.page.keyboard.type('x');
    }
    expect(await conversation.page.getByRole('textbox').inputValue()).toBe('xx');
  });

  it('letters are letters', async () => {
    const conversation = await show();
    await conversation.post({ type: 'focusPrompt' });
    await conversation.settled();
    await conversation.page.keyboard.type('jkeci?[]');
    expect(await conversation.page.getByRole('textbox').inputValue()).toBe('jkeci?[]');
    expect(await conversation.page.locator('dialog').count()).toBe(0);
  });
});

describe('in the messages the keyboard', () => {
  it('walks from one to the next, also to those that are not in the page yet, and sees each', async () => {
    const conversation = await show();
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'k');
    expect(await at(conversation)).toBe(300);
    for (let expected = 299; expected > 260; expected--) {
      await keys(conversation, expected % 2 === 0 ? 'k' : 'Alt+ArrowUp');
      expect(await at(conversation)).toBe(expected);
    }
    for (let expected = 262; expected <= 300; expected++) {
      await keys(conversation, expected % 2 === 0 ? 'j' : 'Alt+ArrowDown');
      expect(await at(conversation)).toBe(expected);
    }
    await keys(conversation, 'j');
    expect(await at(conversation)).toBe(300);
    expect(await conversation.page.locator('.message').count()).toBeLessThan(80);
  });

  it('goes to the first and the last, and to the end, which is then followed', async () => {
    const conversation = await show();
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'Home');
    expect(await at(conversation)).toBe(1);
    expect(await conversation.page.locator('.latest').isVisible()).toBe(true);
    for (const key of ['End', 'e']) {
      await keys(conversation, 'Home', key);
      expect(await conversation.page.evaluate(() => document.activeElement?.getAttribute('aria-posinset'))).toBe('300');
      expect(await conversation.page.locator('.latest').isVisible()).toBe(false);
    }
  });

  it('begins at the first visible message, and continues from the last one', async () => {
    const conversation = await show();
    await conversation.page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop /= 2;
    });
    await conversation.atRest();
    const before = await conversation.page.locator('.timeline').evaluate((scroller) => scroller.scrollTop);
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'j');
    const first = await at(conversation);
    expect(first).toBeGreaterThan(50);
    expect(first).toBeLessThan(250);
    // It was visible, so nothing moved by more than a screen.
    expect(
      Math.abs((await conversation.page.locator('.timeline').evaluate((scroller) => scroller.scrollTop)) - before),
    ).toBeLessThan(700);
    await keys(conversation, 'i');
    await keys(conversation, 'Escape', 'j');
    expect(await at(conversation)).toBe(first + 1);
  });

  it('does not scroll if the next message is visible', async () => {
    const conversation = await show(
      Array.from({ length: 5 }, (_, index) => message(`m${String(index)}`, 'user', text(`Short ${String(index)}`))),
    );
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'Home', 'j', 'j');
    expect(await at(conversation)).toBe(3);
    expect(await conversation.page.locator('.timeline').evaluate((scroller) => scroller.scrollTop)).toBe(0);
  });

  it('is one stop for Tab: the message it is at, or the list', async () => {
    const conversation = await show(many.filter((_, index) => index % 2 === 0));
    const stops = (): Promise<number> =>
      conversation.page.evaluate(
        () => document.querySelectorAll('.timeline[tabindex="0"], .timeline [tabindex="0"]:not(.quiet)').length,
      );
    expect(await stops()).toBe(1);
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'k', 'k', 'k');
    const marked = await at(conversation);
    expect(await stops()).toBe(1);
    // Its own buttons, with no other message in between.
    for (const stop of ['Copy message', 'Copy text', 'latest']) {
      await keys(conversation, 'Tab');
      expect(await focused(conversation)).toBe(stop);
    }
    await keys(conversation, 'Shift+Tab', 'Shift+Tab', 'Shift+Tab');
    expect(await at(conversation)).toBe(marked);
    // Once it is neither visible nor in the page, it is no tab stop.
    await keys(conversation, 'i');
    await conversation.page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = 0;
    });
    await expect.poll(() => conversation.page.locator('.timeline').getAttribute('tabindex')).toBe('0');
    expect(await stops()).toBe(1);
    await keys(conversation, 'Escape');
    expect(await focused(conversation)).toBe('Messages');
  });

  it('opens and closes all parts of a message, or one, and the message stays in its place', async () => {
    const conversation = await show();
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'Home', 'j');
    const folds = (): Promise<readonly boolean[]> =>
      conversation.page.evaluate(() =>
        [...document.activeElement!.closest('.message')!.querySelectorAll('details')].map(({ open: isOpen }) => isOpen),
      );
    const top = (): Promise<number> =>
      conversation.page.evaluate(() => document.activeElement!.closest('.message')!.getBoundingClientRect().top);
    const before = await top();
    for (const [key, opened] of [
      [']', true],
      ['[', false],
      ['ArrowRight', true],
      ['ArrowLeft', false],
    ] as const) {
      await keys(conversation, key);
      await expect.poll(folds).toEqual([opened, opened]);
      await conversation.atRest();
      expect(Math.abs((await top()) - before)).toBeLessThan(1);
    }
    while (await conversation.page.evaluate(() => document.activeElement?.localName !== 'summary'))
      await keys(conversation, 'Tab');
    await keys(conversation, 'Enter');
    expect(await folds()).toEqual([true, false]);
    await keys(conversation, 'ArrowLeft');
    expect(await folds()).toEqual([false, false]);
    await keys(conversation, 'Space');
    expect(await folds()).toEqual([true, false]);
  });

  it('opens and closes all folds of a long message, also those that are drawn later', async () => {
    const parts = Array.from({ length: 120 }, (_, index) =>
      index % 3 === 0
        ? reasoning(`Thought ${String(index)}`)
        : index % 3 === 1
          ? tool('create_file', { input: { filePath: `${String(index)}.py`, content: 'x = 1' } })
          : { kind: 'steering' as const, parts: [{ kind: 'data' as const, name: 'given', data: index }] },
    );
    const conversation = await show([
      message('m0', 'user', text('Go')),
      message('m1', 'assistant', ...parts),
      message('m2', 'assistant', reasoning('Another message')),
    ]);
    const seen = new Map<string, boolean>();
    const look = async (): Promise<void> => {
      const found = await conversation.page.locator('[data-part]').evaluateAll((elements) =>
        elements.flatMap((element) => {
          const fold = element.matches('details') ? element : element.querySelector('details');
          const posinset = element.closest('[aria-posinset]')!.getAttribute('aria-posinset');
          return [
            [`${posinset!}/${(element as HTMLElement).dataset['part']!}`, fold?.hasAttribute('open') ?? false] as const,
          ];
        }),
      );
      for (const [key, isOpen] of found) seen.set(key, isOpen);
    };
    const those = (isOpen: boolean): number =>
      [...seen].filter(([key, value]) => key.startsWith('2/') && value === isOpen).length;
    for (const [key, isOpen] of [
      [']', true],
      ['[', false],
    ] as const) {
      await conversation.page.locator('.timeline').focus();
      await keys(conversation, 'Home', 'j', key);
      seen.clear();
      await conversation.walk(look);
      expect([those(isOpen), those(!isOpen), seen.get('3/0')]).toEqual([120, 0, false]);
    }
    expect(conversation.errors).toEqual([]);
  });

  it('continues into the outbox and back; each prompt is visible, and Tab reaches its actions', async () => {
    const states = ['sending', 'failed', 'queued', 'onHold'] as const;
    const outbox = states.map((each, index): OutboxItem => ({
      clientId: each,
      text: `It is ${each}. ${'Some more words. '.repeat(index * 60)}`,
      state: each,
      at: 1,
    }));
    const open = await pages.show({ header: running(), messages: many, outbox });
    const { page } = open;
    await page.locator('.timeline').focus();
    await keys(open, 'End');
    const pending = async (): Promise<string> => {
      const [words, isSeen] = await page.evaluate(() => {
        const view = document.querySelector('.timeline')!.getBoundingClientRect();
        const { top } = document.activeElement!.getBoundingClientRect();
        return [
          document.activeElement!.querySelector('.prose')?.textContent ?? '',
          top >= view.top - 1 && top < view.bottom - 10,
        ] as const;
      });
      expect(isSeen, `${words} is in sight`).toBe(true);
      return /^It is (\w+)/.exec(words)?.[1] ?? '';
    };
    for (const expected of [...states, 'onHold']) {
      await keys(open, 'j');
      expect(await pending()).toBe(expected);
    }
    await keys(open, 'Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Send Now');
    await keys(open, 'Shift+Tab', 'k', 'k');
    expect(await pending()).toBe('failed');
    for (const action of ['Send Again', 'Edit']) {
      await keys(open, 'Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(action);
    }
    await keys(open, 'c', 'k');
    expect((await open.sent('copy')).map(({ text: copied }) => copied)).toEqual([outbox[1]!.text]);
    expect(await pending()).toBe('sending');
    await keys(open, 'k');
    expect(await at(open)).toBe(300);
    await keys(open, 'k');
    expect(await at(open)).toBe(299);
  });

  it('is at the list when the prompt it was at has arrived', async () => {
    const open = await pages.open();
    const prompt: OutboxItem = { clientId: 'a', text: 'Go on', state: 'sending', at: 1 };
    await open.show(state({ header: running(), outbox: [prompt] }));
    await open.page.locator('.timeline').focus();
    await keys(open, 'k');
    expect(await focused(open)).toBe('message pending');
    await open.change(
      { kind: 'message', index: 0, message: message('m0', 'user', text('Go on')) },
      { kind: 'outbox', outbox: [] },
    );
    await expect.poll(() => focused(open)).toBe('Messages');
    await expect.poll(() => open.page.locator('.timeline').getAttribute('tabindex')).toBe('0');
  });

  it('passes over what a filter leaves out', async () => {
    const open = await pages.show(
      { header: running(), messages: many, outbox: [{ clientId: 'a', text: 'Go on', state: 'queued', at: 1 }] },
      { saved: { identity: IDENTITY, draft: '', draftTold: true, folds: [], filter: 'tools' } },
    );
    await open.page.locator('.timeline').focus();
    await keys(open, 'Home');
    expect(await at(open)).toBe(2);
    await keys(open, 'j', 'j');
    expect(await at(open)).toBe(6);
    await keys(open, 'k');
    expect(await at(open)).toBe(4);
    await keys(open, 'End', 'j');
    expect(await focused(open)).toBe('message pending');
    await keys(open, 'k');
    expect(await at(open)).toBe(300);
  });

  it('copies the message it is at', async () => {
    const conversation = await show(strategyRun());
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'c');
    expect(await conversation.sent('copy')).toEqual([]);
    await keys(conversation, 'Home', 'j', 'j', 'c');
    const copied = await conversation.page.evaluate(
      () => document.activeElement?.querySelector('button.copy-message') !== null,
    );
    if (!copied)
      expect(await conversation.sent('copy')).toEqual([
        { type: 'copy', text: 'Good. Run it on paper, and send me a note when it has started.' },
      ]);
  });

  it('leaves only the keys to VS Code that are not the page’s own', async () => {
    const conversation = await show();
    await conversation.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      window.addEventListener('keydown', ({ key }) => {
        heard.push(key);
      });
    });
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'k', 'x', 'j', 'Control+p', 'Alt+ArrowUp', 'F1', 'i', 'Escape');
    expect(await conversation.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      'x',
      'Control',
      'p',
      'Alt',
      'F1',
    ]);
  });
});

describe('the list of shortcuts', () => {
  it('opens with ? and by its button, closes with Escape, and the keyboard is back where it was', async () => {
    const conversation = await show();
    const dialog = conversation.page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await conversation.page.locator('.timeline').focus();
    await keys(conversation, 'k', '?');
    await dialog.waitFor();
    const words = await dialog.innerText();
    for (const { shortcuts } of SHORTCUTS) for (const { does } of shortcuts) expect(words).toContain(PAGE_TEXTS[does]);
    await keys(conversation, 'j', 'Tab', 'Tab', 'Tab');
    expect(
      await conversation.page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
      ),
    ).toBe(true);
    await keys(conversation, 'Escape');
    expect(await dialog.count()).toBe(0);
    expect(await at(conversation)).toBe(300);
    const button = conversation.page.getByRole('button', { name: 'Keyboard Shortcuts' });
    await button.press('Enter');
    await dialog.waitFor();
    await conversation.page.getByRole('button', { name: 'Close' }).click();
    expect(await dialog.count()).toBe(0);
    expect(await focused(conversation)).toBe('Keyboard Shortcuts');
  });
});

describe.each([
  ['elsewhere', 'Mozilla/5.0 (X11; Linux x86_64)', ['Alt+Enter', 'Shift+Enter', 'J or Alt+Down', 'Ctrl+F'], /[⌘⌃⌥⇧↑↓]/],
  [
    'on a Mac',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)',
    ['⌥Enter', '⇧Enter', 'J or ⌥↓', '⌘F'],
    /\b(Ctrl|Alt|Shift|Mod|Up|Down)\b/,
  ],
])('keys %s', (_where, userAgent, called, never) => {
  it('are called as VS Code calls them there', async () => {
    const conversation = await show(many.slice(0, 4), { userAgent });
    const { page } = conversation;
    expect(await page.locator('.prompt .hint:visible kbd').allInnerTexts()).toEqual(['Enter', called[0]]);
    expect(await page.locator('.prompt-buttons > vscode-button', { hasText: 'Queue' }).getAttribute('title')).toBe(
      `Send when the run is done (${called[0]!})`,
    );
    expect(await page.getByRole('button', { name: 'Find' }).getAttribute('title')).toBe(
      `Find and filter (${called[3]!})`,
    );
    await page.locator('.timeline').focus();
    await keys(conversation, '?');
    await page.getByRole('dialog').waitFor();
    const list = await page.locator('.shortcuts dt').allInnerTexts();
    expect(list).toEqual(expect.arrayContaining(called));
    expect(list.filter((words) => never.test(words))).toEqual([]);
  });
});

const outbox: readonly OutboxItem[] = [
  { clientId: 'a', text: 'Taken', state: 'accepted', at: 1 },
  { clientId: 'b', text: 'Waits', state: 'queued', at: 1 },
  { clientId: 'c', text: 'Held', state: 'onHold', at: 1, problem: 'The prompt before it was not sent.' },
];
const crowded = state({
  header: running({
    sandbox: true,
    taskName: 'A momentum strategy on QQQ with a rather long name that needs its room',
    runtimeError: 'KeyError\n'.repeat(20),
    projectId: 7,
    projectUrl: 'https://example.com/7',
  }),
  freshness: {
    loading: false,
    confirmedAt: 1,
    problem: { message: 'QuantConnect could not be reached.', action: 'retry' },
  },
  messages: strategyRun(),
  outbox,
});

/** 900 by 700 pixels at 200 % are 450 by 350 of the page's. */
describe.each([
  [320, 480],
  [450, 350],
  [320, 700],
  [640, 360],
  [900, 700],
])('at %i by %i pixels', (width, height) => {
  it('there is room to read and to write, nothing sticks out, and no text is cut off', async () => {
    const open = await pages.open({ width, height });
    await open.show(crowded);
    const { page } = open;
    for (const words of ['', 'line\n'.repeat(30)]) {
      await page.getByRole('textbox').fill(words);
      await open.settled();
      const sizes = await page.evaluate(() => {
        const heightOf = (selector: string): number => document.querySelector(selector)!.getBoundingClientRect().height;
        return {
          timeline: heightOf('.timeline'),
          header: heightOf('.page-header'),
          field: heightOf('.prompt-field'),
          page: document.documentElement.scrollHeight,
          wide: document.documentElement.scrollWidth,
        };
      });
      expect(sizes.wide).toBe(width);
      expect(sizes.page).toBe(height);
      expect(sizes.field).toBeGreaterThanOrEqual(30);
      expect(sizes.timeline, JSON.stringify(sizes)).toBeGreaterThanOrEqual(height * 0.3);
    }
    const faults = await page.evaluate(
      (limit) =>
        [...document.querySelectorAll<HTMLElement>('#app *')].flatMap((element) => {
          if (!element.checkVisibility() || element.closest('pre, .table, .visually-hidden, svg')) return [];
          // A text with an ellipsis is allowed: it is whole when opened or pointed at. The dot before a line's first
          // fact is meant to be outside.
          const { overflowX, textOverflow } = getComputedStyle(element);
          const box = element.getBoundingClientRect();
          const name = `${element.localName}.${element.className}`;
          return [
            ...(box.right > limit + 1 || (box.left < -1 && !element.closest('.meta')) ? [`${name} sticks out`] : []),
            ...(['hidden', 'clip'].includes(overflowX) &&
            textOverflow !== 'ellipsis' &&
            element.scrollWidth > element.clientWidth + 1 &&
            element.localName !== 'textarea'
              ? [`${name} is cut off`]
              : []),
          ];
        }),
      width,
    );
    expect(faults).toEqual([]);
  });
});

it('where the page is low, the header’s details fold away and can be opened', async () => {
  const open = await pages.open({ width: 320, height: 480 });
  await open.show(crowded);
  const { page } = open;
  const details = page.getByRole('button', { name: 'Details of the run' });
  expect([await page.getByText('claude-opus-4-7').isVisible(), await details.getAttribute('aria-expanded')]).toEqual([
    false,
    'false',
  ]);
  await details.press('Enter');
  expect([await page.getByText('claude-opus-4-7').isVisible(), await details.getAttribute('aria-expanded')]).toEqual([
    true,
    'true',
  ]);
  expect(await page.locator('.timeline').evaluate((element) => element.clientHeight)).toBeGreaterThan(480 * 0.2);
  await page.setViewportSize({ width: 900, height: 700 });
  expect(await details.isVisible()).toBe(false);
});

describe.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])('in the %s theme', (theme) => {
  it.each([
    [900, 700],
    [320, 480],
  ])(
    'axe finds nothing to complain about at %i by %i: queue, current message, folded header, shortcuts',
    async (width, height) => {
      const open = await pages.open({ theme, width, height, reducedMotion: true });
      await open.show(crowded);
      const { page } = open;
      const conversation = open;
      // A scrollable element joins the tab order a moment after it is drawn.
      await expect.poll(() => violations(conversation)).toEqual([]);
      await page.locator('.timeline').focus();
      await page.keyboard.press('k');
      await expect.poll(() => violations(conversation)).toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await expect.poll(() => violations(conversation)).toEqual([]);
    },
  );
});

it('the focus of a message can be seen where colors are forced', async () => {
  const open = await pages.open({ forcedColors: true });
  await open.show(crowded);
  await open.page.locator('.timeline').focus();
  await open.page.keyboard.press('k');
  expect(
    await open.page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
      return [outlineStyle, outlineWidth];
    }),
  ).toEqual(['solid', '1px']);
});

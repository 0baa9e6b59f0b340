import { describe, expect, it } from 'vitest';
import type { Message, Part, ToolPart } from '../../src/core/conversation/transcript/transcript';
import { answer, message, running, state, strategyRun, text, tool } from '../support/conversations';
import type { ThemeName } from '../support/themes';
import { violations } from './axe';
import type { ConversationPage, OpenOptions } from './harness';
import { testPages } from './testPages';

const pages = testPages();

const done = { output: answer({ success: true, errors: [] }) };
const create = (filePath: string, content: string): ToolPart =>
  tool('create_file', { input: { filePath, content }, ...done });
const edit = (filePath: string, oldString: string, newString: string): ToolPart =>
  tool('edit_file', { input: { filePath, oldString, newString }, ...done });
const remove = (filePath: string): ToolPart => tool('delete_file', { input: { filePath }, ...done });

const written: readonly Message[] = [
  message('m0', 'user', text('Build it')),
  message(
    'm1',
    'assistant',
    create('main.py', 'a\nb\n'),
    edit('main.py', 'b', 'B\nC'),
    create('alpha/model.py', 'x'),
    edit('elsewhere.py', 'one', 'two'),
    create('../../evil.py', 'x'),
    create('old.py', 'x'),
    remove('old.py'),
  ),
];

const show = (messages: readonly Message[], options: OpenOptions = {}): Promise<ConversationPage> =>
  pages.show({ header: running(), messages }, options);

/** With the list of files open. */
async function listed(messages = written, options: OpenOptions = {}): Promise<ConversationPage> {
  const conversation = await show(messages, options);
  await conversation.page.getByRole('button', { name: /^Files/ }).click();
  await conversation.page.getByRole('dialog').waitFor();
  return conversation;
}

describe('the button', () => {
  it('counts the files, is not there where none was written, and counts on while the agent writes', async () => {
    const conversation = await show([message('m1', 'assistant', text('Hello'))]);
    const button = conversation.page.locator('[aria-controls="files-panel"]');
    expect(await button.isVisible()).toBe(false);
    await conversation.change({ kind: 'part', index: 0, partIndex: 1, part: create('main.py', 'a') });
    await expect.poll(() => button.innerText()).toMatch(/^Files\s*1$/);
    expect(await button.isVisible()).toBe(true);
    await conversation.change(
      { kind: 'part', index: 0, partIndex: 2, part: edit('main.py', 'a', 'b') },
      { kind: 'part', index: 0, partIndex: 3, part: create('b.py', 'a') },
    );
    await expect.poll(() => button.innerText()).toMatch(/^Files\s*2$/);
  });

  it('waits for all messages, because an edit builds on earlier versions', async () => {
    const open = await pages.open();
    await open.post({ type: 'state', seq: 1, earlier: 1, state: state({ messages: written.slice(1) }) });
    await expect.poll(() => open.sent('requestEarlier')).toHaveLength(1);
    await open.settled();
    expect(await open.page.locator('[aria-controls="files-panel"]').isVisible()).toBe(false);
    await open.post({ type: 'earlier', from: 0, messages: written.slice(0, 1) });
    await expect.poll(() => open.page.locator('[aria-controls="files-panel"]').innerText()).toMatch(/^Files\s*5$/);
  });

  it('changes nothing in the page where nothing has changed', async () => {
    const conversation = await listed();
    await conversation.watchMutations();
    await conversation.change({ kind: 'part', index: 1, partIndex: 7, part: { kind: 'step' } });
    await conversation.page.waitForFunction(
      () =>
        new Promise((resolve) =>
          requestIdleCallback(
            () => {
              resolve(true);
            },
            { timeout: 2_000 },
          ),
        ),
    );
    expect(
      (await conversation.mutations()).filter((what) =>
        /files|file-line|written|versions|tool-button|count/.test(what),
      ),
    ).toEqual([]);
  });
});

describe('the list', () => {
  it('says what happened to each file', async () => {
    const { page } = await listed();
    const lines = await page.locator('.written-file > .file-line').evaluateAll((items) =>
      items.map((item) =>
        [...item.children]
          .filter((child) => !child.classList.contains('icon'))
          .map((child) => child.textContent.replace(/ · [\d:]+ [AP]M|· \w+, \w+ \d+, [\d:]+ [AP]M/g, '').trim())
          .join(' | '),
      ),
    );
    expect(lines.map((line) => line.replace(/ · [A-Z][^+−|]*/g, ' '))).toEqual([
      'main.py | +4−1 | OpenDiffSave…',
      expect.stringMatching(/^alpha\/model\.py \| created .*\+1 \| OpenDiffSave…$/) as string,
      expect.stringMatching(/^elsewhere\.py \| edited .*\+1−1 \| Diff$/) as string,
      expect.stringMatching(/^\.\.\/\.\.\/evil\.py \| created .*\+1 \| OpenDiff$/) as string,
      'old.py | deleted | +1−1 | Diff',
    ]);
    expect(await page.locator('.written-file .notes p').allInnerTexts()).toEqual([
      'The whole text is not known. It replaced a passage of a file, and this conversation does not have the whole text of that file.',
      'Cannot be saved under this path: it leads out of the folder.',
    ]);
    expect(await page.getByRole('dialog').getAttribute('aria-labelledby')).toBe('files-title');
    expect(await page.locator('#files-title').innerText()).toBe('5 files');
  });

  it('has every version, newest first, each with its own actions', async () => {
    const conversation = await listed();
    const { page } = conversation;
    await page.getByText('2 versions').first().click();
    await expect.poll(() => page.locator('.versions .number').allInnerTexts()).toEqual(['Version 2', 'Version 1']);
    for (const name of [
      'Open main.py, version 1',
      'Diff main.py, version 2',
      'Save… main.py, version 1',
      'Open main.py, newest version',
    ])
      await page.getByRole('button', { name, exact: true }).click();
    expect(await conversation.sent('file')).toEqual(
      [
        ['open', 0],
        ['diff', 1],
        ['save', 0],
        ['open', 1],
      ].map(([action, partIndex]) => ({ type: 'file', action, messageId: 'm1', partIndex })),
    );
    await page.getByRole('button', { name: 'Save All…' }).click();
    expect(await conversation.sent('saveAllFiles')).toHaveLength(1);
  });

  it('opens with the keyboard in it, closes with Escape and gives the keyboard back', async () => {
    const conversation = await show(written);
    const { page } = conversation;
    const button = page.getByRole('button', { name: /^Files/ });
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('files-panel');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save All…');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await button.evaluate((element) => document.activeElement === element)).toBe(true);
  });

  it('moves nothing that is read, and goes on while the agent writes without taking the keyboard’s place', async () => {
    const conversation = await show(written);
    const { page } = conversation;
    const place = (): Promise<unknown> => page.locator('.message').first().boundingBox();
    const before = await place();
    await page.getByRole('button', { name: /^Files/ }).click();
    await page.getByRole('dialog').waitFor();
    expect(await place()).toEqual(before);
    await page.getByRole('button', { name: 'Open main.py, newest version' }).focus();
    await conversation.change({ kind: 'part', index: 1, partIndex: 7, part: edit('main.py', 'C', 'D') });
    await expect.poll(() => page.getByText('3 versions').count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Open main.py, newest version',
    );
    await page.keyboard.press('Enter');
    expect((await conversation.sent('file')).at(-1)).toMatchObject({ partIndex: 7 });
  });

  it('leads to the call in the conversation, also to a sub-agent’s', async () => {
    const talk = Array.from({ length: 60 }, (_, index) =>
      message(`m${String(index + 10)}`, index % 2 ? 'assistant' : 'user', text(`Line ${String(index)}. `.repeat(20))),
    );
    const inner = message('inner', 'assistant', create('inner.py', 'x'));
    const conversation = await listed([
      message('m1', 'assistant', create('main.py', 'a')),
      ...talk.slice(0, 30),
      message('m5', 'assistant', tool('ask', { messages: [inner] })),
      ...talk.slice(30),
    ]);
    const { page } = conversation;
    expect(await page.getByText('Created main.py').count()).toBe(0);
    await page.getByRole('button', { name: 'Show in the conversation: main.py, newest version' }).click();
    expect(await page.getByText('Created main.py').isVisible()).toBe(true);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: /^Files/ }).click();
    await page.getByRole('button', { name: 'Show in the conversation: inner.py, newest version' }).click();
    expect(await page.getByText('Ask', { exact: true }).isVisible()).toBe(true);
  });

  it('leads there also where a filter leaves the call out', async () => {
    const conversation = await listed(written);
    const { page } = conversation;
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+f');
    await page.locator('.find-filter', { hasText: 'Prompts' }).click();
    await expect.poll(() => page.getByText('Created old.py').count()).toBe(0);
    await page.locator('[aria-controls="files-panel"]').click();
    // The list covers the bar. If the bar is opened again, it takes the list's place.
    await page.keyboard.press('Control+f');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.locator('[aria-controls="files-panel"]').click();
    await page.getByRole('button', { name: 'Show in the conversation: main.py, newest version' }).click();
    expect(await page.getByText('Edited main.py').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Edited main.py');
  });

  it('of thousands of files and versions is there at once, and no more of it than is looked at', async () => {
    const parts: readonly Part[] = Array.from({ length: 3_000 }, (_, index) =>
      create(`file${String(index % 1_500)}.py`, `line\n`.repeat(20 + (index % 7))),
    );
    const conversation = await show(
      Array.from({ length: 300 }, (_, index) =>
        message(`m${String(index)}`, 'assistant', ...parts.slice(index * 10, index * 10 + 10)),
      ),
    );
    const { page } = conversation;
    await expect.poll(() => page.locator('[aria-controls="files-panel"]').innerText()).toMatch(/1500$/);
    await page.getByRole('button', { name: /^Files/ }).click();
    await page.getByRole('dialog').waitFor();
    expect(await page.locator('.written-file').count()).toBe(200);
    expect(await page.locator('.versions li').count()).toBe(0);
    await page.getByRole('button', { name: 'Show 1,300 more files' }).click();
    expect(await page.locator('.written-file').count()).toBe(1_500);
  });

  it('shows the newest of very many versions, and the older ones when they are asked for', async () => {
    const { page } = await listed([
      message(
        'm1',
        'assistant',
        create('main.py', '0'),
        ...Array.from({ length: 500 }, (_, index) => edit('main.py', String(index), String(index + 1))),
      ),
    ]);
    await page.getByText('501 versions').click();
    await expect.poll(() => page.locator('.versions li').count()).toBe(200);
    expect(await page.locator('.versions .number').first().innerText()).toBe('Version 501');
    await page.getByRole('button', { name: 'Show 301 older versions' }).click();
    expect(await page.locator('.versions li').count()).toBe(501);
  });

  it('of hostile names and contents does nothing', async () => {
    const attack = '<img src=x onerror=alert(1)>\u202E.py';
    const conversation = await listed([
      message(
        '__proto__',
        'assistant',
        create(attack, attack),
        create('__proto__', attack),
        edit('constructor', attack, attack),
        create('a/'.repeat(2_000), attack),
      ),
    ]);
    expect(conversation.errors).toEqual([]);
    expect(conversation.dialogs).toEqual([]);
    expect(await conversation.page.locator('.written-file').count()).toBe(4);
    expect(await conversation.page.locator('.files-panel img').count()).toBe(0);
    expect(await conversation.page.locator('.path').first().innerText()).toContain('‹U+202E›');
  });
});

describe('the menu', () => {
  it('takes the conversation along', async () => {
    const conversation = await show(written);
    for (const name of ['Export…', 'Open Transcript', 'Compare…']) {
      await conversation.page.getByRole('button', { name: 'More' }).click();
      await conversation.page.getByRole('menuitem', { name }).click();
      expect(await conversation.page.getByRole('menu').count()).toBe(0);
    }
    expect((await conversation.sent('wholeConversation')).map(({ action }) => action)).toEqual([
      'export',
      'transcript',
      'compare',
    ]);
  });

  it('is worked by the keyboard, and closed by Escape, Tab and a press elsewhere', async () => {
    const { page } = await show(written);
    const button = page.getByRole('button', { name: 'More' });
    const focused = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.textContent);
    await button.focus();
    await page.keyboard.press('ArrowDown');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    const walked = [];
    for (const key of ['ArrowDown', 'End', 'ArrowDown', 'ArrowUp', 'Home']) {
      await page.keyboard.press(key);
      walked.push(await focused());
    }
    expect(walked).toEqual(['Open Transcript', 'Compare…', 'Export…', 'Compare…', 'Export…']);
    await page.keyboard.press('Escape');
    expect(await button.evaluate((element) => document.activeElement === element)).toBe(true);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('Compare…');
    await page.keyboard.press('Tab');
    expect(await page.getByRole('menu').count()).toBe(0);
    await button.click();
    await page.locator('.timeline').click({ position: { x: 5, y: 300 } });
    expect(await page.getByRole('menu').count()).toBe(0);
  });
});

const values = Array.from({ length: 300 }, (_, index) => [
  1_514_851_200 + index * 86_400,
  100_000 + 4_000 * Math.sin(index / 9) + index * 90,
]);
const statistics = { 'Sharpe Ratio': '1.211', Drawdown: '8.300%', Alpha: '0.05' };
const everyCard = message(
  'm3',
  'assistant',
  tool('create_compile', {
    output: answer({ success: false, errors: ['main.py:14: x'], warnings: ['Line 4: unused'] }),
  }),
  tool('create_backtest', {
    output: answer({
      success: true,
      backtest: { statistics, charts: { 'Strategy Equity': { series: { Equity: { unit: '$', values } } } } },
    }),
  }),
  tool('create_backtest', {
    output: answer({
      success: false,
      errors: ['The backtest ended with a runtime error.'],
      backtest: { error: 'KeyError', stacktrace: 'at x' },
    }),
  }),
);

describe.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])('in the %s theme', (theme) => {
  it('axe finds nothing to complain about in cards, list and menu, wide and narrow, and nothing sticks out', async () => {
    for (const width of [900, 320]) {
      const conversation = await listed(
        [...strategyRun(), ...written.map((one) => ({ ...one, id: `x${one.id}` })), everyCard],
        { theme, width, height: 9_000, reducedMotion: true },
      );
      const { page } = conversation;
      await page.evaluate(() => {
        for (const summary of document.querySelectorAll<HTMLElement>('summary')) summary.click();
      });
      await conversation.settled();
      await page.evaluate(() => {
        for (const summary of document.querySelectorAll<HTMLElement>('.all-statistics:not([open]) > summary'))
          summary.click();
      });
      await expect.poll(() => page.locator('.tool .hljs-keyword').count()).toBeGreaterThan(0);
      expect(await violations(conversation)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'More' }).click();
      expect(await violations(conversation)).toEqual([]);
      const wide = await page.evaluate(
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
      await conversation.dispose();
    }
  });
});

it('in forced colors the quick actions and the copy button are visible, and the curve has the text’s color', async () => {
  const conversation = await show([message('m1', 'assistant', text('Words'), create('main.py', 'a')), everyCard], {
    forcedColors: true,
    height: 3_000,
  });
  const { page } = conversation;
  expect(
    await page
      .locator('.card-actions')
      .first()
      .evaluate((element) => getComputedStyle(element).opacity),
  ).toBe('1');
  expect(
    await page
      .getByRole('button', { name: 'Copy message' })
      .first()
      .evaluate((element) => getComputedStyle(element).opacity),
  ).toBe('1');
  const [line, words] = await page.evaluate(() => [
    getComputedStyle(document.querySelector('.spark .curve-line')!).stroke,
    getComputedStyle(document.body).color,
  ]);
  expect(line).toBe(words);
});

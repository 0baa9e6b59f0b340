import { describe, expect, it } from 'vitest';
import type { ToolPart } from '../../src/core/conversation/transcript/transcript';
import { answer, message, running, state, text, tool } from '../support/conversations';
import type { ThemeName } from '../support/themes';
import { violations } from './axe';
import type { ConversationPage, OpenOptions } from './harness';
import { testPages } from './testPages';

const pages = testPages();

const DAY = 86_400;
const START = Date.UTC(2018, 0, 2) / 1_000;

function backtested(
  values: unknown,
  statistics: unknown = { 'Sharpe Ratio': '1.211', Drawdown: '8.300%', 'Total Orders': '142' },
  unit = '$',
): ToolPart {
  const charts = {
    'Strategy Equity': { name: 'Strategy Equity', series: { Equity: { name: 'Equity', unit, values } } },
  };
  return tool('create_backtest', {
    input: { backtestName: 'Try' },
    output: answer({ success: true, errors: [], backtest: { name: 'Try', statistics, charts } }),
  });
}

/** Shows the calls in one message, and opens every card. */
async function opened(parts: readonly ToolPart[], options: OpenOptions = {}): Promise<ConversationPage> {
  const open = await pages.show({ messages: [message('m1', 'assistant', ...parts)] }, { height: 6_000, ...options });
  await open.page.evaluate(() => {
    for (const summary of document.querySelectorAll<HTMLElement>('.card > details > summary')) summary.click();
  });
  await open.settled();
  return open;
}

const points = (count: number): readonly unknown[] =>
  Array.from({ length: count }, (_, index) => [START + index * DAY, 100_000 + 1_000 * index]);

describe('a compile', () => {
  it('lists its errors and warnings, each with word, shape and place', async () => {
    const { page } = await opened([
      tool('create_compile', {
        input: { projectId: 1 },
        output: answer({
          success: false,
          errors: ['main.py:14:5: NameError: x', 'No place'],
          warnings: ['Line 4: unused'],
        }),
      }),
    ]);
    expect(
      await page
        .locator('.finding')
        .evaluateAll((items) =>
          items.map((item) =>
            [...item.children].map((child) =>
              child.classList.contains('icon') ? child.classList[1] : child.textContent,
            ),
          ),
        ),
    ).toEqual([
      ['icon-cross', 'Error', 'main.py:14:5', 'NameError: x'],
      ['icon-cross', 'Error', 'No place'],
      ['icon-warning', 'Warning', 'line 4', 'unused'],
    ]);
    expect(
      await page.locator('.findings').evaluateAll((lists) => lists.map((list) => list.getAttribute('aria-label'))),
    ).toEqual(['2 errors', '1 warning']);
    expect(await page.locator('.card figure').count()).toBe(2);
  });

  it('that went well shows input and output alone, and a thousand errors do not fill the page', async () => {
    const { page } = await opened([
      tool('create_compile', { input: {}, output: answer({ success: true }) }),
      tool('create_compile', {
        output: answer({
          success: false,
          errors: Array.from({ length: 1_000 }, (_, index) => `error ${String(index)}`),
        }),
      }),
    ]);
    expect(await page.locator('.card').first().locator('.findings').count()).toBe(0);
    expect(await page.locator('.finding').count()).toBe(200);
    expect(await page.getByText('800 more errors in the output below.').isVisible()).toBe(true);
  });
});

describe('a backtest', () => {
  it('shows its key figures, and all of them when asked', async () => {
    const { page } = await opened([
      backtested([], { 'Sharpe Ratio': '1.211', Drawdown: '8.300%', Alpha: '0.05', Beta: 0.4 }),
    ]);
    const shown = (): Promise<readonly string[]> =>
      page
        .locator('.statistics > div')
        .evaluateAll((items) => items.map((item) => [...item.children].map((child) => child.textContent).join(' ')));
    expect(await shown()).toEqual(['Sharpe 1.21', 'Drawdown 8.3 %']);
    await page.getByText('All 4 statistics').click();
    expect((await shown()).slice(2)).toEqual(['Sharpe Ratio 1.211', 'Drawdown 8.300%', 'Alpha 0.05', 'Beta 0.4']);
    expect(await page.locator('.equity, .spark svg').count()).toBe(0);
  });

  it('says why it broke', async () => {
    const { page } = await opened([
      tool('create_backtest', {
        output: answer({
          success: false,
          errors: ['The backtest ended with a runtime error.'],
          backtest: { error: 'KeyError: SPY', stacktrace: 'in main.py: line 22' },
        }),
      }),
    ]);
    expect(await page.locator('.broke').innerText()).toMatch(/^Runtime error\s+KeyError: SPY\s+in main\.py: line 22$/);
  });

  it('draws its equity curve, describes it in words, and draws it small at the end of the line', async () => {
    const conversation = await opened([backtested([...points(10), [START + 10 * DAY, 95_500]])]);
    const { page } = conversation;
    expect(await page.getByRole('img').getAttribute('aria-label')).toBe(
      'Equity curve from Jan 2, 2018 to Jan 12, 2018: starts at $100,000, ends at $95,500 (−4.5 %), lowest $95,500, highest $109,000.',
    );
    expect(await page.locator('.equity').innerText()).toContain('High $109,000');
    expect(await page.locator('.equity').innerText()).toContain('Low $95,500');
    expect(await page.locator('.curve-last').innerText()).toBe('$100,000 → $95,500−4.5 %');
    expect(await page.locator('.spark').getAttribute('aria-hidden')).toBe('true');
    await page.locator('.card > details > summary').click();
    expect(await page.locator('.spark svg').isVisible()).toBe(true);
    const box = await page.locator('.spark .curve-line').boundingBox();
    expect(box!.height).toBeGreaterThan(5);
    const { violations } = await conversation.observed();
    expect(
      violations.filter(({ directive }) => directive.includes('style') && !directive.includes('elem')).length,
    ).toBeLessThan(2);
  });

  it('takes no room for the small curve where there is none', async () => {
    const { page } = await opened([backtested(points(10))], { width: 320 });
    expect(await page.locator('.spark').isVisible()).toBe(false);
    expect(await page.locator('.equity').isVisible()).toBe(true);
  });

  it.each<[string, unknown, number]>([
    [
      'two points',
      [
        [START, 1],
        [START + DAY, 2],
      ],
      1,
    ],
    [
      'a flat curve',
      [
        [START, 5],
        [START + DAY, 5],
        [START + 2 * DAY, 5],
      ],
      1,
    ],
    [
      'points that fell below zero',
      [
        [START, -5],
        [START + DAY, -9],
      ],
      1,
    ],
    ['one point', [[START, 1]], 0],
    [
      'points as texts',
      [
        ['1514851200', '1.5'],
        ['1514937600', '2.5'],
      ],
      1,
    ],
    [
      'NaN among them',
      [
        [START, 'NaN'],
        [START, 1],
        [START + DAY, 2],
      ],
      1,
    ],
    ['null for points', null, 0],
    ['a text for points', 'x', 0],
    ['a map for points', { a: 1 }, 0],
    ['only what cannot be read', [null, 7, [], {}, [START, null]], 0],
    [
      'instants beyond time',
      [
        [1e300, 1],
        [2e300, 2],
      ],
      1,
    ],
    [
      'figures beyond words',
      [
        [START, 1e300],
        [START + DAY, 2e300],
      ],
      1,
    ],
  ])('stands with %s', async (_name, values, charts) => {
    const conversation = await opened([backtested(values)]);
    expect(await conversation.page.locator('.equity').count()).toBe(charts);
    expect(await conversation.page.locator('.statistics').count()).toBe(1);
    expect(conversation.errors).toEqual([]);
    for (const path of await conversation.page.locator('.equity path, .spark path').all())
      expect(await path.getAttribute('d')).not.toMatch(/NaN|Infinity/);
  });

  it('draws a hundred thousand points as few, with every extreme', async () => {
    const values = points(100_000).map((point) => [...(point as [number, number])]);
    values[60_000]![1] = 1;
    const conversation = await opened([backtested(values)]);
    expect(await conversation.page.getByRole('img').getAttribute('aria-label')).toContain('lowest $1,');
    const d = await conversation.page.locator('.equity .curve-line').getAttribute('d');
    expect((d?.match(/L/g) ?? []).length).toBeLessThan(1_700);
    expect(d).toContain(' 196.0');
  });

  it.each([
    ['numbers for statistics', 7],
    ['a list', []],
    ['null', null],
    ['nested maps', { 'Sharpe Ratio': { deep: 1 }, Drawdown: '3%' }],
    ['an attack', { '<img src=x onerror=alert(1)>': '<b>x</b>', 'Sharpe Ratio': '<script>alert(1)</script>' }],
  ])('stands with %s for statistics', async (_name, statistics) => {
    const conversation = await opened([backtested(points(3), statistics)]);
    expect(conversation.errors).toEqual([]);
    expect(conversation.dialogs).toEqual([]);
    expect(await conversation.page.locator('.broken').count()).toBe(0);
    expect(await conversation.page.locator('.equity').count()).toBe(1);
  });
});

describe('a file call', () => {
  const done = { output: answer({ success: true }) };
  const create = tool('create_file', { input: { filePath: 'a/main.py', content: 'x = 1\ny = 2\n' }, ...done });
  const edit = tool('edit_file', {
    input: { filePath: 'a/main.py', oldString: 'x = 1\ny = 2', newString: 'x = 1\ny = 3\nz = 4' },
    ...done,
  });
  const remove = tool('delete_file', { input: { filePath: 'a/main.py' }, ...done });

  it('shows an edit as lines that went and came, marked by sign and element', async () => {
    const { page } = await opened([edit]);
    expect(
      await page
        .locator('.diff .line')
        .evaluateAll((lines) => lines.map((line) => `${line.localName} ${line.textContent}`)),
    ).toEqual(['span  x = 1\n', 'del -y = 2\n', 'ins +y = 3\n', 'ins +z = 4\n']);
    expect(await page.locator('.file-head .path').innerText()).toBe('a/main.py');
    const colors = await page
      .locator('.diff .line')
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).backgroundColor));
    expect(new Set(colors).size).toBe(3);
  });

  it('colors an edit in its language, each side as a whole, and changes none of its text', async () => {
    const [before, after] = [
      'def f():\n    """Old\n    and more"""\n    return 1',
      'def f():\n    """New\n    and <more>"""\n    return 2',
    ];
    const { page } = await opened([
      tool('edit_file', { input: { filePath: 'a/main.py', oldString: before, newString: after }, ...done }),
    ]);
    const colored = (kind: string): Promise<readonly string[]> =>
      page
        .locator(`.diff ${kind}.line [class^="hljs-"]`)
        .evaluateAll((spans) => spans.map((span) => `${span.getAttribute('class') ?? ''} ${span.textContent}`));
    await expect
      .poll(() => colored('del'))
      .toEqual(['hljs-string """Old\n', 'hljs-string     and more"""', 'hljs-keyword return', 'hljs-number 1']);
    expect(await colored('ins')).toEqual([
      'hljs-string """New\n',
      'hljs-string     and <more>"""',
      'hljs-keyword return',
      'hljs-number 2',
    ]);
    expect(await colored('span')).toEqual(['hljs-keyword def', 'hljs-title function_ f']);
    expect(await page.locator('.diff .line').evaluateAll((lines) => lines.map((line) => line.textContent))).toEqual([
      ' def f():\n',
      '-    """Old\n',
      '-    and more"""\n',
      '-    return 1\n',
      '+    """New\n',
      '+    and <more>"""\n',
      '+    return 2\n',
    ]);
  });

  it('leaves an edit plain that is long, or in a language that is not known', async () => {
    const edits = [
      ['a.py', 'return\n'.repeat(1_100)],
      ['a.unknown', 'return 1'],
      ['b.py', 'return 1'],
    ] as const;
    const { page } = await opened(
      edits.map(([filePath, newString]) =>
        tool('edit_file', { input: { filePath, oldString: 'x', newString }, ...done }),
      ),
    );
    await expect.poll(() => page.locator('.card').nth(2).locator('.diff .hljs-keyword').count()).toBe(1);
    expect(await page.locator('.diff .hljs-keyword').count()).toBe(1);
  });

  it.each<ThemeName>(['dark', 'light', 'high-contrast-dark', 'high-contrast-light'])(
    'is legible in the %s theme: every color on what went and what came',
    async (theme) => {
      const code = (word: string): string =>
        `@given('${word}')\nclass ${word}(Base):\n    """${word}"""\n    def f(self):  # ${word}\n        return print(None, 1.5, f'{${word}}')`;
      const conversation = await opened(
        [
          tool('edit_file', {
            input: { filePath: 'a/main.py', oldString: code('Old'), newString: code('New') },
            ...done,
          }),
        ],
        { theme, reducedMotion: true },
      );
      await expect.poll(() => conversation.page.locator('.diff ins .hljs-keyword').count()).toBeGreaterThan(0);
      const classes = await conversation.page
        .locator('.diff ins [class^="hljs-"]')
        .evaluateAll((spans) => spans.map((span) => span.classList[0]));
      expect(classes).toEqual(
        expect.arrayContaining([
          'hljs-built_in',
          'hljs-comment',
          'hljs-keyword',
          'hljs-literal',
          'hljs-meta',
          'hljs-number',
          'hljs-string',
          'hljs-title',
        ]),
      );
      expect(await violations(conversation)).toEqual([]);
    },
  );

  it('shows a new file as its text, and a deletion as what can be looked at', async () => {
    const { page } = await opened([create, remove]);
    expect(await page.locator('.written pre').innerText()).toBe('x = 1\ny = 2\n');
    expect(await page.locator('.written .language').innerText()).toBe('New file, 2 lines');
    expect(await page.locator('.card').nth(1).locator('.file-actions button').allInnerTexts()).toEqual(['Diff']);
  });

  it('opens, compares and saves its version, from the open card and from its line', async () => {
    const conversation = await opened([create]);
    const { page } = conversation;
    for (const name of ['Open main.py', 'Diff main.py', 'Save… main.py'])
      await page.locator('.file-head').getByRole('button', { name }).click();
    expect(await conversation.sent('file')).toEqual(
      ['open', 'diff', 'save'].map((action) => ({ type: 'file', action, messageId: 'm1', partIndex: 0 })),
    );
    expect(await page.locator('.card-actions').isVisible()).toBe(false);
    await page.locator('.card > details > summary').click();
    await page.locator('.card').hover();
    expect(await page.locator('.card-actions').evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    await page.locator('.card-actions').getByRole('button', { name: 'Diff main.py' }).click();
    expect((await conversation.sent('file')).at(-1)).toMatchObject({ action: 'diff' });
    expect(await page.locator('details[open]').count()).toBe(0);
  });

  it('shows its quick actions to the keyboard too, beside the line and not in it', async () => {
    const conversation = await opened([create]);
    const { page } = conversation;
    await page.locator('.card > details > summary').click();
    await page.locator('.card > details > summary').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Open');
    expect(await page.locator('.card-actions').evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    expect(await page.locator('summary button').count()).toBe(0);
    await page.keyboard.press('Enter');
    expect(await conversation.sent('file')).toHaveLength(1);
  });

  it.each([
    ['under way', tool('create_file', { state: 'input-available', input: { filePath: 'a.py', content: 'x' } })],
    ['half written', tool('create_file', { state: 'input-streaming', input: { filePath: 'a.py', content: 'x' } })],
    [
      'failed',
      tool('edit_file', {
        state: 'output-error',
        errorText: 'No',
        input: { filePath: 'a.py', oldString: 'x', newString: 'y' },
      }),
    ],
    [
      'refused by its output',
      tool('create_file', {
        input: { filePath: 'a.py', content: 'x' },
        output: answer({ success: false, errors: ['No'] }),
      }),
    ],
    ['with wrong types', tool('edit_file', { input: { filePath: 7, oldString: [], newString: {} }, ...done })],
    ['with a path alone', tool('create_file', { input: { filePath: 'a.py' }, ...done })],
    ['with nothing', tool('delete_file')],
    ['with null', tool('create_file', { input: null, output: null })],
  ])('that is %s stands, and promises no version it has not made', async (name, part) => {
    const conversation = await opened([part]);
    expect(conversation.errors).toEqual([]);
    expect(await conversation.page.locator('.broken').count()).toBe(0);
    if (name !== 'with a path alone')
      expect(await conversation.page.locator('.file-actions button, .card-actions button').count()).toBe(0);
  });

  it('says when its path cannot be saved under', async () => {
    const { page } = await opened([tool('create_file', { input: { filePath: '../../x.py', content: '' }, ...done })]);
    expect(await page.locator('.file-head').innerText()).toContain('This path leads out of the folder.');
    expect(await page.locator('.file-actions button').allInnerTexts()).toEqual(['Open', 'Diff']);
  });

  it('shows the beginning of a long change and opens the rest', async () => {
    const conversation = await opened([
      tool('edit_file', {
        input: { filePath: 'a.py', oldString: 'x\n'.repeat(9_000), newString: 'y\n'.repeat(9_000) },
        ...done,
      }),
    ]);
    expect(await conversation.page.locator('.diff .line').count()).toBe(10_000);
    await conversation.page.getByRole('button', { name: 'Open All in Editor' }).click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'input' },
    ]);
  });

  it('becomes what it was about to be while its card is open', async () => {
    const open = await pages.open();
    const streaming = tool('edit_file', { state: 'input-streaming', input: { filePath: 'a.py' } });
    await open.show(state({ header: running(), messages: [message('m1', 'assistant', streaming)] }));
    await open.page.locator('.card > details > summary').click();
    await open.change({ kind: 'part', index: 0, partIndex: 0, part: edit });
    expect(await open.page.locator('.diff .line').count()).toBe(4);
    expect(await open.page.locator('.fold-title').innerText()).toBe('Edited a/main.py');
    expect(await open.page.locator('.file-actions button').count()).toBe(3);
  });
});

describe('copying', () => {
  it('a message gives its Markdown, tool calls folded', async () => {
    const open = await pages.show({
      messages: [
        message('m1', 'user', text('Go')),
        message(
          'm2',
          'assistant',
          text('Some **words**'),
          tool('create_compile', { output: answer({ success: true }) }),
        ),
      ],
    });
    const copy = open.page.locator('.byline').last().getByRole('button', { name: 'Copy message' });
    await copy.click();
    await expect
      .poll(async () => (await open.sent('copy')).map(({ text: copied }) => copied))
      .toEqual([
        expect.stringMatching(
          /^## Agent · .*\n\nSome \*\*words\*\*\n\n<details>\n<summary>✓ Compiled<\/summary>[^]*<\/details>\n$/,
        ) as string,
      ]);
    await expect
      .poll(() => open.page.locator('.byline').last().locator('button').getAttribute('aria-label'))
      .toBe('Copied');
    await expect
      .poll(() => open.page.locator('.byline').last().locator('button').getAttribute('aria-label'), { timeout: 60_000 })
      .toBe('Copy message');
  });

  it('a text gives what was written, also where it is nothing but code', async () => {
    const open = await pages.open();
    const written = '```python\nx = 1\n```';
    await open.show(state({ messages: [message('m1', 'assistant', text(written))] }));
    await open.page.locator('.part.text').hover();
    await open.page.getByRole('button', { name: 'Copy text' }).click();
    await open.page.getByRole('button', { name: 'Copy code' }).click();
    expect((await open.sent('copy')).map(({ text: copied }) => copied)).toEqual([written, 'x = 1']);
  });

  it('input and output of a call give their whole text', async () => {
    const content = 'x'.repeat(150_000);
    const conversation = await opened([
      tool('create_file', { input: { filePath: 'a.txt', content }, output: answer({ success: true }) }),
      tool('edit_file', {
        input: { filePath: 'a.txt', oldString: 'a', newString: 'b' },
        output: answer({ success: true }),
      }),
    ]);
    for (const button of await conversation.page.locator('.card figcaption .icon-button').all()) await button.click();
    const outputs = '{\n  "success": true\n}';
    expect((await conversation.sent('copy')).map(({ text: copied }) => copied)).toEqual([
      content,
      outputs,
      '-a\n+b',
      outputs,
    ]);
  });

  it('is out of the way until it is looked for, and covers neither words nor code', async () => {
    const open = await pages.show(
      { messages: [message('m1', 'assistant', text('Words. '.repeat(200)))] },
      { width: 900 },
    );
    const { page } = open;
    const button = page.getByRole('button', { name: 'Copy text' });
    await page.mouse.move(5, 690);
    expect(await button.evaluate((element) => getComputedStyle(element).opacity)).toBe('0');
    await page.locator('.part.text').hover();
    expect(await button.evaluate((element) => getComputedStyle(element).opacity)).toBe('1');
    const [words, place] = [await page.locator('.part.text .prose').boundingBox(), await button.boundingBox()];
    expect(place!.x).toBeGreaterThanOrEqual(words!.x + words!.width - 1);
  });
});

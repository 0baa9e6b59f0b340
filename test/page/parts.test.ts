import { describe, expect, it } from 'vitest';
import type { ToolPart } from '../../src/core/conversation/transcript/transcript';
import { everyPart, message, reasoning, running, text, tool } from '../support/conversations';
import { testPages } from './testPages';

const { show } = testPages();

describe('every part', () => {
  it('is shown, in every state, and nothing breaks', async () => {
    const { page, errors, ...rest } = await show({ messages: everyPart(), header: running() });
    const shown = await page
      .locator('[data-role="assistant"] > .content > .part')
      .evaluateAll((parts) => parts.map((part) => part.getAttribute('class')?.replace('part ', '')));
    expect(shown).toHaveLength(everyPart()[1]!.parts.length);
    const tones = await page
      .locator('details.tool')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tone')));
    expect(tones).toEqual([
      'running',
      'running',
      'waiting',
      'running',
      'done',
      'failed',
      'denied',
      'unknown',
      'running',
      'done',
    ]);
    for (const words of [
      'Done text',
      'Thought',
      'Thinking…',
      'It broke.',
      'A page',
      'A document',
      'prices.csv',
      'notes.bin',
      'Data: weather',
      'Rather use SPY',
      'Unknown part: hologram',
      'Broken part: text',
      'narrator',
    ]) {
      expect(await page.getByText(words, { exact: true }).first().isVisible(), words).toBe(true);
    }
    expect(errors).toEqual([]);
    expect(rest.strangeRequests).toEqual([]);
  });

  it('shows an unknown part as its JSON when opened', async () => {
    const { page } = await show({ messages: everyPart() });
    await page.getByText('Unknown part: hologram').click();
    expect(JSON.parse(await page.locator('.raw[open] code').innerText())).toEqual({ type: 'hologram', depth: 3 });
  });

  it('shows a sub-agent’s messages inside its call, where folds work too', async () => {
    const { page } = await show({ messages: everyPart() });
    await page.getByText('Ask the researcher').click();
    expect(await page.locator('.nested .message').count()).toBe(2);
    await page.locator('.nested').getByText('Fetched web page').click();
    expect(await page.locator('.nested .tool[open] figure').last().innerText()).toContain('A **text** answer');
  });

  it('leaves an open call’s texts as they are while its sub-agent goes on', async () => {
    const call = (...said: readonly string[]): ToolPart =>
      tool('ask', {
        title: 'Ask',
        state: 'input-available',
        input: { code: 'x = 1\n'.repeat(200) },
        messages: [message('inner', 'assistant', ...said.map((words) => text(words)))],
      });
    const conversation = await show({ header: running(), messages: [message('m1', 'assistant', call('One'))] });
    const { page } = conversation;
    await page.getByText('Ask', { exact: true }).click();
    await page.getByRole('button', { name: 'Open in Editor' }).focus();
    const figure = await page.locator('.tool figure').elementHandle();
    await conversation.change({ kind: 'part', index: 0, partIndex: 0, part: call('One', 'Two') });
    expect(await page.locator('.nested').getByText('Two').isVisible()).toBe(true);
    expect(await figure.evaluate((element) => element.isConnected && element.contains(document.activeElement))).toBe(
      true,
    );
  });

  it('draws a fold’s body only when it opens', async () => {
    const { page } = await show({
      messages: [message('m1', 'assistant', reasoning('A thought'), tool('x', { input: { a: 1 } }))],
    });
    expect(await page.locator('.fold-body > *').count()).toBe(0);
    await page.locator('summary').first().click();
    await page.locator('.reasoning .prose').waitFor();
    expect(await page.locator('.tool .fold-body > *').count()).toBe(0);
  });
});

describe('a tool card', () => {
  it('opens to input and output, and opens either in an editor', async () => {
    const conversation = await show({
      messages: [
        message(
          'm1',
          'assistant',
          text('x'),
          tool('create_file', { input: { filePath: 'main.py', content: 'x = 1' }, output: { success: true } }),
        ),
      ],
    });
    await conversation.page.getByText('Created main.py').click();
    const sides = conversation.page.locator('.tool figure');
    expect(await sides.locator('pre').allInnerTexts()).toEqual(['x = 1', '{\n  "success": true\n}']);
    await sides.last().getByRole('button', { name: 'Open in Editor' }).click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm1', partIndex: 1, side: 'output' },
    ]);
  });

  it('shows the beginning of a long text and offers the rest', async () => {
    const content = 'x'.repeat(150_000);
    const { page } = await show({
      messages: [message('m1', 'assistant', tool('create_file', { input: { filePath: 'a.txt', content } }))],
    });
    await page.locator('summary').click();
    expect((await page.locator('.tool pre').innerText()).length).toBe(20_000);
    expect(await page.locator('.cut').innerText()).toBe('The first 20,000 characters of 150,000. Open All in Editor');
  });

  it('marks the tools that act on live trading', async () => {
    const { page } = await show({
      messages: [message('m1', 'assistant', tool('create_live_algorithm'), tool('read_live_algorithm'))],
    });
    expect(
      await page
        .locator('.tool', { has: page.locator('vscode-badge') })
        .locator('.fold-title')
        .allInnerTexts(),
    ).toEqual(['Deployed live algorithm']);
  });
});

describe('Markdown', () => {
  it('is drawn as headings that skip no level, tables, lists and colored code', async () => {
    const { page } = await show({
      messages: [
        message(
          'm1',
          'assistant',
          text(
            '### Deep first\n\n# Then high\n\n###### Deepest\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n```python\ndef f(): return "x"\n```',
          ),
        ),
      ],
    });
    expect(
      await page
        .locator('.prose')
        .locator('h3, h4, h5, h6')
        .evaluateAll((list) => list.map((heading) => heading.tagName)),
    ).toEqual(['H3', 'H3', 'H4']);
    expect(await page.locator('.prose td').allInnerTexts()).toEqual(['1', '2']);
    expect(await page.locator('.prose li').allInnerTexts()).toEqual(['☑ done', '☐ open']);
    await page.locator('.hljs-keyword', { hasText: 'def' }).waitFor();
    expect(await page.locator('.prose pre').innerText()).toBe('def f(): return "x"');
  });

  it('copies a block of code as it was written', async () => {
    const conversation = await show({ messages: [message('m1', 'assistant', text('```html\n<b>&amp;</b>\n```'))] });
    await conversation.page.locator('.hljs-tag').first().waitFor();
    await conversation.page.getByRole('button', { name: 'Copy code' }).click();
    expect(await conversation.sent('copy')).toEqual([{ type: 'copy', text: '<b>&amp;</b>' }]);
  });

  it('hands links to the panel and goes nowhere itself', async () => {
    const conversation = await show({
      messages: [
        message(
          'm1',
          'assistant',
          text(
            '[web](https://example.com/a) [mail](mailto:a@example.com) [file](file:///etc/passwd) [command](command:x) [path](/x)',
          ),
        ),
      ],
    });
    const links = conversation.page.locator('.prose a');
    expect(await links.allInnerTexts()).toEqual(['web', 'mail']);
    const before = conversation.page.url();
    await links.first().click();
    await links.first().click({ button: 'middle' });
    await links.last().focus();
    await conversation.page.keyboard.press('Enter');
    expect((await conversation.sent('openLink')).map(({ url }) => url)).toEqual([
      'https://example.com/a',
      'https://example.com/a',
      'mailto:a@example.com',
    ]);
    expect(conversation.page.url()).toBe(before);
    expect(conversation.page.context().pages()).toHaveLength(1);
  });

  it('shows a remote image as its words and address, and one that is part of the text as a picture', async () => {
    const dot =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const conversation = await show({
      messages: [message('m1', 'assistant', text(`![equity curve](https://example.com/curve.png) ![dot](${dot})`))],
    });
    expect(
      await conversation.page
        .locator('.prose img')
        .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).alt)),
    ).toEqual(['dot']);
    expect(await conversation.page.locator('.prose a').innerText()).toBe('Image: equity curve');
    expect(conversation.strangeRequests).toEqual([]);
  });

  it('draws the beginning of a very long text, and the rest when asked', async () => {
    const long = Array.from(
      { length: 400 },
      (_, index) => `## Chapter ${String(index)}\n\n${'Words of it. '.repeat(20)}`,
    ).join('\n\n');
    const conversation = await show({ messages: [message('m1', 'assistant', text(long))] });
    const { page } = conversation;
    expect(await page.getByText('Chapter 399').count()).toBe(0);
    expect(await page.locator('.cut').innerText()).toMatch(
      /^The first 3\d,\d{3} characters of 1\d\d,\d{3}\. Show All Open in Editor$/,
    );
    await page.getByText('Open in Editor').click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'whole' },
    ]);
    await page.locator('.show-all').click();
    expect(await page.getByText('Chapter 399').count()).toBe(1);
    expect(await page.locator('.cut').count()).toBe(0);
  });

  it('leaves a text of megabytes to the editor', async () => {
    const { page, errors } = await show({
      messages: [message('m1', 'assistant', text('A line of a log.\n'.repeat(300_000)))],
    });
    expect(await page.locator('.cut').innerText()).toBe('The first 30,000 characters of 5,100,000. Open in Editor');
    expect(errors).toEqual([]);
  });

  it('opens the JSON of a large unknown part in an editor', async () => {
    const conversation = await show({
      messages: [
        message('m1', 'assistant', {
          kind: 'unknown',
          type: 'hologram',
          raw: { type: 'hologram', points: Array.from({ length: 9_000 }, (_, index) => index) },
        }),
      ],
    });
    await conversation.page.getByText('Unknown part: hologram').click();
    await conversation.page.getByText('Open All in Editor').click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'whole' },
    ]);
  });
});

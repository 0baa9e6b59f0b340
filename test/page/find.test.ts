/* eslint-disable @typescript-eslint/no-deprecated -- only `execCommand` types two keys in one frame */
import { describe, expect, it } from 'vitest';
import type { Message, Part } from '../../src/core/conversation/transcript/transcript';
import { message, reasoning, running, state, strategyRun, text, tool } from '../support/conversations';
import { type ConversationPage, type OpenOptions } from './harness';
import { testPages } from './testPages';

const pages = testPages();
const show = (messages: readonly Message[], options?: OpenOptions): Promise<ConversationPage> =>
  pages.show({ messages, header: running() }, options);

const filler = (index: number): string =>
  `Message ${String(index)}\n\n${'It says some more words. '.repeat((index * 7) % 30)}`;
/** A long conversation with something folded in one part of it. */
const many = (count: number, at: number, ...hidden: readonly Part[]): readonly Message[] =>
  Array.from({ length: count }, (_, index) =>
    message(
      `m${String(index)}`,
      index % 2 === 0 ? 'user' : 'assistant',
      text(filler(index)),
      ...(index === at ? hidden : []),
    ),
  );

async function find({ page }: ConversationPage, word: string): Promise<void> {
  await page.keyboard.press('Control+f');
  await page.keyboard.type(word);
}

const count = ({ page }: ConversationPage): Promise<string> => page.locator('.find-count').innerText();
const says = async (conversation: ConversationPage, words: string): Promise<void> => {
  await expect.poll(() => count(conversation)).toBe(words);
};

interface Marked {
  /** The text of the current match. */
  readonly current: string | undefined;
  /** Its distance from the top of the visible area, and whether it is visible at one point. */
  readonly top: number;
  readonly isSeen: boolean;
  readonly all: readonly string[];
}

/** The visible marks. */
async function marked({ page }: ConversationPage): Promise<Marked> {
  return page.evaluate(() => {
    const rangesOf = (name: string): Range[] =>
      [...((CSS.highlights.get(name) as unknown as Set<AbstractRange> | undefined) ?? [])].map((range) => {
        const live = new Range();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        return live;
      });
    const [current] = rangesOf('find-current');
    const box = current?.getBoundingClientRect();
    const hit =
      box && box.width > 0 ? document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) : null;
    return {
      current: current?.toString(),
      top: (box?.top ?? 0) - document.querySelector('.timeline')!.getBoundingClientRect().top,
      isSeen: hit !== null && current !== undefined && hit.contains(current.startContainer),
      all: rangesOf('find').map(String),
    };
  });
}

/**
 * Waits until the word is the current match and visible. Both are checked at one moment, because a text can be drawn
 * again with its colors in between.
 */
async function current(conversation: ConversationPage, word: string): Promise<Marked> {
  let last: Marked | undefined;
  await expect
    .poll(async () => {
      last = await marked(conversation);
      return { now: last.current, isSeen: last.isSeen };
    })
    .toEqual({ now: word, isSeen: true });
  return last!;
}

describe('find', () => {
  it('finds what is folded in a message that is not in the page, unfolds it and shows it a third below the top', async () => {
    const conversation = await show(
      many(
        300,
        21,
        reasoning('Nothing here'),
        tool('read_file', {
          input: { path: 'a.py' },
          output: `${'line\n'.repeat(200)}the needle lies here\n${'line\n'.repeat(200)}`,
        }),
      ),
    );
    expect(await conversation.page.getByText('needle').count()).toBe(0);
    await conversation.page.keyboard.press('Control+f');
    await conversation.page.keyboard.insertText('needle');
    await says(conversation, '1 of 1');
    const { top } = await current(conversation, 'needle');
    expect(top).toBeGreaterThan(80);
    expect(top).toBeLessThan(300);
    expect(await conversation.page.locator('details.tool[open]').count()).toBe(1);
    expect(await conversation.page.locator('details.reasoning[open]').count()).toBe(0);
    expect(await conversation.page.locator('.find input').inputValue()).toBe('needle');
  });

  it('counts, goes on and back with Enter, Shift+Enter, F3 and the buttons, and round the ends', async () => {
    const conversation = await show([
      message('m0', 'user', text('Alpha one, **al**pha two')),
      message('m1', 'assistant', reasoning('alpha three'), text('no'), tool('fetch_url', { output: 'ALPHA four' })),
    ]);
    const { page } = conversation;
    await find(conversation, 'alpha');
    await says(conversation, '1 of 4');
    await page.keyboard.press('Enter');
    await says(conversation, '2 of 4');
    await current(conversation, 'alpha');
    await page.keyboard.press('F3');
    await says(conversation, '3 of 4');
    await current(conversation, 'alpha');
    await page.getByRole('button', { name: 'Next Match' }).click();
    await says(conversation, '4 of 4');
    await current(conversation, 'ALPHA');
    await page.keyboard.press('Enter');
    await says(conversation, '1 of 4');
    await current(conversation, 'Alpha');
    await page.keyboard.press('Shift+Enter');
    await says(conversation, '4 of 4');
    await page.keyboard.press('Shift+F3');
    await says(conversation, '3 of 4');
    expect((await marked(conversation)).all).toHaveLength(4);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
      'Find in the conversation',
    );
  });

  it('matches case and whole words on request, by keys and by buttons', async () => {
    const conversation = await show([message('m0', 'user', text('Sharpe sharpe Sharper (sharpe) ünsharpe'))]);
    const { page } = conversation;
    await find(conversation, 'sharpe');
    await says(conversation, '1 of 5');
    await page.keyboard.press('Alt+w');
    await says(conversation, '1 of 3');
    await page.keyboard.press('Alt+c');
    await says(conversation, '1 of 2');
    expect(await page.getByRole('button', { name: 'Match Case' }).getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Match Whole Word' }).click();
    await says(conversation, '1 of 3');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+f');
    await says(conversation, '3 found');
    expect(await page.getByRole('button', { name: 'Match Case' }).getAttribute('aria-pressed')).toBe('true');
    expect((await conversation.observed()).saved).toMatchObject({
      find: { text: 'sharpe', matchCase: true, wholeWord: false },
    });
  });

  it('closes again what it opened for the beginning of a word that is elsewhere as a whole', async () => {
    const conversation = await show([
      message(
        'm0',
        'assistant',
        tool('fetch_url', { output: 'tremor' }),
        reasoning('trea'),
        tool('fetch_url', { output: 'treasure' }),
      ),
    ]);
    await find(conversation, 'treasure');
    await says(conversation, '1 of 1');
    await current(conversation, 'treasure');
    expect(
      await conversation.page
        .locator('details')
        .evaluateAll((folds) => folds.map((fold) => (fold as HTMLDetailsElement).open)),
    ).toEqual([false, false, true]);
  });

  it('goes into a sub-agent’s messages, what steered the agent, and folds that the agent wrote', async () => {
    const conversation = await show([
      message(
        'm0',
        'assistant',
        tool('ask_researcher', {
          title: 'Ask',
          messages: [
            message('n1', 'user', text('go')),
            message('n2', 'assistant', text('first'), tool('fetch_url', { output: 'the pearl' })),
          ],
        }),
        { kind: 'steering', parts: [text('x'), reasoning('a pearl, too')] },
        text('<details><summary>More</summary>\n\nthe last pearl\n\n</details>'),
      ),
    ]);
    await find(conversation, 'pearl');
    await says(conversation, '1 of 3');
    await current(conversation, 'pearl');
    expect(await conversation.page.locator('.nested details.tool[open]').count()).toBe(1);
    await conversation.page.keyboard.press('Enter');
    await says(conversation, '2 of 3');
    await current(conversation, 'pearl');
    expect(await conversation.page.locator('.steering details.reasoning[open]').count()).toBe(1);
    await conversation.page.keyboard.press('Enter');
    await says(conversation, '3 of 3');
    await current(conversation, 'pearl');
  });

  it('finds the very match that it counts, where the page and the conversation differ', async () => {
    const conversation = await show([
      message(
        'm0',
        'assistant',
        text(
          'See [beta](https://example.com/beta-beta) and `beta`.\n\n| beta | x |\n|---|---|\n| 1 | be*ta* |\n\n```python\nbeta = 1\n```\n\nA *be\nta* apart',
        ),
      ),
    ]);
    await find(conversation, 'beta');
    await says(conversation, '1 of 5');
    const where: (string | null)[] = [];
    for (let step = 0; step < 5; step++) {
      await current(conversation, 'beta');
      where.push(
        await conversation.page.evaluate(() => {
          const [range] = [...(CSS.highlights.get('find-current') as unknown as Set<AbstractRange>)];
          return range?.startContainer.parentElement?.closest('a, code, th, td, pre')?.localName ?? null;
        }),
      );
      await conversation.page.keyboard.press('Enter');
      await says(conversation, `${String(((step + 1) % 5) + 1)} of 5`);
    }
    expect(where).toEqual(['a', 'code', 'th', 'td', 'code']);
    await find(conversation, 'and beta');
    await says(conversation, '1 of 1');
  });

  it('marks as many matches as it counts where all of them are open', async () => {
    const markdown =
      'A **bo**ld *italic*, `code`, [link **bold**](https://example.com "code"), <kbd>kbd</kbd> &amp; &copy; a<br>b\n\n> quote **code**\n\n1. one\n   - two `code`\n\n| code | x |\n|---|---|\n| a &lt; b | ~~bold~~ |\n\n```json\n{"code": "bold"}\n```\n\n<details><summary>code</summary>\n\nbold\n\n</details>';
    const conversation = await show(
      [message('m5', 'assistant', text(markdown), reasoning(markdown)), ...strategyRun()],
      { height: 12_000 },
    );
    const { page } = conversation;
    const folded = page.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) {
      await folded.first().evaluate((element) => {
        (element as HTMLElement).click();
      });
      await conversation.settled();
    }
    await page.keyboard.press('Control+f');
    for (const word of [
      'code',
      'bold',
      'bold italic',
      'a b',
      '< b',
      '© a',
      '"',
      'self.',
      'momentum',
      'main.py',
      '1',
      'backtest',
      'e',
    ]) {
      await page.locator('.find input').fill(word);
      await expect.poll(() => count(conversation)).toMatch(/^1 of|^\d+ of|^No/);
      const total = Number((await count(conversation)).split(' of ')[1]);
      await expect.poll(async () => [word, (await marked(conversation)).all.length]).toEqual([word, total]);
    }
  });

  it('leaves no gap behind where it closes what it had opened in the same frame', async () => {
    const conversation = await show(many(60, 3, tool('read_file', { output: `now ${'line\n'.repeat(40)}` })));
    const { page } = conversation;
    // The row is drawn, just above the visible area.
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = 0;
    });
    await page.locator('.message[aria-posinset="4"]').waitFor();
    await conversation.atRest();
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop =
        document.querySelector('.message[aria-posinset="4"]')!.getBoundingClientRect().bottom -
        scroller.getBoundingClientRect().top +
        40;
    });
    await conversation.atRest();
    await find(conversation, 'zzz');
    await says(conversation, 'No results');
    await page.keyboard.press('Control+a');
    await page.evaluate(() => {
      // With two keys in one frame, the second one finds nothing.
      document.execCommand('insertText', false, 'now');
      document.execCommand('insertText', false, 'here');
    });
    await says(conversation, 'No results');
    await conversation.settled();
    expect(
      await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('.row')].map((row) => row.getBoundingClientRect());
        return boxes.slice(1).filter((box, index) => Math.abs(box.top - boxes[index]!.bottom) > 1).length;
      }),
    ).toBe(0);
    expect(await page.locator('details[open]').count()).toBe(0);
  });

  it('brings a match far to the right in a line of code into sight', async () => {
    const conversation = await show([
      message(
        'm0',
        'assistant',
        text(`\`\`\`\n${'x'.repeat(400)} treasure\n\`\`\``),
        tool('search_backtest_logs', { input: { query: `${'long '.repeat(40)}gem` } }),
      ),
    ]);
    await find(conversation, 'treasure');
    await current(conversation, 'treasure');
    await conversation.page.keyboard.press('Control+f');
    await conversation.page.keyboard.type('gem');
    await current(conversation, 'gem');
  });

  it('draws all of a long text if the match is in its rest, and leaves a text of megabytes to the editor', async () => {
    const long = (count: number): string =>
      `${Array.from({ length: count }, (_, index) => `Paragraph ${String(index)} of a long answer.`).join('\n\n')}\n\nthe nugget`;
    const conversation = await show([
      message('m0', 'assistant', text(long(3_000))),
      message('m1', 'assistant', text(`huge ${long(20_000).replace('nugget', 'ingot')}`)),
    ]);
    await find(conversation, 'nugget');
    await says(conversation, '1 of 1');
    await current(conversation, 'nugget');
    await find(conversation, 'ingot');
    await says(conversation, '1 of 1');
    await conversation.page.locator('.find-note').getByRole('button', { name: 'Open in Editor' }).click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm1', partIndex: 0, side: 'whole' },
    ]);
  });

  it('says where the page shows no more of a text, and opens it in an editor', async () => {
    const conversation = await show([
      message(
        'm0',
        'assistant',
        text('x'),
        tool('read_file', { output: `gold at first\n${'gold again\n'.repeat(3_000)}gold at last` }),
      ),
    ]);
    const { page } = conversation;
    await find(conversation, 'gold at last');
    await says(conversation, '1 of 1');
    expect(await page.locator('.find-note').innerText()).toContain('not shown here');
    expect(await page.locator('.cut').isVisible()).toBe(true);
    await page.locator('.find-note').getByRole('button', { name: 'Open in Editor' }).click();
    expect(await conversation.sent('openToolText')).toEqual([
      { type: 'openToolText', messageId: 'm0', partIndex: 1, side: 'output' },
    ]);
    await page.keyboard.press('Control+f');
    await page.keyboard.type('gold at first');
    await current(conversation, 'gold at first');
    expect(await page.locator('.find-note').isVisible()).toBe(false);
  });

  it('says in words that there is nothing, and treats what is typed as plain text', async () => {
    const conversation = await show([message('m0', 'user', text('a.b (c) [d] 50%'))]);
    const { page } = conversation;
    await find(conversation, 'a+b');
    await says(conversation, 'No results');
    expect(await page.locator('.find input').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.locator('.find [role="status"]').innerText()).toBe('No results');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('(C) [');
    await says(conversation, '1 of 1');
    await expect.poll(() => page.locator('.find [role="status"]').innerText()).toBe('1 of 1');
  });

  it('goes on counting while the agent writes, and stays where it is', async () => {
    const messages = many(100, 99, text('A word'));
    const conversation = await show(messages);
    await find(conversation, 'word');
    await expect.poll(() => count(conversation)).toMatch(/^[\d,]+ of [\d,]+$/);
    const [before] = (await count(conversation)).split(' of ');
    const total = Number((await count(conversation)).split(' of ')[1]?.replace(',', ''));
    const place = await marked(conversation);
    await conversation.change({ kind: 'part', index: 99, partIndex: 1, part: text('A word and a word', true) });
    await says(conversation, `${before ?? ''} of ${(total + 1).toLocaleString('en-US')}`);
    await conversation.change({ kind: 'message', index: 100, message: message('m100', 'assistant', text('new word')) });
    await says(conversation, `${before ?? ''} of ${(total + 2).toLocaleString('en-US')}`);
    expect(Math.abs((await marked(conversation)).top - place.top)).toBeLessThan(300);
    await conversation.change({ kind: 'truncate', length: 100 });
    await says(conversation, `${before ?? ''} of ${(total + 1).toLocaleString('en-US')}`);
  });

  it('counts on while earlier messages arrive, and says so', async () => {
    const open = await pages.open();
    const messages = many(30, 2, text('needle'));
    const { page } = open;
    await open.post({ type: 'state', seq: 1, state: state({ messages: messages.slice(20) }), earlier: 20 });
    await page.locator('.message').first().waitFor();
    await find(open, 'needle');
    await says(open, 'Searching…');
    await open.post({ type: 'earlier', from: 10, messages: messages.slice(10, 20) });
    await open.settled();
    await says(open, 'Searching…');
    await open.post({ type: 'earlier', from: 0, messages: messages.slice(0, 10) });
    await says(open, '1 of 1');
    await current(open, 'needle');
  });
});

describe('the find bar', () => {
  it('opens over the conversation without moving it or taking a letter, and gives the keyboard back', async () => {
    const conversation = await show(many(60, 1));
    const { page } = conversation;
    await page.locator('vscode-text-area').locator('textarea').focus();
    // Only for visible rows, because more rows are drawn around them at rest.
    const tops = (): Promise<readonly number[]> =>
      page.evaluate(() => {
        const seen = document.querySelector('.timeline')!.getBoundingClientRect();
        return [...document.querySelectorAll('.row')]
          .map((row) => row.getBoundingClientRect())
          .filter(({ top, bottom }) => bottom > seen.top && top < seen.bottom)
          .map(({ top }) => top);
      });
    const before = await tops();
    await page.keyboard.press('Control+f');
    expect(await tops()).toEqual(before);
    // In the same turn in which it first opens, before the search has loaded.
    await page.keyboard.press('Escape');
    await page.reload();
    await conversation.show(state({ messages: many(60, 1) }));
    await page.locator('vscode-text-area').locator('textarea').focus();
    await page.evaluate(() => {
      const { activeElement } = document;
      activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'f',
          code: 'KeyF',
          ctrlKey: true,
          bubbles: true,
          composed: true,
          cancelable: true,
        }),
      );
      document.execCommand('insertText', false, 'm');
      document.execCommand('insertText', false, 'o');
    });
    await page.keyboard.type('re words');
    await expect.poll(() => page.locator('.find input').inputValue()).toBe('more words');
    await expect.poll(() => count(conversation)).toMatch(/ of /);
    expect(await page.evaluate(() => document.activeElement?.closest('.find') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('.find').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('vscode-text-area');
    expect(await page.evaluate(() => CSS.highlights.size)).toBe(0);
  });

  it('keeps its keys from VS Code, looks for what is selected, and goes nowhere by itself', async () => {
    const conversation = await show([
      message('m0', 'user', text('first')),
      ...many(50, 3),
      message('m99', 'assistant', text('the **momentum** signal')),
    ]);
    const { page } = conversation;
    await page.evaluate(() => {
      const heard: string[] = [];
      (window as unknown as { heard: string[] }).heard = heard;
      window.addEventListener('keydown', (event) => {
        heard.push(event.key);
      });
    });
    await page.locator('strong', { hasText: 'momentum' }).dblclick();
    const before = await page.locator('.timeline').evaluate(({ scrollTop }) => scrollTop);
    await page.keyboard.press('Control+f');
    expect(await page.locator('.find input').inputValue()).toBe('momentum');
    await says(conversation, '1 found');
    expect(await page.locator('.timeline').evaluate(({ scrollTop }) => scrollTop)).toBe(before);
    await page.keyboard.press('F3');
    await says(conversation, '1 of 1');
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['Control']);
  });

  it('finds what came while its bar was closed', async () => {
    const conversation = await show([message('m0', 'user', text('alpha'))]);
    await find(conversation, 'alpha');
    await says(conversation, '1 of 1');
    await conversation.page.keyboard.press('Escape');
    await conversation.change({
      kind: 'message',
      index: 1,
      message: message('m1', 'assistant', text('alpha and alpha')),
    });
    await conversation.page.keyboard.press('Control+f');
    await says(conversation, '3 found');
    await conversation.page.keyboard.press('Enter');
    await says(conversation, '1 of 3');
  });

  it('changes nothing in the page while idle, and marks rows that become visible', async () => {
    // For a run that has ended, because a running one counts on.
    const conversation = await pages.show({ messages: many(200, 3) });
    const { page } = conversation;
    await find(conversation, 'message');
    await expect.poll(() => count(conversation)).toMatch(/of 200$/);
    await conversation.watchMutations();
    expect(await conversation.mutations()).toEqual([]);
    await page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight * 0.3;
    });
    await expect
      .poll(async () => {
        const drawn = await page.locator('.row').count();
        return (await marked(conversation)).all.length === drawn && drawn > 5;
      })
      .toBe(true);
  });

  it('is opened and closed by its button, too', async () => {
    const conversation = await show(many(10, 3));
    const button = conversation.page.getByRole('button', { name: 'Find', exact: true });
    await button.focus();
    await conversation.page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    expect(await conversation.page.locator('.find input').evaluate((input) => input === document.activeElement)).toBe(
      true,
    );
    await conversation.page.keyboard.press('Escape');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

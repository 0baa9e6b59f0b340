import { describe, expect, it } from 'vitest';
import { changesBetween, keepIdentity } from '../../src/core/pages/conversation/diff';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { fresh, header, message, running, state, strategyRun, text, tool } from '../support/conversations';
import { type ConversationPage } from './harness';
import { testPages } from './testPages';

const pages = testPages();
const { show } = pages;

/** So high that everything is visible, because invisible rows are not in the page. */
const ALL = 6_000;

const long = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, index) =>
    message(
      `m${String(index)}`,
      index % 2 === 0 ? 'user' : 'assistant',
      text(`Message ${String(index)}\n\n${'It says some more words. '.repeat(20)}`),
    ),
  );

const atEnd = (conversation: ConversationPage): Promise<boolean> =>
  conversation.page
    .locator('.timeline')
    .evaluate((scroller) => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 2);
const scrollTo = async (conversation: ConversationPage, top: number): Promise<void> => {
  await conversation.page.locator('.timeline').evaluate((scroller, value) => {
    scroller.scrollTop = value;
  }, top);
  await conversation.settled();
};

describe('what changes', () => {
  it('an equal state mutates nothing', async () => {
    const now = state({
      messages: strategyRun(),
      draft: 'A draft',
      outbox: [{ clientId: 'a', text: 'x', state: 'accepted', at: 1 }],
    });
    const conversation = await show(now);
    await conversation.page.locator('.hljs-keyword').first().waitFor();
    await conversation.watchMutations();
    // The same content in new objects, as messages bring it.
    await conversation.show(now);
    expect(await conversation.mutations()).toEqual([]);
  });

  it('a streaming text leaves its finished blocks and its neighbours the nodes they were', async () => {
    const before = [message('m1', 'assistant', tool('create_compile'), text('First paragraph.\n\nSecond para', true))];
    const conversation = await show({ header: running(), messages: before });
    const marks = await conversation.page.evaluateHandle(() => ({
      card: document.querySelector('.tool'),
      first: document.querySelector('.prose .block'),
    }));
    await conversation.change({
      kind: 'part',
      index: 0,
      partIndex: 1,
      part: text('First paragraph.\n\nSecond paragraph, and\n\n- a list', true),
    });
    expect(await conversation.page.locator('.prose .block').allInnerTexts()).toEqual([
      'First paragraph.',
      'Second paragraph, and',
      'a list',
    ]);
    expect(
      await conversation.page.evaluate(
        ({ card, first }) =>
          card === document.querySelector('.tool') && first === document.querySelector('.prose .block'),
        marks,
      ),
    ).toBe(true);
  });

  it('any two reads give the page that the second alone gives', async () => {
    const run = strategyRun();
    const conversation = await show(
      { messages: run.slice(0, 2).map((item) => ({ ...item, parts: item.parts.slice(0, 4) })) },
      { height: ALL },
    );
    let held = run.slice(0, 2).map((item) => ({ ...item, parts: item.parts.slice(0, 4) })) as readonly Message[];
    for (const read of [run, [...run, message('m2000', 'user', text('More'))], run.slice(0, 1), run]) {
      const next = keepIdentity(held, read);
      await conversation.change(...changesBetween(held, next));
      held = next;
    }
    const stepwise = await conversation.page.locator('.rows').innerText();
    const alone = await pages.open({ height: ALL });
    await alone.show(state({ messages: run }));
    expect(stepwise).toBe(await alone.page.locator('.rows').innerText());
    await alone.dispose();
  });

  it('folds stay as the reader left them when their call goes on, when the state comes again and after a reload', async () => {
    const before = [message('m1', 'assistant', tool('create_compile', { state: 'input-available', input: {} }))];
    const conversation = await show({ messages: before });
    await conversation.page.locator('summary').click();
    await conversation.change({
      kind: 'part',
      index: 0,
      partIndex: 0,
      part: tool('create_compile', { input: {}, output: { success: true } }),
    });
    expect(await conversation.page.locator('.tool[open]').innerText()).toContain('"success": true');
    await conversation.show(
      state({ messages: [message('m1', 'assistant', tool('create_compile', { input: { later: 1 } }))] }),
    );
    expect(await conversation.page.locator('.tool[open] pre').first().innerText()).toContain('later');
    const { saved } = await conversation.observed();
    const reloaded = await pages.open({ saved });
    await reloaded.show(state({ messages: before }));
    expect(await reloaded.page.locator('.tool[open] pre').count()).toBe(1);
    await reloaded.dispose();
  });

  it('a gap in the numbers asks for the complete state, once, and nothing is applied meanwhile', async () => {
    const conversation = await show({ messages: [message('m1', 'user', text('One'))] });
    conversation.skip(1);
    await conversation.change({ kind: 'message', index: 1, message: message('m2', 'user', text('Three')) });
    await conversation.change({ kind: 'message', index: 1, message: message('m2', 'user', text('Four')) });
    expect(await conversation.sent('resync')).toHaveLength(1);
    expect(await conversation.page.locator('.message').count()).toBe(1);
    await conversation.show(
      state({ messages: [message('m1', 'user', text('One')), message('m2', 'user', text('Two'))] }),
    );
    await conversation.change({ kind: 'message', index: 2, message: message('m3', 'user', text('Three')) });
    expect(await conversation.page.locator('.message .prose').allInnerTexts()).toEqual(['One', 'Two', 'Three']);
  });

  it('a change that does not fit asks for the complete state', async () => {
    const conversation = await show({ messages: [] });
    await conversation.change({ kind: 'message', index: 5, message: message('m2', 'user', text('x')) });
    expect(await conversation.sent('resync')).toHaveLength(1);
  });
});

describe('following the end', () => {
  it('begins at the end and stays there while the reader does', async () => {
    const messages = long(60);
    const conversation = await show({ messages });
    expect(await atEnd(conversation)).toBe(true);
    await conversation.change({
      kind: 'message',
      index: 60,
      message: message('m60', 'assistant', text('New\n\n'.repeat(30))),
    });
    expect(await atEnd(conversation)).toBe(true);
    expect(await conversation.page.locator('.latest').isVisible()).toBe(false);
  });

  it('ends when the reader scrolls up: what they read stays, what is new is counted, and one press leads there', async () => {
    const conversation = await show({ messages: long(40) });
    await scrollTo(conversation, 900);
    const line = conversation.page.locator('.message[aria-posinset="9"]');
    const before = await line.boundingBox();
    await conversation.change(
      { kind: 'message', index: 40, message: message('m40', 'assistant', text('New'), tool('x')) },
      { kind: 'part', index: 40, partIndex: 2, part: text('Newer') },
      // Also above the reading position.
      { kind: 'part', index: 1, partIndex: 1, part: text('Later words.\n\n'.repeat(12)) },
    );
    expect(Math.abs((await line.boundingBox())!.y - before!.y)).toBeLessThan(1);
    expect(await conversation.page.locator('.latest').innerText()).toContain('2 new');
    await conversation.page.locator('.latest').click();
    await conversation.settled();
    expect(await atEnd(conversation)).toBe(true);
    expect(await conversation.page.locator('.latest').isVisible()).toBe(false);
  });

  it('lets a fold open where it is pressed', async () => {
    const messages = [
      ...long(20),
      message(
        'm20',
        'assistant',
        tool('create_file', { input: { filePath: 'a.py', content: 'x = 1\n'.repeat(200) } }),
        text('End'),
      ),
    ];
    const conversation = await show({ messages });
    const summary = conversation.page.locator('summary');
    const before = await summary.boundingBox();
    await summary.click();
    await conversation.settled();
    expect(await conversation.page.locator('.tool[open] pre').isVisible()).toBe(true);
    expect(Math.abs(((await summary.boundingBox())?.y ?? Number.NaN) - (before?.y ?? 0))).toBeLessThan(1);
  });

  it('comes back to the line that was read, after a reload', async () => {
    const conversation = await show({ messages: long(80) });
    await scrollTo(conversation, 1_500);
    await expect
      .poll(async () => (await conversation.observed()).saved)
      .toMatchObject({ place: { messageId: expect.any(String) as string } });
    const place = (page: ConversationPage) =>
      page.page.locator('.timeline').evaluate((scroller) => {
        const top = scroller.getBoundingClientRect().top;
        const row = [...document.querySelectorAll('.row')].find(
          (element) => element.getBoundingClientRect().bottom > top,
        );
        return { text: row?.textContent, offset: Math.round((row?.getBoundingClientRect().top ?? 0) - top) };
      });
    const before = await place(conversation);
    const reloaded = await pages.open({ saved: (await conversation.observed()).saved });
    await reloaded.show(state({ messages: long(80) }));
    await reloaded.settled();
    expect(await place(reloaded)).toEqual(before);
    await reloaded.dispose();
  });
});

describe('the header', () => {
  it('says whose conversation it is, how it stands and how many tokens it took', async () => {
    const conversation = await show({
      header: header({ sandbox: true, projectId: 7, projectUrl: 'https://example.com/7' }),
      freshness: fresh(),
    });
    const words = await conversation.page.locator('.page-header').innerText();
    for (const part of [
      'Momentum on QQQ',
      'SANDBOX',
      'Completed',
      '3 m 12 s',
      'Backtest Agent',
      'claude-opus-4-7',
      'started',
      '2:02 PM',
      '48.1k in · 6.0k out',
      'project 7',
      'as of',
    ])
      expect(words).toContain(part);
    expect(await conversation.page.locator('.page-header time').getAttribute('title')).toContain(
      '2026-11-23T13:02:11.000Z',
    );
    expect(await conversation.page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(false);
  });

  it('shows the sum of the turns of a run that was prompted again, and counts on with the next', async () => {
    const started = Date.now() - 5 * 3_600_000;
    const runTime = { ms: 125_000, bound: 'exact', turns: 2 } as const;
    const conversation = await show({ header: header({ started, ended: started + 17_460_000, runTime }) });
    const duration = conversation.page.locator('.duration');
    expect(await duration.innerText()).toBe('2 m 5 s in 2 turns');
    const since = Date.now() - 60_000;
    await conversation.change({
      kind: 'header',
      header: running({ started, runTime: { ms: 125_000, bound: 'atLeast', turns: 3, since } }),
    });
    await expect.poll(() => duration.innerText(), { timeout: 60_000 }).toMatch(/^at least (3|4|5) m/);
  });

  it.each(['Running', ''])('shows a run with an end as ended, even with the status “%s”', async (status) => {
    const { page } = await show({ header: header({ status }) });
    expect(await page.locator('.status .word').innerText()).toBe('Ended');
    expect(await page.locator('.status').getAttribute('data-kind')).toBe('ended');
    expect(await page.locator('.status .pulse').count()).toBe(0);
    expect(await page.locator('#app').getAttribute('data-live')).toBe('false');
  });

  it('counts while it runs, and stops the run once asked', async () => {
    const conversation = await show({ header: running({ started: Date.now() - 5_000 }) });
    const duration = conversation.page.locator('.duration');
    const first = await duration.innerText();
    await expect.poll(() => duration.innerText(), { timeout: 60_000 }).not.toBe(first);
    await conversation.page.getByRole('button', { name: 'Stop' }).click();
    expect(await conversation.sent('stop')).toHaveLength(1);
    // A press can get lost. So the button says what was asked, keeps the focus, and sends each time.
    await conversation.change({ kind: 'header', header: running({ stopping: true }) });
    await conversation.page.keyboard.press('Enter');
    await conversation.page.getByRole('button', { name: 'Stopping…' }).click();
    expect(await conversation.sent('stop')).toHaveLength(3);
    await conversation.change({ kind: 'header', header: header({ status: 'Stopped' }) });
    expect(await conversation.page.evaluate(() => document.activeElement?.localName)).toBe('vscode-text-area');
  });

  it('ends with what was seen last where nobody can look', async () => {
    const started = Date.now() - 3_600_000;
    const conversation = await show({
      header: running({ started }),
      messages: [message('m1', 'assistant', tool('create_backtest', { state: 'input-available' }))],
      freshness: fresh({
        confirmedAt: started + 65_000,
        problem: { message: 'You are signed out.', action: 'signIn' },
      }),
    });
    const { page } = conversation;
    expect(await page.locator('.duration').innerText()).toBe('1 m 5 s');
    expect(await page.locator('.icon-spinner').evaluate((spinner) => getComputedStyle(spinner).animationName)).toBe(
      'none',
    );
    await conversation.change({ kind: 'freshness', freshness: fresh({ confirmedAt: Date.now() }) });
    await expect.poll(() => page.locator('.duration').innerText()).toMatch(/^1 h/);
    expect(await page.locator('.icon-spinner').evaluate((spinner) => getComputedStyle(spinner).animationName)).not.toBe(
      'none',
    );
  });

  it('shows the runtime error whole, and what is stale with what to do', async () => {
    const conversation = await show({
      header: header({ runtimeError: 'KeyError\n  at main.py: line 3' }),
      messages: long(1),
      freshness: fresh({ problem: { message: 'You are signed out.', action: 'signIn' } }),
    });
    expect(await conversation.page.getByRole('alert').innerText()).toContain('KeyError\n  at main.py: line 3');
    expect(await conversation.page.locator('.banner.warning').innerText()).toMatch(
      /You are signed out\..*Shown as of/s,
    );
    await conversation.page.getByRole('button', { name: 'Sign In' }).click();
    expect(await conversation.sent('action')).toEqual([{ type: 'action', action: 'signIn' }]);
  });
});

describe('what was under way', () => {
  it('runs while the run does, and is not finished once that is over', async () => {
    const conversation = await show({
      header: running(),
      messages: [
        message('m1', 'assistant', tool('create_backtest', { state: 'input-available' }), {
          kind: 'reasoning',
          text: '',
          streaming: true,
        }),
      ],
    });
    const words = async (): Promise<readonly string[]> => conversation.page.locator('summary').allInnerTexts();
    expect((await words()).map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'Running: Running backtest',
      'Thinking…',
    ]);
    await conversation.change({ kind: 'header', header: header({ status: 'Stopped' }) });
    expect((await words()).map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'Running backtest, not finished',
      'Thought, interrupted',
    ]);
  });
});

describe('without messages', () => {
  it.each([
    ['InQueue', 'Waiting in the queue…'],
    ['Running', 'The agent is starting…'],
    ['Failed', 'This run failed before the agent said anything.'],
  ] as const)('says why, for a run with status %s', async (status, words) => {
    const conversation = await show({ header: running({ status }) });
    expect(await conversation.page.locator('.empty .title').innerText()).toBe(words);
  });

  it('shows a skeleton while it is read, and the way out where it could not be', async () => {
    const conversation = await show({ freshness: { loading: true } });
    expect(await conversation.page.locator('.timeline .skeleton').isVisible()).toBe(true);
    await conversation.change({
      kind: 'freshness',
      freshness: { loading: false, problem: { message: 'No connection.', action: 'retry' } },
    });
    expect(await conversation.page.locator('.empty').innerText()).toContain('No connection.');
    await conversation.page.getByRole('button', { name: 'Try Again' }).click();
    expect(await conversation.sent('action')).toEqual([{ type: 'action', action: 'retry' }]);
    await conversation.change(
      { kind: 'freshness', freshness: fresh() },
      { kind: 'message', index: 0, message: message('m1', 'user', text('Here')) },
    );
    expect(await conversation.page.locator('.notice').innerText()).toBe('');
  });
});

import { describe, expect, it } from 'vitest';
import type { ConversationState } from '../../src/core/pages/conversation/protocol';
import type { OutboxItem } from '../../src/core/conversation/queue/outbox';
import { header, message, running, state, text, tool } from '../support/conversations';
import { IDENTITY, type ConversationPage, type OpenOptions } from './harness';
import { promptBox as box, testPages } from './testPages';

const pages = testPages();
const show = (shown: Partial<ConversationState> = {}, options?: OpenOptions): Promise<ConversationPage> =>
  pages.show({ header: running(), messages: [message('m0', 'user', text('First'))], ...shown }, options);

const boxText = (conversation: ConversationPage) => () => box(conversation).inputValue();
const item = (changed: Partial<OutboxItem> = {}): OutboxItem => ({
  clientId: 'c1',
  text: 'Use SPY',
  state: 'queued',
  at: 1,
  ...changed,
});
const two = [item(), item({ clientId: 'c2', text: 'Then QQQ' })];
const pending = ({ page }: ConversationPage): Promise<readonly string[]> => page.locator('.pending').allInnerTexts();

describe('while the run is busy', () => {
  it('Alt+Enter and the Queue button keep the prompt until the run is done, shown in order; Enter sends it now', async () => {
    const conversation = await show();
    for (const words of ['Use SPY', 'Then QQQ']) {
      await box(conversation).fill(words);
      if (words === 'Use SPY') await conversation.page.keyboard.press('Alt+Enter');
      else await conversation.page.getByRole('button', { name: 'Queue' }).click();
    }
    expect((await conversation.sent('queue')).map((sent) => sent.text)).toEqual(['Use SPY', 'Then QQQ']);
    expect(await conversation.sent('send')).toEqual([]);
    const shown = await pending(conversation);
    expect(shown[0]).toContain('Queued 1 of 2 · Sent when the run is done');
    expect(shown[1]).toContain('Queued 2 of 2 · Sent when the run is done');
    expect(await box(conversation).inputValue()).toBe('');
    await box(conversation).fill('Now');
    await conversation.page.keyboard.press('Enter');
    expect((await conversation.sent('send')).map((sent) => sent.text)).toEqual(['Now']);
  });

  it('Ctrl and Alt with Enter, which is AltGr+Enter on some keyboards, sends and queues nothing', async () => {
    const conversation = await show();
    await box(conversation).fill('Use SPY');
    await conversation.page.keyboard.press('Control+Alt+Enter');
    await conversation.page.keyboard.press('Meta+Alt+Enter');
    await conversation.page.keyboard.press('Alt+Enter');
    expect((await conversation.sent('queue')).map((sent) => sent.text.trim())).toEqual(['Use SPY']);
    expect(await conversation.sent('send')).toEqual([]);
  });

  it('a prompt that was sent and is not taken up counts as busy; with nothing to wait for there is no queue', async () => {
    const conversation = await show({ header: header(), outbox: [item({ state: 'accepted' })] });
    const queue = conversation.page.getByRole('button', { name: 'Queue' });
    expect(await queue.isVisible()).toBe(true);
    await conversation.change({ kind: 'outbox', outbox: [] });
    expect(await queue.isVisible()).toBe(false);
    await box(conversation).fill('Go');
    await conversation.page.keyboard.press('Alt+Enter');
    expect(await conversation.sent('queue')).toEqual([]);
    expect((await conversation.sent('send')).map((sent) => sent.text)).toEqual(['Go']);
  });

  it('the prompt box keeps its place when the run ends', async () => {
    const conversation = await show();
    const place = () =>
      conversation.page
        .locator('.prompt')
        .evaluate((element) => [
          element.getBoundingClientRect().top,
          element.querySelector('[appearance="primary"]')!.getBoundingClientRect().left,
        ]);
    const before = await place();
    await conversation.change({ kind: 'header', header: header() });
    expect(await place()).toEqual(before);
  });
});

describe('a queued prompt', () => {
  it('returns only when the panel returns it, in front of the text in the box', async () => {
    const conversation = await show({ outbox: two });
    await box(conversation).fill('Typed');
    await conversation.page.getByRole('button', { name: 'Take Back' }).first().click();
    expect(await conversation.lastDraft()).toEqual({ text: 'Typed' });
    expect(await conversation.sent('takeBack')).toEqual([{ type: 'takeBack', clientId: 'c1' }]);
    expect(await box(conversation).inputValue()).toBe('Typed');
    // The user types on before the panel answers.
    await box(conversation).press('End');
    await conversation.page.keyboard.type(' on');
    await conversation.change({ kind: 'outbox', outbox: two.slice(1) });
    await conversation.change({ kind: 'draft', text: 'Use SPY\n\nTyped' });
    await expect.poll(boxText(conversation)).toBe('Use SPY\n\nTyped on');
    expect(await conversation.lastDraft()).toEqual({ text: 'Use SPY\n\nTyped on' });
    expect(await pending(conversation)).toEqual([expect.stringContaining('Queued 1 of 1')]);
  });

  it('comes back also where the draft has its letters in other words', async () => {
    const conversation = await show({ outbox: [item({ text: 'continue', state: 'queued' })] });
    await box(conversation).fill('Do not continue with QQQ');
    await conversation.page.getByRole('button', { name: 'Take Back' }).click();
    await conversation.change({ kind: 'outbox', outbox: [] });
    await conversation.change({ kind: 'draft', text: 'continue\n\nDo not continue with QQQ' });
    await expect.poll(boxText(conversation)).toBe('continue\n\nDo not continue with QQQ');
  });

  it('comes back too where the answer was lost on the way', async () => {
    const conversation = await show({ outbox: two });
    await box(conversation).fill('Typed');
    await conversation.page.getByRole('button', { name: 'Take Back' }).first().click();
    conversation.skip(2);
    await conversation.show(state({ header: running(), outbox: two.slice(1), draft: 'Use SPY\n\nTyped' }));
    await expect.poll(boxText(conversation)).toBe('Use SPY\n\nTyped');
  });

  it('that had left says so, and does not come back', async () => {
    const conversation = await show({ outbox: two });
    await conversation.page.getByRole('button', { name: 'Take Back' }).first().click();
    await conversation.change({ kind: 'outbox', outbox: [item({ state: 'sending' }), two[1]!] });
    await conversation.post({ type: 'alreadySent', clientId: 'c1' });
    await expect.poll(async () => (await pending(conversation))[0]).toContain('Too late to take back. Sending…');
    await expect
      .poll(() => conversation.page.locator('#app > [role="status"]').innerText())
      .toContain('Too late to take the prompt back');
    expect(await box(conversation).inputValue()).toBe('');
  });

  it('can be sent now, and the keyboard stays in the page', async () => {
    const conversation = await show({ outbox: two });
    const second = conversation.page.getByRole('button', { name: 'Send Now' }).nth(1);
    await second.focus();
    // Another prompt leaves meanwhile, and the focus stays.
    await conversation.change({ kind: 'outbox', outbox: two.slice(1) });
    await conversation.page.keyboard.press('Enter');
    expect(await conversation.sent('sendNow')).toEqual([{ type: 'sendNow', clientId: 'c2' }]);
    await conversation.change({ kind: 'outbox', outbox: [item({ clientId: 'c2', state: 'sending' })] });
    expect(await conversation.page.evaluate(() => document.activeElement?.className)).toBe('timeline');
  });

  it('that is on hold says why, and its first one can resume the queue', async () => {
    const conversation = await show({
      outbox: two.map((queued) => ({ ...queued, state: 'onHold' as const, problem: 'The run was stopped.' })),
    });
    expect(await pending(conversation)).toEqual([
      expect.stringContaining('On hold 1 of 2 · The run was stopped.'),
      expect.stringContaining('On hold 2 of 2 · The run was stopped.'),
    ]);
    const resume = conversation.page
      .getByRole('button', { name: 'Resume Queue' })
      .and(conversation.page.locator(':visible'));
    expect(await resume.count()).toBe(1);
    await resume.click();
    expect(await conversation.sent('resumeQueue')).toEqual([{ type: 'resumeQueue' }]);
  });
});

const talk = [
  message('m0', 'user', text('First')),
  message('m1', 'assistant', text('Done.')),
  message('m2', 'user', text('Two\nlines')),
  message('m3', 'user', text('Two\nlines')),
  message('m4', 'user', text('Last said')),
];
const press = async ({ page }: ConversationPage, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

describe.each<[string, OpenOptions]>([
  ['the toolkit’s', {}],
  ['the browser’s own', { withoutToolkit: true }],
])('in %s text area, Up', (_name, options) => {
  it('walks back through own prompts, those on their way among them, and Down forward to the draft as it was', async () => {
    const conversation = await show({ messages: talk, outbox: [item({ text: 'On its way' })] }, options);
    await box(conversation).fill('My draft');
    await press(conversation, 'ArrowUp');
    expect(await box(conversation).inputValue(), 'the caret is not at the start').toBe('My draft');
    await press(conversation, 'Home');
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      await press(conversation, 'ArrowUp');
      seen.push(await box(conversation).inputValue());
    }
    expect(seen).toEqual(['On its way', 'Last said', 'Two\nlines', 'First', 'First']);
    await press(conversation, 'ArrowDown');
    expect(await box(conversation).inputValue()).toBe('Two\nlines');
    // With two lines, the arrows move the caret first.
    await press(conversation, 'ArrowUp');
    expect(await box(conversation).inputValue()).toBe('Two\nlines');
    await press(conversation, 'Control+End', 'ArrowDown');
    expect(await box(conversation).inputValue()).toBe('Last said');
    await press(conversation, 'ArrowDown', 'ArrowDown');
    expect(await box(conversation).inputValue()).toBe('My draft');
    await press(conversation, 'ArrowDown');
    expect(await box(conversation).inputValue()).toBe('My draft');
  });

  it('leaves the draft where it is kept, also through a reload', async () => {
    const conversation = await show({ messages: talk }, options);
    await box(conversation).fill('My draft');
    await press(conversation, 'Home', 'ArrowUp');
    await conversation.page.locator('.timeline').focus();
    const { saved } = await conversation.observed();
    expect(saved).toMatchObject({ draft: 'My draft' });
    expect(await conversation.lastDraft()).toEqual({ text: 'My draft' });
    await conversation.dispose();
    const open = await pages.open({ ...options, saved });
    await open.show(state({ header: running(), messages: talk, draft: 'My draft' }));
    expect(await box(open).inputValue()).toBe('My draft');
  });

  it('makes a recalled prompt that is edited the draft, and the draft before comes back when it is sent', async () => {
    const conversation = await show({ messages: talk }, options);
    await box(conversation).fill('My draft');
    await press(conversation, 'Home', 'ArrowUp', 'End');
    await conversation.page.keyboard.type(', and more');
    expect((await conversation.observed()).saved).toMatchObject({ draft: 'Last said, and more', asides: ['My draft'] });
    // It is now the newest in the history.
    await press(conversation, 'Home', 'ArrowUp');
    expect(await box(conversation).inputValue()).toBe('My draft');
    await press(conversation, 'ArrowDown', 'Enter');
    expect((await conversation.sent('send')).map((sent) => sent.text)).toEqual(['Last said, and more']);
    await expect.poll(boxText(conversation)).toBe('My draft');
    expect((await conversation.observed()).saved).toMatchObject({ draft: 'My draft', asides: [] });
  });

  it('sends a recalled prompt as it is, once, and gives the draft back', async () => {
    const conversation = await show({ messages: talk }, options);
    await box(conversation).fill('My draft');
    await press(conversation, 'Home', 'ArrowUp', 'Enter');
    expect((await conversation.sent('send')).map((sent) => sent.text)).toEqual(['Last said']);
    await expect.poll(boxText(conversation)).toBe('My draft');
  });

  it('belongs to the input method while it composes, and to the selection with Shift', async () => {
    const conversation = await show({ messages: talk }, options);
    await box(conversation).focus();
    await conversation.page.evaluate(() => {
      const control =
        document.querySelector('vscode-text-area')?.shadowRoot?.querySelector('textarea') ??
        document.querySelector('.prompt-field textarea');
      control?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowUp', isComposing: true, bubbles: true, composed: true }),
      );
    });
    await press(conversation, 'Shift+ArrowUp', 'Control+ArrowUp');
    expect(await box(conversation).inputValue()).toBe('');
    await press(conversation, 'ArrowUp');
    expect(await box(conversation).inputValue()).toBe('Last said');
  });

  it('does not lose the draft when a prompt is given back while one is recalled', async () => {
    const conversation = await show(
      { messages: talk, outbox: [item({ state: 'failed', text: 'Failed one' })] },
      options,
    );
    await box(conversation).fill('My draft');
    await press(conversation, 'Home', 'ArrowUp', 'ArrowUp');
    await conversation.change({ kind: 'draft', text: 'Given back' });
    await expect.poll(boxText(conversation)).toBe('Given back\n\nMy draft');
  });
});

describe('a draft that made room for a recalled prompt', () => {
  const kept = (draftTold: boolean, ...asides: readonly string[]): unknown => ({
    identity: IDENTITY,
    draft: 'Last said, and more',
    draftTold,
    folds: [],
    asides,
  });
  /** Opens the page with the panel's drafts. */
  async function reopened(asides: readonly string[], saved?: unknown): Promise<ConversationPage> {
    const open = await pages.open({ saved });
    await open.post({
      type: 'state',
      seq: 1,
      state: state({ header: running(), messages: talk, draft: 'Last said, and more' }),
      earlierDrafts: asides,
    });
    await open.page.locator('.message').first().waitFor();
    await open.settled();
    return open;
  }
  const walk = async (conversation: ConversationPage, steps: number): Promise<readonly string[]> => {
    await box(conversation).focus();
    const seen = [await box(conversation).inputValue()];
    for (let step = 0; step < steps; step++) {
      await press(conversation, 'Home', 'ArrowUp');
      seen.push(await box(conversation).inputValue());
    }
    return seen;
  };

  it('is sent to the panel with the one that replaced it, and as none when it is back', async () => {
    const conversation = await show({ messages: talk });
    await box(conversation).fill('My draft');
    await press(conversation, 'Home', 'ArrowUp', 'End');
    await conversation.page.keyboard.type(', and more');
    await expect
      .poll(() => conversation.lastDraft())
      .toEqual({ text: 'Last said, and more', earlierDrafts: ['My draft'] });
    await press(conversation, 'Enter');
    expect(await conversation.lastDraft()).toEqual({ text: 'My draft' });
  });

  it('is there in a tab that opens again, and returns when the one in the box is sent', async () => {
    const conversation = await reopened(['Older draft', 'My draft']);
    expect(await walk(conversation, 3)).toEqual(['Last said, and more', 'My draft', 'Older draft', 'Last said']);
    await press(conversation, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await expect.poll(boxText(conversation)).toBe('My draft');
    expect(await conversation.lastDraft()).toEqual({ text: 'My draft', earlierDrafts: ['Older draft'] });
  });

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    [
      'the panel’s, where it has heard of the page’s',
      kept(true, 'Came back since'),
      ['My draft'],
      ['My draft', 'Last said'],
    ],
    ['the page’s, where the panel has none', kept(true, 'My draft'), [], ['My draft', 'Last said']],
    [
      'the panel’s and the page’s, where it has not heard of these',
      kept(false, 'My draft', 'Untold'),
      ['Other', 'My draft'],
      ['Untold', 'My draft', 'Other', 'Last said'],
    ],
  ])('after a reload is %s', async (_name, saved, panels, expected) => {
    expect((await walk(await reopened(panels, saved), expected.length)).slice(1)).toEqual(expected);
  });
});

describe('where the reader was', () => {
  const many = Array.from({ length: 120 }, (_, index) =>
    message(
      `m${String(index)}`,
      index % 2 === 0 ? 'user' : 'assistant',
      text(`Message ${String(index)}\n\n${'Some words of it. '.repeat(30)}`),
    ),
  );
  const firstSeen = ({ page }: ConversationPage) =>
    page.evaluate(() => {
      const top = document.querySelector('.timeline')!.getBoundingClientRect().top;
      const row = [...document.querySelectorAll('.row')].find(
        (element) => element.getBoundingClientRect().bottom > top + 1,
      )!;
      return [
        row.querySelector('.message')!.getAttribute('aria-posinset'),
        Math.round(row.getBoundingClientRect().top - top),
      ];
    });
  const saved = (more: object): unknown => ({ identity: IDENTITY, draft: '', draftTold: true, folds: [], ...more });

  it('is sent to the panel when they stop scrolling, and a panel that opens again begins there', async () => {
    const conversation = await show({ messages: many });
    await conversation.page.locator('.timeline').evaluate((scroller) => {
      scroller.scrollTop -= 3_000;
    });
    await expect.poll(() => conversation.sent('readingPosition')).toHaveLength(1);
    const seen = await firstSeen(conversation);
    const [told] = await conversation.sent('readingPosition');
    await conversation.dispose();
    const open = await pages.open();
    await open.post({
      type: 'state',
      seq: 1,
      state: state({ header: running(), messages: many }),
      position: told!.position!,
    });
    await open.page.locator('.message').first().waitFor();
    await open.settled();
    expect(await firstSeen(open)).toEqual(seen);
  });

  it('is waited for while the conversation has not been read', async () => {
    const open = await pages.open();
    await open.post({
      type: 'state',
      seq: 1,
      state: state({ header: running(), freshness: { loading: true } }),
      position: { messageId: 'm20', offset: 0 },
    });
    await open.settled();
    expect(await open.page.locator('.skeleton').count()).toBe(1);
    await open.post({
      type: 'changes',
      seq: 2,
      changes: [
        ...many.map((one, index) => ({ kind: 'message' as const, index, message: one })),
        { kind: 'freshness', freshness: { loading: false, confirmedAt: 1 } },
      ],
    });
    await open.page.locator('.message').first().waitFor();
    await open.settled();
    expect(await firstSeen(open)).toEqual(['21', 0]);
  });

  it('is the end where that message is no more, and where the page itself was there', async () => {
    for (const [kept, place] of [
      [undefined, { messageId: 'gone', offset: 0 }],
      [saved({ begun: true }), { messageId: 'm20', offset: 0 }],
    ] as const) {
      const conversation = await pages.open({ saved: kept });
      await conversation.post({
        type: 'state',
        seq: 1,
        state: state({ header: running(), messages: many }),
        position: place,
      });
      await conversation.page.locator('.message').first().waitFor();
      await conversation.settled();
      expect(await conversation.page.locator('.latest').isVisible()).toBe(false);
      expect(await conversation.page.locator('.message').last().getAttribute('aria-posinset')).toBe('120');
      await conversation.dispose();
    }
  });

  it('is sent as none when they are back at the end', async () => {
    const open = await pages.open();
    await open.post({
      type: 'state',
      seq: 1,
      state: state({ header: running(), messages: many }),
      position: { messageId: 'm20', offset: 0 },
    });
    await open.page.locator('.message').first().waitFor();
    await open.page.getByRole('button', { name: 'Latest' }).click();
    await expect.poll(async () => (await open.sent('readingPosition')).at(-1)).toEqual({ type: 'readingPosition' });
  });
});

describe('what screen readers get', () => {
  const spoken = ({ page }: ConversationPage) => page.locator('#app > [role="status"][aria-live="polite"]');

  it('is soon what happened to a prompt', async () => {
    const conversation = await show({ outbox: [item({ state: 'sending' }), item({ clientId: 'c2' })] });
    await conversation.change({
      kind: 'outbox',
      outbox: [
        item({ state: 'failed', problem: 'Out of credits.' }),
        item({ clientId: 'c2', state: 'onHold', problem: 'The prompt before it was not sent.' }),
      ],
    });
    await expect
      .poll(() => spoken(conversation).innerText(), { timeout: 60_000 })
      .toBe('Prompt not sent. Out of credits. Queue on hold with 1 prompt. The prompt before it was not sent.');
  });

  it('is in short how much came and the newest of it, a tool’s result with how it went', async () => {
    const conversation = await show();
    const added = [
      message('m1', 'assistant', text('One')),
      message('m2', 'assistant', text('Two')),
      message('m3', 'assistant', tool('read_backtest', { state: 'output-error', errorText: 'Backtest not found.' })),
    ];
    for (const [index, next] of added.entries())
      await conversation.change({ kind: 'message', index: index + 1, message: next });
    await expect
      .poll(() => spoken(conversation).innerText(), { timeout: 60_000 })
      .toBe('3 new messages. Agent: Backtest failed: Backtest not found.');
  });
});

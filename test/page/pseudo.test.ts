import { expect, it } from 'vitest';
import { pageTexts } from '../../src/conversation/panel/pageTexts';
import type { ConversationState } from '../../src/core/pages/conversation/protocol';
import type { PageText } from '../../src/core/pages/texts';
import type { Message } from '../../src/core/conversation/transcript/transcript';
import { answer, fresh, header, message, NOON, reasoning, running, text, tool } from '../support/conversations';
import { pseudo, pseudoTexts } from '../support/pseudo';
import { IDENTITY, type ConversationPage } from './harness';
import { testPages } from './testPages';

/** The page in a language that is none. What others wrote is Greek here, so English can only be a text of ours. */
const ENGLISH = pageTexts();
const { show } = testPages();
const GREEK = { taskName: 'έργο', agentName: 'πράκτορας', model: 'μοντέλο' };
const shown = (changed: Partial<ConversationState> = {}): Promise<ConversationPage> =>
  show({ header: header(GREEK), ...changed }, { texts: pseudoTexts(ENGLISH), height: 6_000 });
const named = (key: PageText): { readonly name: string; readonly exact: true } => ({
  name: pseudo(ENGLISH.page[key]),
  exact: true,
});

const wordsIn = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

/** What is English all the same. */
const NOT_OURS: ReadonlySet<string> = new Set([
  // Names of keys and formats, and dates as the computer's locale writes them.
  ...wordsIn('Enter Shift Alt Ctrl Esc Escape Space Home End Up Down Left Right J K E C I W F F3 JSON'),
  ...wordsIn('Monday Mon November Nov January Jan AM PM GMT at T11 T12 T13 T14 Z'),
  // What QuantConnect calls things: tools, their states, figures, kinds and endings of files.
  ...wordsIn('create file edit delete compile backtest liquidate live algorithm'),
  ...wordsIn('approval requested output denied error input available'),
  ...wordsIn('example com https py pdf png csv image text application octet stream python json call Sharpe Ratio Beta'),
]);

/** Statuses: `core` still writes them out in its code instead of asking for them by a key. */
const OF_CORE: readonly string[] = ['Running', 'Completed', 'In queue', 'Stopped', 'Failed'];
/** Units: `2 m 5 s`, `48.1k`. */
const UNITS = /(?<=\d ?)[dhmsk](?![A-Za-z])/g;

const compiled = (changed: Readonly<Record<string, unknown>>): ReturnType<typeof answer> =>
  answer({ success: true, errors: [], warnings: [], ...changed });

const MESSAGES: readonly Message[] = [
  message('m1', 'user', text('ερώτηση')),
  message(
    'm2',
    'assistant',
    text('λόγος', true),
    text('α '.repeat(20_000)),
    text('```python\nβ = 1\n```\n\n![γ](https://example.com/γ.png)'),
    reasoning('σκέψη'),
    reasoning('σκέψη', true),
    { kind: 'step' },
    tool('create_file', { input: { filePath: 'α.py', content: 'β\n' }, output: compiled({}) }),
    tool('edit_file', { input: { filePath: 'α.py', oldString: 'β', newString: 'γ' }, output: compiled({}) }),
    tool('edit_file', { input: { filePath: 'δ.py', oldString: 'ε', newString: 'ζ' }, output: compiled({}) }),
    tool('delete_file', { input: { filePath: 'α.py' }, output: compiled({}) }),
    tool('create_file', { input: { filePath: '../η.py', content: 'θ' }, output: compiled({}) }),
    { kind: 'source', title: 'πηγή', url: 'https://example.com/' },
    { kind: 'source', title: 'πηγή', mediaType: 'application/pdf', filename: 'ι.pdf' },
    { kind: 'file', mediaType: 'image/png', url: 'https://example.com/' },
    { kind: 'file', mediaType: 'text/csv', url: 'https://example.com/' },
    { kind: 'file', mediaType: 'application/octet-stream', reasoning: true },
    { kind: 'data', name: 'κ', data: { λ: 4 } },
    { kind: 'steering', parts: [text('μάλλον')] },
    { kind: 'unknown', type: 'ν', raw: { ν: 'ξ'.repeat(30_000) } },
    { kind: 'unknown', type: 'ν', raw: { ν: 3 }, problem: 'πρόβλημα' },
  ),
  message('m3', 'system', text('σύστημα')),
  message('m4', 'φωνή', text('ποιος')),
];

const OUTBOX: ConversationState['outbox'] = (
  ['queued', 'onHold', 'sending', 'accepted', 'failed', 'uncertain'] as const
).map((kind, index) => ({ clientId: `c${String(index)}`, text: 'εντολή', state: kind, at: NOON }));

/** Every text that the page has, seen or hidden, with what names and explains its elements. */
async function textsOf({ page }: ConversationPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text && !node.parentElement?.closest('script, style, .prose, pre')) found.push(node.data);
      if (!(node instanceof Element)) continue;
      // The toolkit names its ring in English. Nobody hears it: it is hidden.
      if (node.matches('[aria-hidden="true"] *')) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(node.getAttribute(name) ?? '');
    }
    return found.filter((words) => words.trim() !== '');
  });
}

const WORD = /[A-Za-z][A-Za-z\d]*/g;

/** What all tests together have seen. */
const seen = new Set<string>();

/** The texts with English in them that nothing explains. */
async function english(conversation: ConversationPage): Promise<readonly string[]> {
  await conversation.atRest();
  const left = (words: string): readonly string[] =>
    (
      OF_CORE.reduce((rest, phrase) => rest.replaceAll(phrase, ''), words)
        .replace(UNITS, '')
        .match(WORD) ?? []
    ).filter((word) => !NOT_OURS.has(word));
  const texts = await textsOf(conversation);
  for (const words of texts) seen.add(words);
  return [...new Set(texts.filter((words) => left(words).length > 0))];
}

async function openAll({ page }: ConversationPage): Promise<void> {
  await page.evaluate(() => {
    for (const summary of document.querySelectorAll('summary')) summary.click();
  });
}

it('says nothing in English: messages, parts, prompts on their way, header and banners', async () => {
  const conversation = await shown({
    header: running({
      ...GREEK,
      sandbox: true,
      runtimeError: 'σφάλμα',
      projectId: 7,
      projectUrl: 'https://example.com/',
    }),
    freshness: fresh({ problem: { message: 'πρόβλημα', action: 'signIn' } }),
    messages: MESSAGES,
    outbox: OUTBOX,
    partTimes: [
      ['m2/3', { since: NOON, ms: 32_000, within: 2_000 }],
      ['m2/5', { since: NOON, ms: 32_000, within: 2_000, step: 1 }],
      ['m2/6', { since: NOON }],
    ],
  });
  await openAll(conversation);
  expect(await english(conversation)).toEqual([]);
});

it('says nothing in English: results of compiles and backtests', async () => {
  const points = Array.from({ length: 20 }, (_, day) => [1_514_764_800 + day * 86_400, 100_000 + day * 10]);
  const conversation = await shown({
    messages: [
      message(
        'm1',
        'assistant',
        tool('create_compile', { output: compiled({ success: false, errors: ['α.py:3: λάθος'], warnings: ['ω'] }) }),
        tool('create_compile', {
          output: compiled({
            errors: Array.from({ length: 250 }, (_, index) => `λάθος ${String(index)}`),
            success: false,
          }),
        }),
        tool('create_backtest', {
          output: compiled({
            backtest: {
              name: 'δοκιμή',
              statistics: { 'Sharpe Ratio': '1.2', Beta: '0.3' },
              charts: { 'Strategy Equity': { series: { Equity: { values: points } } } },
            },
          }),
        }),
        tool('create_backtest', {
          output: answer({
            success: false,
            errors: ['The backtest ended with a runtime error.'],
            backtest: { error: 'σφάλμα' },
          }),
        }),
        tool('α_β', { state: 'input-available', input: {} }),
        tool('α_β', { state: 'approval-requested', approval: {} }),
        tool('α_β', { state: 'output-denied', approval: { approved: false } }),
        tool('α_β', { state: 'output-error', errorText: 'λάθος' }),
        tool('α_β', { state: 'α' }),
        tool('liquidate_live_algorithm', {
          output: 'ω'.repeat(30_000),
          messages: [message('n1', 'user', text('ναι'))],
        }),
      ),
    ],
  });
  await openAll(conversation);
  await openAll(conversation);
  expect(await english(conversation)).toEqual([]);
});

it('says nothing in English: menu, shortcuts, find, filters, files, the prompt box and what is spoken', async () => {
  const conversation = await shown({ header: running(GREEK), messages: MESSAGES });
  const { page } = conversation;
  const found: string[] = [];
  const look = async (): Promise<void> => {
    found.push(...(await english(conversation)));
  };
  await page.getByRole('button', named('menu.more')).click();
  await look();
  await page.keyboard.press('Escape');

  const filesButton = page.locator('.tool-button', { hasText: pseudo('Files') }).first();
  await filesButton.click();
  await page.locator('.files-panel').waitFor();
  await openAll(conversation);
  await look();
  await page.getByRole('button', named('close')).click();

  await page.locator('.find-button').click();
  const field = page.getByRole('textbox', named('find.field'));
  for (const word of ['λόγος', 'α', 'ψ']) {
    await field.fill(word);
    await expect.poll(() => page.locator('.find-count').innerText()).not.toBe('');
    await look();
  }
  for (const filter of ['prompts', 'tools', 'errors', 'files'] as const) {
    await page.locator('.find-filter', { hasText: pseudo(ENGLISH.page[`filter.${filter}`]) }).click();
    await look();
  }
  await page.locator('.find-filter').first().click();
  await page.keyboard.press('Escape');

  await page.getByRole('button', named('prompt.shortcuts')).click();
  await page.locator('dialog.shortcuts').waitFor();
  await look();
  await page.keyboard.press('Escape');

  await conversation.change({ kind: 'header', header: running({ ...GREEK, canStop: false, stopping: true }) });
  await look();
  await conversation.change({ kind: 'outbox', outbox: OUTBOX.map((prompt) => ({ ...prompt, state: 'queued' })) });
  await conversation.change({ kind: 'outbox', outbox: OUTBOX.map((prompt) => ({ ...prompt, state: 'onHold' })) });
  await conversation.change({ kind: 'outbox', outbox: OUTBOX.map((prompt) => ({ ...prompt, state: 'failed' })) });
  await conversation.post({ type: 'alreadySent', clientId: 'c0' });
  await expect.poll(() => page.locator('#app > [role="status"]').innerText()).not.toBe('');
  await conversation.post({ type: 'undelivered', problem: 'πρόβλημα' });
  await look();
  expect(found).toEqual([]);
});

it.each([
  running({ ...GREEK, status: 'InQueue' }),
  running(GREEK),
  header(GREEK),
  header({ ...GREEK, status: 'Stopped' }),
  header({ ...GREEK, status: 'Failed' }),
])('says nothing in English: no messages, $status', async (of) => {
  expect(await english(await shown({ header: of }))).toEqual([]);
});

it.each([undefined, 'retry', 'signIn', 'openSettings', 'switchOrganization', 'showLog'] as const)(
  'says nothing in English: a conversation that cannot be read, with %s',
  async (action) => {
    const problem = { message: 'πρόβλημα', ...(action && { action }) };
    expect(await english(await shown({ freshness: { loading: false, problem } }))).toEqual([]);
  },
);

it.each(['prompts', 'tools', 'errors', 'files'] as const)('says nothing in English: no %s', async (filter) => {
  const conversation = await show(
    { header: header(GREEK), messages: [message('m1', 'assistant', text('λόγος'))] },
    { texts: pseudoTexts(ENGLISH), saved: { identity: IDENTITY, draft: '', folds: [], filter } },
  );
  expect(await english(conversation)).toEqual([]);
});

it('says nothing in English: an extension host that does not answer', async () => {
  const conversation = await shown({ header: running(GREEK), messages: MESSAGES.slice(0, 1) });
  await conversation.silence(true);
  await conversation.page.locator('.banner.connection:not([hidden])').waitFor({ timeout: 60_000 });
  expect(await english(conversation)).toEqual([]);
});

/** Texts of moments and of faults, which these tests see by chance or not at all. The lint rule holds them. */
const RARE: ReadonlySet<PageText> = new Set([
  'author.unknown',
  'broken.error',
  'broken.fold',
  'broken.message',
  'broken.part',
  'connection.notSent',
  'connection.stopNotConfirmed',
  'copied',
  'curve.unknownDay',
  'duration.atLeast',
  'duration.atMost',
  'empty.missing',
  'empty.unknown',
  'files.whole',
  'find.arriving',
  'find.found',
  'find.foundAtLeast',
  'find.ofAtLeast',
  'find.searching',
  'find.unseen',
  'find.wrapped',
  'header.created',
  'header.reading',
  'loading',
  'message.title',
  'outbox.tooLate',
  'outbox.unconfirmed',
  'part.imageLink',
  'prompt.draftsTooLong',
  'prompt.tooLong',
  'said.copied',
  'said.held',
  'said.newMessages',
  'said.notSent',
  'said.queued',
  'said.sending',
  'said.status',
  'said.tooLate',
  'said.uncertain',
  'time.since',
  'timeline.new',
  'tool.warning',
]);

it('has seen every other text in the tests above', () => {
  const all = [...seen].join('\n');
  const isSeen = (english: string): boolean =>
    pseudo(english)
      .split(/\{\d+\}/)
      .every((piece) => all.includes(piece));
  const unseen = (Object.keys(ENGLISH.page) as PageText[]).filter((key) => !isSeen(ENGLISH.page[key]));
  expect(unseen.filter((key) => !RARE.has(key))).toEqual([]);
});

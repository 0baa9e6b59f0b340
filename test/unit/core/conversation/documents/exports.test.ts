import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../../src/core/conversation/documents/exportJson';
import { exportMarkdown, messageMarkdown } from '../../../../../src/core/conversation/documents/exportMarkdown';
import {
  fenced,
  harmlessMarkdown,
  htmlWords,
  plainWords,
  webLink,
} from '../../../../../src/core/conversation/documents/markdownText';
import { toTranscript } from '../../../../../src/core/conversation/transcript/parseTranscript';
import {
  finalAnswer,
  promptsOf,
  type ConversationFacts,
  type ConversationRecord,
} from '../../../../../src/core/conversation/documents/record';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';
import { everyPart, message, NOON, reasoning, strategyRun, text, tool } from '../../../../support/conversations';

const FACTS: ConversationFacts = {
  deploymentId: 'A-00000000000000000000000000000001',
  taskName: 'Momentum on QQQ',
  agentName: 'Backtest Agent',
  organizationName: 'Quant Ltd',
  model: 'claude-opus-4-7',
  status: 'Completed',
  created: NOON - 20_000,
  started: NOON,
  ended: NOON + 192_000,
  inputTokens: 48_120,
  outputTokens: 6_004,
  prompt: 'Build a momentum strategy',
  sandbox: false,
};
const record = (messages: readonly Message[], facts: Partial<ConversationFacts> = {}): ConversationRecord => ({
  facts: { ...FACTS, ...facts },
  messages,
  conversation: { messages: [] },
  readAt: NOON + 200_000,
});

/** Every token of the document, inner ones too. */
function tokensOf(markdown: string): readonly Token[] {
  const found: Token[] = [];
  marked.walkTokens(marked.lexer(markdown), (token) => {
    found.push(token);
  });
  return found;
}
const kinds = (markdown: string, ...types: readonly string[]): readonly string[] =>
  tokensOf(markdown)
    .filter(({ type }) => types.includes(type))
    .map(({ raw }) => raw.trim());
const codeBlocks = (markdown: string): readonly string[] =>
  tokensOf(markdown)
    .filter((token) => token.type === 'code')
    .map((token) => ('text' in token ? String(token.text) : ''));

/** Pieces that mean something to Markdown, so that random texts get at its corners. */
const markdown = fc
  .array(
    fc.constantFrom(
      '```',
      '````',
      '~~~',
      '`',
      '``',
      '\n',
      '\n\n',
      ' ',
      '    ',
      '\t',
      '- ',
      '1. ',
      '> ',
      '\\',
      '|',
      '# ',
      '<b>',
      '</details>',
      '<img src=x>',
      '<!-- ',
      '-->',
      '![a](https://e.com/p.png)',
      'word',
      '$$',
      '[a]: <b> "x',
      '&lt;',
      '***',
      '---',
      '\r',
      'https://e.com/',
      'python',
    ),
    { maxLength: 20 },
  )
  .map((pieces) => pieces.join(''));

describe('A code block', () => {
  it('holds exactly its code, whatever that is', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (code) => {
        const plain = code.replaceAll('\r', '').replaceAll('\t', ' ');
        const [block, ...others] = marked
          .lexer(`${fenced(plain, 'python')}\n\nAfter`)
          .filter(({ type }) => type !== 'space');
        expect(block?.type).toBe('code');
        expect(
          codeBlocks(block?.raw ?? '')
            .join()
            .replace(/\n+$/, ''),
        ).toBe(plain.replace(/\n+$/, ''));
        expect(others.map(({ raw }) => raw)).toEqual(['After']);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no language that is not a word', () => {
    expect(fenced('x', 'py`\nthon')).toBe('```\nx\n```');
  });
});

describe('Markdown that is not trusted', () => {
  it.each([
    ['a tag', 'a <b>bold</b> word', 'a &lt;b>bold&lt;/b> word'],
    ['a comparison', 'if a < b && c > d', 'if a < b && c > d'],
    ['code within a line', 'a `List<int>` here', 'a `List<int>` here'],
    ['backticks that do not pair', 'a `List<int> here', 'a `List&lt;int> here'],
    ['code that reaches into the next line', 'a `x\n`<b>`', 'a `x\n`&lt;b>`'],
    ['code in a table', '| `a | <b>` |', '| `a | &lt;b>` |'],
    ['an image', '![chart](https://e.com/p.png)', '&#33;[chart](https://e.com/p.png)'],
    ['an escaped tag', '\\<b>', '&lt;b>'],
    ['a code block', '```python\nx: List<int>\n```', '```python\nx: List<int>\n```'],
    ['a code block that never ends', 'See\n~~~\n<b>', 'See\n```\n<b>\n```'],
    ['a code block in a list', '- See\n  ```\n  <b>\n  ```\n- Next', '- See\n```\n<b>\n```\n- Next'],
    ["a code block right behind a list's marker", '1. ```py\n   <b>\n   ```', '1.\n```py\n<b>\n```'],
    ['a code block in a quotation', '> ```\n> <b>\n> ```', '> &#96;``\n> &lt;b>\n> &#96;``'],
    ['a formula in its line', '$$a<b$$', '$$a&lt;b$$'],
  ])('%s', (_name, given, expected) => {
    expect(harmlessMarkdown(given)).toBe(expected);
  });

  it('becomes neither HTML nor an image, and ends what it opens', () => {
    fc.assert(
      fc.property(markdown, (given) => {
        const written = `${harmlessMarkdown(given)}\n\n# Behind it`;
        expect(kinds(written, 'html', 'image')).toEqual([]);
        expect(marked.lexer(written).at(-1)).toMatchObject({ type: 'heading', text: 'Behind it' });
      }),
      { numRuns: 3_000 },
    );
  });

  it('as one line of words is nothing but words', () => {
    fc.assert(
      fc.property(fc.oneof(markdown, fc.string()), (given) => {
        const found = tokensOf(`- ${plainWords(given)}x`).map(({ type }) => type);
        expect(
          found.filter((type) => !['list', 'list_item', 'text', 'escape', 'paragraph', 'link'].includes(type)),
        ).toEqual([]);
        expect(htmlWords(given)).not.toMatch(/[<>\n]/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('links to the web alone', () => {
    expect(webLink('A page', 'https://e.com/a?b=c')).toBe('[A page](https://e.com/a?b=c)');
    for (const url of ['javascript:alert(1)', 'command:x', 'file:///etc', ''])
      expect(kinds(webLink('A', url), 'link', 'html')).toEqual([]);
    expect(kinds(webLink('![a](https://e.com/p.png)', 'https://e.com/'), 'image')).toEqual([]);
    expect(webLink('A', 'https://e.com/)<b>')).toBe('A: https://e.com/)&lt;b>');
  });
});

describe('A conversation as Markdown', () => {
  it('tells what ran', () => {
    const written = exportMarkdown(record(strategyRun()));
    expect(written).toMatch(/^# Momentum on QQQ\n/);
    for (const line of [
      '- **Agent:** Backtest Agent',
      '- **Model:** claude-opus-4-7',
      '- **Status:** Completed',
      '- **Started:** 2026-11-23 13:02:11 UTC',
      '- **Duration:** 3 m 12 s',
      '- **Tokens:** 48.1k in, 6.0k out',
      '**2 prompts**',
      '## Prompt',
      '## Agent',
      '<summary>✓ Created main.py · +17 −0</summary>',
    ])
      expect(written).toContain(line);
    expect(codeBlocks(written).some((code) => code.startsWith('from AlgorithmImports import *'))).toBe(true);
    expect(written).toContain('| Sharpe ratio | **1.21** | 0.87 |');
  });

  it('marks the sandbox', () => {
    expect(exportMarkdown(record([], { sandbox: true }))).toContain('simulated');
  });

  it('holds every part of every kind, folded where it is long', () => {
    const written = exportMarkdown(record(everyPart()));
    for (const words of [
      'Plain words',
      'Done thought',
      'It broke.',
      'three papers',
      'Found three.',
      'A page',
      'A document',
      'prices.csv',
      '"Berlin"',
      'Rather use SPY',
      '"hologram"',
      'This text part holds no text',
      'A role nobody knows',
      'narrator',
    ]) {
      expect(written).toContain(words);
    }
    expect(written.match(/<details>/g)?.length).toBe(written.match(/<\/details>/g)?.length);
  });

  const OURS = /^(?:<details>\n<summary>[^<>\n]*<\/summary>|<\/details>)$/;

  it('holds no HTML but its own, and no image, whatever anybody wrote', () => {
    const hostile = fc.oneof(markdown, fc.constant('</summary></details><script>'));
    fc.assert(
      fc.property(hostile, hostile, hostile, (one, two, three) => {
        const written = exportMarkdown(
          record(
            [
              message(
                'm1',
                two,
                text(one),
                reasoning(two),
                tool(three || 'x', { title: one, input: { filePath: two, content: three }, output: one }),
                tool('y', { state: 'output-error', errorText: two, input: three, output: two }),
              ),
              message(
                'm2',
                'user',
                { kind: 'source', title: one, url: two },
                { kind: 'file', mediaType: one, filename: two, url: three },
                { kind: 'data', name: one, data: { [two]: three } },
                { kind: 'unknown', type: two, raw: one, problem: three },
              ),
            ],
            { taskName: one, agentName: two, status: three, runtimeError: one, prompt: three },
          ),
        );
        expect(kinds(written, 'html').filter((html) => !OURS.test(html))).toEqual([]);
        expect(kinds(written, 'image')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const KEY = 'sk-ant-this-must-not-be-seen';

describe('A provider key', () => {
  const place = fc.constantFrom<(key: string) => unknown>(
    (key) => ({ llmApiTokenUser: key }),
    (key) => ({ agent: { token: [{ LLMAPITOKENUSER: key }] } }),
    (key) => JSON.stringify({ llmApiTokenUser: key }),
    (key) => `llmApiTokenUser: ${key}`,
    (key) => JSON.stringify(JSON.stringify({ token: { llmApiTokenUser: key } })),
  );
  it('is in no export, wherever it stood', () => {
    fc.assert(
      fc.property(place, fc.constantFrom('input', 'output', 'data', 'text', 'error', 'raw', 'nested'), (put, where) => {
        const value = put(KEY);
        const words = typeof value === 'string' ? value : JSON.stringify(value);
        const raw = {
          input: { type: 'dynamic-tool', toolName: 'x', state: 'input-available', input: value },
          output: { type: 'tool-create_file', state: 'output-available', output: value },
          data: { type: 'data-agent', data: value },
          text: { type: 'text', text: words },
          error: { type: 'tool-x', state: 'output-error', errorText: words },
          raw: { type: 'hologram', value },
          nested: {
            type: 'tool-x',
            state: 'output-available',
            messages: [
              {
                role: 'assistant',
                parts: [
                  { type: 'text', text: words },
                  { type: 'data-x', data: value },
                ],
              },
            ],
          },
        }[where];
        const conversation = { messages: [{ role: 'assistant', parts: [raw] }], prompt: words };
        const held: ConversationRecord = {
          facts: { ...FACTS, prompt: words, runtimeError: words, taskName: words },
          conversation,
          messages: toTranscript(conversation),
          readAt: NOON,
        };
        for (const written of [exportMarkdown(held), exportJson(held)]) {
          expect(written.replaceAll('\\', '')).not.toContain(KEY);
          expect(written.replaceAll('\\', '')).toContain('***');
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('A conversation as JSON', () => {
  it('is the transcript as it was read', () => {
    const parts = [
      { type: 'text', text: 'Hi' },
      { type: 'hologram', depth: 3 },
      { type: 'tool-x', state: 'output-available', output: { a: [null, 1] } },
    ];
    const held = {
      ...record([]),
      conversation: { id: 'A-1', messages: [{ id: 'm1', role: 'assistant', parts, time: NOON }], inputTokens: 3 },
    };
    expect(JSON.parse(exportJson(held))).toMatchObject({
      format: 'quantconnect-agent-conversation',
      version: 1,
      readAt: '2026-11-23T13:05:31.000Z',
      deployment: {
        deploymentId: FACTS.deploymentId,
        taskName: 'Momentum on QQQ',
        started: '2026-11-23T13:02:11.000Z',
      },
      conversation: {
        id: 'A-1',
        inputTokens: 3,
        messages: [{ id: 'm1', role: 'assistant', parts, time: '2026-11-23T13:02:11.000Z' }],
      },
    });
  });
});

describe('What was asked and answered', () => {
  it('is every prompt, the first one also where the conversation leaves it out', () => {
    const more = message('m2', 'user', text('Now on SPY'));
    expect(
      promptsOf(record([message('m0', 'user', text('Build')), message('m1', 'assistant', text('Done')), more])),
    ).toEqual(['Build', 'Now on SPY']);
    expect(promptsOf(record([message('m1', 'assistant', text('Done')), more]))).toEqual([
      'Build a momentum strategy',
      'Now on SPY',
    ]);
    expect(promptsOf(record([]))).toEqual(['Build a momentum strategy']);
  });

  it('is what the agent said behind its last call', () => {
    expect(
      finalAnswer([
        message('m1', 'assistant', text('I begin'), tool('x'), text('Done.'), text('Sharpe 1.2')),
        message('m2', 'user', text('Thanks')),
      ]),
    ).toBe('Done.\n\nSharpe 1.2');
    expect(finalAnswer([message('m1', 'assistant', text('I begin'), tool('x'))])).toBe('I begin');
    expect(finalAnswer([message('m1', 'assistant', text('First')), message('m2', 'assistant', tool('x'))])).toBe(
      'First',
    );
    expect(finalAnswer([message('m1', 'user', text('Hi'))])).toBeUndefined();
  });
});

describe('How long parts took', () => {
  const messages = [
    message(
      'm1',
      'assistant',
      reasoning('A thought'),
      tool('create_compile', { output: { success: true } }),
      tool('ask', { output: 'x', messages: [message('m1/2/n', 'assistant', tool('fetch_url', { output: 'y' }))] }),
    ),
  ];
  const times = new Map([
    ['m1/0', { since: NOON, ms: 8_200, within: 1_500 }],
    ['m1/1', { since: NOON, ms: 61_400, within: 6_000 }],
    ['m1/2/n/0', { since: NOON, ms: 3_000, within: 1_000 }],
    ['m1/2', { since: NOON, within: 1_000 }],
  ]);

  it('stands in the Markdown, about, where it was seen', () => {
    const summaries = exportMarkdown({ ...record(messages), times }).match(/(?<=<summary>).*(?=<\/summary>)/g);
    expect(summaries).toEqual([
      'Thought for about 8 s',
      '✓ Compiled · about 1 m',
      expect.not.stringContaining('about') as string,
      expect.stringContaining('about 3 s') as string,
    ]);
    expect(exportMarkdown(record(messages))).not.toContain('about');
  });

  it('stands in the JSON beside the transcript, and never as part of it', () => {
    const written = JSON.parse(exportJson({ ...record(messages), times })) as {
      observed: unknown;
      conversation: unknown;
    };
    expect(written.observed).toEqual([
      { part: 'm1/0', began: '2026-11-23T13:02:11.000Z', ms: 8_200, within: 1_500 },
      { part: 'm1/1', began: '2026-11-23T13:02:11.000Z', ms: 61_400, within: 6_000 },
      { part: 'm1/2/n/0', began: '2026-11-23T13:02:11.000Z', ms: 3_000, within: 1_000 },
    ]);
    expect(written.conversation).toEqual(
      (JSON.parse(exportJson(record(messages))) as { conversation: unknown }).conversation,
    );
  });
});

describe('A message by itself', () => {
  it('is what the whole document says of it', () => {
    for (const one of [...strategyRun(), ...everyPart()])
      expect(exportMarkdown(record([one]))).toContain(messageMarkdown(one));
  });

  it('holds no provider key', () => {
    const one = message(
      'm1',
      'assistant',
      tool('x', { output: { agent: { token: { llmApiTokenUser: 'sk-secret' } } } }),
    );
    expect(messageMarkdown(one)).toContain('***');
    expect(messageMarkdown(one)).not.toContain('sk-secret');
  });
});

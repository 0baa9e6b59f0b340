import { createRequire } from 'node:module';
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { exportJson } from '../../../../../src/core/conversation/documents/exportJson';
import { exportMarkdown, messageMarkdown } from '../../../../../src/core/conversation/documents/exportMarkdown';
import { documentText } from '../../../../../src/core/conversation/documents/documentAddress';
import type { ConversationRecord } from '../../../../../src/core/conversation/documents/record';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';
import { message, reasoning, text, tool } from '../../../../support/conversations';

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
  attrGet(name: string): string | null;
}
interface MarkdownIt {
  parse(source: string, env: object): readonly Token[];
}

/** The Markdown parser of VS Code's preview. It is installed because the packager depends on it. */
const packager = createRequire(createRequire(import.meta.url).resolve('@vscode/vsce/package.json'));
const markdownIt = (packager('markdown-it') as (options: object) => MarkdownIt)({ html: true, linkify: true });

interface Read {
  readonly html: readonly string[];
  readonly links: readonly string[];
  readonly images: number;
}

function readByMarkdownIt(source: string): Read {
  const found = { html: [] as string[], links: [] as string[], images: 0 };
  const walk = (tokens: readonly Token[]): void => {
    for (const token of tokens) {
      if (token.type === 'html_block' || token.type === 'html_inline') found.html.push(token.content.trim());
      if (token.type === 'link_open') found.links.push(token.attrGet('href') ?? '');
      if (token.type === 'image') found.images++;
      walk(token.children ?? []);
    }
  };
  walk(markdownIt.parse(source, {}));
  return found;
}

function readByMarked(source: string): Read {
  const found = { html: [] as string[], links: [] as string[], images: 0 };
  void marked.walkTokens(marked.lexer(source), (token) => {
    if (token.type === 'html') found.html.push(token.raw.trim());
    if (token.type === 'link') found.links.push(String((token as { href?: unknown }).href));
    if (token.type === 'image') found.images++;
  });
  return found;
}

/** A reader for which each of these is the end of a line. */
// eslint-disable-next-line no-control-regex -- we search for exactly these
const withAllLineEnds = (source: string): string => source.replace(/[\v\f\u001C-\u001E\u0085\u2028\u2029]/g, '\n');

const READERS: readonly (readonly [string, (source: string) => Read])[] = [
  ['marked', readByMarked],
  ['markdown-it', readByMarkdownIt],
  ['marked with more line ends', (source) => readByMarked(withAllLineEnds(source))],
  ['markdown-it with more line ends', (source) => readByMarkdownIt(withAllLineEnds(source))],
];

const OURS = /^(?:<details>\n<summary>[^<>\n]*<\/summary>|<\/details>)$/;
const LINE_ENDS = ['\u2028', '\u2029', '\u0085', '\v', '\f', '\u001C', '\u001D', '\u001E', '\r'];

const record = (messages: readonly Message[]): ConversationRecord => ({
  facts: {
    deploymentId: 'A-1',
    taskName: 'Task',
    agentName: 'Agent',
    organizationName: 'Org',
    status: 'Completed',
    sandbox: false,
  },
  conversation: { messages: [] },
  messages,
  readAt: 0,
});

/** The two calls around a text of the agent must stay visible, whatever the text is. */
function around(given: string): string {
  return exportMarkdown(
    record([
      message(
        'm1',
        'assistant',
        tool('first_call', { output: given }),
        text(given),
        tool('second_call', { output: 'x' }),
        reasoning(given),
        tool('third_call', { input: { a: given } }),
        text('The end.'),
      ),
    ]),
  );
}

function expectHarmless(given: string): void {
  const written = around(given);
  for (const [reader, read] of READERS) {
    const { html, links, images } = read(written);
    const context = `${reader}: ${JSON.stringify(given)}\n${written}`;
    expect(
      html.filter((tag) => !OURS.test(tag)),
      context,
    ).toEqual([]);
    // Three calls and one thought: each opens and closes.
    if (!reader.includes('more'))
      expect(html.filter((tag) => tag.startsWith('<details>')).length, context).toBe(given.trim() === '' ? 3 : 4);
    // Check only the scheme, because readers disagree where an address in a text ends.
    expect(
      links.filter((link) => !/^(?:https?|mailto):/i.test(link)),
      context,
    ).toEqual([]);
    expect(images, context).toBe(0);
  }
}

describe('exportMarkdown: line ends of only some readers', () => {
  it.each(LINE_ENDS.map((end) => [`U+${end.charCodeAt(0).toString(16).padStart(4, '0')}`, end]))('%s', (_name, end) => {
    for (const given of [
      `\`\`\`python${end}<img src=x onerror=alert(1)>\nx = 1\n\`\`\`\n<script>`,
      `\`\`\`${end}\n<b>\n\`\`\``,
      `~~~py ${end} x\ncode\n~~~\n<b>`,
      `text${end}\`\`\`\n<b>\n\`\`\``,
      `\`\`\`\ncode${end}\`\`\`\n<b>\n\`\`\``,
      `- a${end}  \`\`\`\n  <b>\n  \`\`\``,
      `> a${end}\`\`\`\n<b>\n`,
      `\`a${end}\`<b>\``,
      `[a](https://e.com${end}"x")`,
      `[a]:${end}javascript:alert(1)${end}${end}[a]`,
      `a${end}# b${end}===`,
      `<b${end}x>`,
    ])
      expectHarmless(given);
  });
});

describe('exportMarkdown: links', () => {
  it.each([
    '[a](command:workbench.action.terminal.new)',
    '[a]( command:x )',
    '[a](<command:x>)',
    '[a](\ncommand:x)',
    '[a](javascript:alert(1))',
    '[a](java&#115;cript:alert(1))',
    '[a](JaVaScRiPt:x)',
    '[a](\\javascript:x)',
    '[a](file:///etc/passwd)',
    '[a](vscode://file/x)',
    '[a](data:text/html,x)',
    '[a](//evil.example/x)',
    '[a](../../x)',
    '[a](#x)',
    '[a](\\\\server\\share)',
    '[a](ftp://e.com)',
    '[a]()',
    '[a][b]\n\n[b]: command:x',
    '[b]\n\n[b]:\ncommand:x',
    '[b]\n\n> [b]: command:x',
    '[b\nc]\n\n[b\nc]: command:x',
    '[b]\n\n- [b]: <file:///x>',
    '[^1]\n\n[^1]: command:x',
    '[`x`](command:x)',
    '[a `x](command:x)` b',
    '![a](command:x)',
    '![a](https://e.com/p.png)',
    '![a][b]\n\n[b]: https://e.com/p.png',
    '[![a](https://e.com/p.png)](command:x)',
    '<command:x>',
    '<javascript:alert(1)>',
    '<file:///x>',
    '<a@b.c>',
    'ftp://e.com/x',
    'see //evil.example/x',
    '//evil.example',
    'xmpp:a@b.c',
    'file:///etc/passwd',
    '**ftp://e.com**',
    '(//evil.example/x)',
    'FTP://E.COM',
    '\\[a](command:x)',
    '[a\\](command:x)',
    '[a]\\(command:x)',
    '| a |\n|---|\n| [a](command:x) |',
    '# [a](command:x)',
    '[a](https:command)',
    '[a](mailto:a@b.c)',
    '[a](https://e.com/a_(b))',
    '[a](HTTPS://e.com "t")',
  ])('%j leaves only what can be opened', (given) => {
    expectHarmless(given);
  });

  it('leaves web and mail links unchanged', () => {
    const written = around(
      'See [the docs](https://www.quantconnect.com/docs "Docs"), [one](http://e.com/a_(b)), [mail](mailto:a@b.c), https://e.com/x//y and [ref].\n\n[ref]: https://e.com/ref',
    );
    for (const [, read] of READERS)
      expect([...new Set(read(written).links)].sort()).toEqual([
        'http://e.com/a_(b)',
        'https://e.com/ref',
        'https://e.com/x//y',
        'https://www.quantconnect.com/docs',
        'mailto:a@b.c',
      ]);
    expect(written).toContain('[the docs](https://www.quantconnect.com/docs "Docs")');
  });
});

describe('exportMarkdown: whatever an agent writes', () => {
  const piece = fc.constantFrom(
    '```',
    '~~~',
    '````',
    '`',
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
    '<details>',
    '<!--',
    '![a]',
    '[a]',
    '(command:x)',
    '](',
    '[',
    ']',
    ']:',
    ': ',
    'command:x',
    '(',
    'https://e.com',
    'ftp://e.com',
    '//e.com',
    '<',
    '>',
    '"',
    '&#33;',
    '$$',
    '[a]: javascript:x',
    'word',
    'xmpp:a@b.c',
    ...LINE_ENDS,
  );
  it('becomes no HTML, no image and no other link, and hides no call', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')),
        expectHarmless,
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('Keys in exports and documents', () => {
  // Built at run time, so that no scanner reports this file as a leak.
  const key = ['sk-', 'ant-api03-', 'aB3dE5gH7jK9mN1pQ2rS'].join('');
  const leaky: ConversationRecord = {
    ...record([
      message('m1', 'user', text(`Use ${key}.`)),
      message(
        'm2',
        'assistant',
        text(`I use \`${key}\`.`),
        reasoning(key),
        tool('x', { input: { [key]: [key] }, output: { content: [{ type: 'text', text: `{"a":"\\n${key}"}` }] } }),
        text(`Done with ${key}`),
      ),
    ]),
    conversation: { messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: `A ${key}` }] }] },
  };
  it.each<[string, (of: ConversationRecord) => string]>([
    ['Markdown', exportMarkdown],
    ['JSON', exportJson],
    ['a message', ({ messages }) => messages.map((one) => messageMarkdown(one)).join('')],
    ['the prompts', (of) => documentText(of, { kind: 'prompts', title: 'x' }) ?? ''],
    ['the answer', (of) => documentText(of, { kind: 'answer', title: 'x' }) ?? ''],
  ])('%s contains no key, which is recognized by its form', (_what, write) => {
    expect(write(leaky)).toContain('***');
    expect(write(leaky)).not.toContain(key.slice(0, 20));
  });
});

it('exportJson: escapes the line ends that break JavaScript and editors', () => {
  const empty = record([]);
  const written = exportJson({
    ...empty,
    conversation: { messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'a\u2028b\u2029c' }] }] },
  });
  expect(written).not.toMatch(/[\u2028\u2029]/);
  expect(JSON.stringify(JSON.parse(written))).toContain('a\u2028b\u2029c');
});

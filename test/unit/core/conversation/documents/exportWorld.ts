/** Shared by the tests of exports: a conversation to export, and what a Markdown reader finds in it. */
import fc from 'fast-check';
import { marked, type Token } from 'marked';
import type { ConversationFacts, ConversationRecord } from '../../../../../src/core/conversation/documents/record';
import type { Message } from '../../../../../src/core/conversation/transcript/transcript';
import { message, NOON, reasoning, tool } from '../../../../support/conversations';

export const FACTS: ConversationFacts = {
  deploymentId: 'A-00000000000000000000000000000001',
  taskName: 'Momentum on QQQ',
  agentName: 'Backtest Agent',
  organizationName: 'Quant Ltd',
  model: 'claude-opus-4-7',
  status: 'Completed',
  created: NOON - 20_000,
  started: NOON,
  ended: NOON + 192_000,
  runTime: { ms: 192_000, bound: 'exact', turns: 1 },
  inputTokens: 48_120,
  outputTokens: 6_004,
  prompt: 'Build a momentum strategy',
  sandbox: false,
};
export const record = (messages: readonly Message[], facts: Partial<ConversationFacts> = {}): ConversationRecord => ({
  facts: { ...FACTS, ...facts },
  messages,
  conversation: { messages: [] },
  readAt: NOON + 200_000,
});

/** All tokens of the document, also nested ones. */
export function tokensOf(markdown: string): readonly Token[] {
  const found: Token[] = [];
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    found.push(token);
  });
  return found;
}
export const kinds = (markdown: string, ...types: readonly string[]): readonly string[] =>
  tokensOf(markdown)
    .filter(({ type }) => types.includes(type))
    .map(({ raw }) => raw.trim());
export const codeBlocks = (markdown: string): readonly string[] =>
  tokensOf(markdown)
    .filter((token) => token.type === 'code')
    .map((token) => ('text' in token ? String(token.text) : ''));

/** Pieces with a meaning in Markdown, so that random texts reach its corner cases. */
export const markdown = fc
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

/** A conversation with measured times. */
export const timed = { ...record(messages), times };

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarizeTool, type ToolSummary } from '../../../../../src/core/conversation/toolCalls/toolSummary';
import { findMessage, toolText } from '../../../../../src/core/conversation/toolCalls/toolText';
import type { ToolPart } from '../../../../../src/core/conversation/transcript/transcript';
import { answer, message, tool } from '../../../../support/conversations';

const statistics = { 'Sharpe Ratio': '1.211', Drawdown: '8.300%', 'Total Orders': '142' };

describe('summarizeTool: one line for', () => {
  it.each<[string, ToolPart, Partial<ToolSummary>]>([
    [
      'a file created',
      tool('create_file', { input: { filePath: 'main.py', content: 'a\nb\nc\n' }, output: answer({ success: true }) }),
      { title: 'Created main.py', tone: 'done', lines: { added: 3, removed: 0 } },
    ],
    [
      'a file being created',
      tool('create_file', { state: 'input-streaming', input: { filePath: 'main.py' } }),
      { title: 'Creating main.py', tone: 'running' },
    ],
    [
      'a file that could not be created',
      tool('create_file', {
        state: 'output-error',
        errorText: 'Disk full',
        input: { filePath: 'main.py', content: 'a' },
      }),
      { title: 'Could not create main.py', tone: 'failed', detail: 'Disk full' },
    ],
    [
      'an edit by old and new string',
      tool('edit_file', {
        input: { filePath: 'main.py', oldString: 'a\nb\nc', newString: 'a\nX\nY\nZ\nc' },
        output: answer({ success: true }),
      }),
      { title: 'Edited main.py', lines: { added: 3, removed: 1 } },
    ],
    [
      'an edit by whole content',
      tool('edit_file', { input: { filePath: 'main.py', content: 'a' }, output: answer({ success: true }) }),
      { title: 'Edited main.py' },
    ],
    [
      'a file deleted',
      tool('delete_file', { input: { filePath: 'old.py' }, output: answer({ success: true }) }),
      { title: 'Deleted old.py' },
    ],
    [
      'a compile',
      tool('create_compile', { output: answer({ success: true, errors: [], warnings: [] }) }),
      { title: 'Compiled', tone: 'done' },
    ],
    [
      'a compile with warnings',
      tool('create_compile', { output: answer({ success: true, warnings: ['Line 4: unused'] }) }),
      { title: 'Compiled, 1 warning', tone: 'warning', detail: 'Line 4: unused' },
    ],
    [
      'a compile that failed',
      tool('create_compile', { output: answer({ success: false, errors: ['Line 1', 'Line 2'] }) }),
      { title: 'Compile failed, 2 errors', tone: 'failed', detail: 'Line 1' },
    ],
    [
      'a backtest',
      tool('create_backtest', {
        input: { backtestName: 'Try' },
        output: answer({ success: true, backtest: { statistics } }),
      }),
      { title: 'Backtest “Try”', tone: 'done', detail: 'Sharpe 1.21 · drawdown 8.3 % · 142 orders' },
    ],
    [
      'a backtest whose statistics stand alone',
      tool('read_backtest', { output: { statistics } }),
      { detail: 'Sharpe 1.21 · drawdown 8.3 % · 142 orders' },
    ],
    [
      'a backtest with only a text',
      tool('read_backtest', { output: { content: [{ type: 'text', text: JSON.stringify({ statistics }) }] } }),
      { detail: 'Sharpe 1.21 · drawdown 8.3 % · 142 orders' },
    ],
    [
      'a backtest without figures',
      tool('create_backtest', { output: answer({ success: true }) }),
      { title: 'Backtest', tone: 'done' },
    ],
    [
      'a backtest that broke',
      tool('create_backtest', {
        output: answer({
          success: false,
          errors: ['The backtest ended with a runtime error.'],
          backtest: { error: 'KeyError' },
        }),
      }),
      { title: 'Backtest: runtime error', tone: 'failed', detail: 'KeyError' },
    ],
    [
      'a running backtest',
      tool('create_backtest', { state: 'input-available' }),
      { title: 'Running backtest', tone: 'running' },
    ],
    [
      'more output to come',
      tool('create_optimization', { output: {}, preliminary: true }),
      { title: 'Creating optimization', tone: 'running' },
    ],
    [
      'an MCP error',
      tool('fetch_url', { output: { isError: true, content: [{ type: 'text', text: 'Timed out' }] } }),
      { title: 'Could not fetch web page', tone: 'failed', detail: 'Timed out' },
    ],
    ['an unknown tool', tool('do_wonderfulThings', { output: 1 }), { title: 'Do wonderful things', tone: 'done' }],
    ['a tool with a title', tool('x', { title: 'Ask the researcher' }), { title: 'Ask the researcher' }],
    [
      'a search',
      tool('search_file_content', { input: { query: 'Sharpe' } }),
      { title: 'Searched file content', detail: '“Sharpe”' },
    ],
    [
      'a live deployment',
      tool('create_live_algorithm', { state: 'approval-requested', approval: {} }),
      { title: 'Deploy live algorithm', tone: 'waiting', live: true, detail: 'Waits for approval' },
    ],
    [
      'a file that waits for approval',
      tool('delete_file', { state: 'approval-requested', approval: {}, input: { filePath: 'main.py' } }),
      { title: 'Delete main.py', tone: 'waiting', detail: 'Waits for approval' },
    ],
    [
      'a page that waits for approval',
      tool('fetch_url', { state: 'approval-requested', approval: {}, input: { url: 'https://a.b' } }),
      { title: 'Fetch web page', detail: 'Waits for approval · https://a.b' },
    ],
    [
      'what was deployed live',
      tool('create_live_algorithm', { output: answer({ success: true }) }),
      { title: 'Deployed live algorithm', tone: 'done', live: true },
    ],
    [
      'a denied liquidation',
      tool('liquidate_live_algorithm', { state: 'output-denied', approval: { approved: false, reason: 'No' } }),
      { title: 'Could not liquidate live algorithm', tone: 'denied', live: true, detail: 'No' },
    ],
    ['a stop of live trading', tool('stop_live_algorithm'), { live: true }],
    ['a look at live trading', tool('read_live_algorithm'), { live: false }],
    ['a state nobody knows', tool('x', { state: 'dreaming' }), { tone: 'unknown' }],
    [
      'a name meant to deceive',
      tool('create_file', { input: { filePath: 'a\u202Eyp.exe\nb', content: 'x' } }),
      { title: 'Created a‹U+202E›yp.exe b' },
    ],
  ])('%s', (_name, part, expected) => {
    expect(summarizeTool(part)).toMatchObject(expected);
  });

  it('any input and output at all, without throwing', () => {
    const names = fc.constantFrom(
      'create_file',
      'edit_file',
      'create_compile',
      'create_backtest',
      'read_backtest',
      'constructor',
      '',
    );
    const states = fc.constantFrom('input-streaming', 'output-available', 'output-error', 'output-denied');
    fc.assert(
      fc.property(names, states, fc.jsonValue(), fc.jsonValue(), (name, state, input, output) => {
        const part = tool(name, { state, input, output });
        expect(summarizeTool(part).title).toBeTypeOf('string');
        expect(toolText(part, 'input')?.text).toBeTypeOf('string');
        expect(toolText(part, 'output')?.text).toBeTypeOf('string');
      }),
    );
  });
});

describe('toolText', () => {
  it.each<[string, ToolPart, 'input' | 'output', unknown]>([
    [
      'a file’s content in its language',
      tool('create_file', { input: { filePath: 'a/main.py', content: 'x = 1' } }),
      'input',
      { text: 'x = 1', language: 'python', name: 'a/main.py' },
    ],
    [
      'an edit as a difference',
      tool('edit_file', { input: { filePath: 'a.cs', oldString: 'a\nb\n', newString: 'c' } }),
      'input',
      { text: '-a\n-b\n+c', language: 'diff', name: 'a.cs.diff' },
    ],
    [
      'other input as JSON',
      tool('x', { input: { a: 1 } }),
      'input',
      { text: '{\n  "a": 1\n}', language: 'json', name: 'x input.json' },
    ],
    [
      'text as it is',
      tool('x', {
        output: {
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      }),
      'output',
      { text: 'one\ntwo', language: 'plaintext', name: 'x output.txt' },
    ],
    [
      'structured content without its rendition',
      tool('x', { output: answer({ success: true }) }),
      'output',
      { text: '{\n  "success": true\n}', language: 'json', name: 'x output.json' },
    ],
    [
      'an error',
      tool('x', { state: 'output-error', errorText: 'Broke' }),
      'output',
      { text: 'Broke', language: 'plaintext', name: 'x error.txt' },
    ],
    ['nothing', tool('x'), 'output', undefined],
  ])('%s', (_name, part, side, expected) => {
    expect(toolText(part, side)).toEqual(expected);
  });

  it('shows all of an output that contains more than text', () => {
    const output = { content: [{ type: 'text', text: 'Words' }], structuredContent: { success: true } };
    expect(JSON.parse(toolText(tool('x', { output }), 'output')?.text ?? '')).toEqual(output);
  });
});

it('findMessage: finds a message by its id, also in a sub-agent’s conversation', () => {
  const inner = message('inner', 'assistant');
  const messages = [
    message('a', 'user'),
    message(
      'b',
      'assistant',
      tool('x', { messages: [message('middle', 'assistant', tool('y', { messages: [inner] }))] }),
    ),
  ];
  expect(findMessage(messages, 'inner')).toBe(inner);
  expect(findMessage(messages, 'nowhere')).toBeUndefined();
});

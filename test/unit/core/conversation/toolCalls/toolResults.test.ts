import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf, readBacktest } from '../../../../../src/core/conversation/toolCalls/backtestResult';
import { findingIn, placeOf, readCompile } from '../../../../../src/core/conversation/toolCalls/compileResult';
import { fileChangeOf } from '../../../../../src/core/conversation/files/fileChange';
import { linesOf } from '../../../../../src/core/conversation/files/lineChanges';
import { lineDiff } from '../../../../../src/core/conversation/files/lineDiff';
import { readToolOutput } from '../../../../../src/core/conversation/toolCalls/toolOutput';
import { summarizeTool } from '../../../../../src/core/conversation/toolCalls/toolSummary';
import { answer, tool } from '../../../../support/conversations';

const compiled = (structured: Readonly<Record<string, unknown>>) =>
  readCompile(readToolOutput({ output: answer(structured) }));
const tested = (structured: Readonly<Record<string, unknown>>) =>
  readBacktest(readToolOutput({ output: answer(structured) }));

describe('what a compiler says', () => {
  it.each([
    ['main.py:14: NameError: x', { place: 'main.py:14', message: 'NameError: x' }],
    ['main.py:14:5: NameError: x', { place: 'main.py:14:5', message: 'NameError: x' }],
    [
      'alpha models/Main.cs(12,5): error CS1002: ; expected',
      { place: 'alpha models/Main.cs:12:5', message: 'error CS1002: ; expected' },
    ],
    ['Main.cs(12): error CS1002', { place: 'Main.cs:12', message: 'error CS1002' }],
    [
      'Build Error: File: main.py Line:6 Column:0 - invalid syntax',
      { place: 'main.py:6', message: 'Build Error: invalid syntax' },
    ],
    ['Build Error: File: n/a Line:0 Column:0 - no code', { place: undefined, message: 'Build Error: no code' }],
    ['Line 4: unused import', { place: 'line 4', message: 'unused import' }],
    ['invalid syntax (main.py, line 7)', { place: 'main.py:7', message: 'invalid syntax (main.py, line 7)' }],
    ['File "main.py", line 9, in initialize', { place: 'main.py:9', message: 'File "main.py", line 9, in initialize' }],
    ['unexpected indent at line 12', { place: 'line 12', message: 'unexpected indent at line 12' }],
    ['12:30:01 the build began', { place: undefined, message: '12:30:01 the build began' }],
    ['nothing tells where', { place: undefined, message: 'nothing tells where' }],
  ])('%s', (text, { place, message }) => {
    const finding = findingIn(text);
    expect(placeOf(finding)).toBe(place);
    expect(finding).toMatchObject({ text, message });
  });

  it('is listed once, errors and warnings apart', () => {
    expect(compiled({ success: false, errors: ['a', 'a', 'b'], warnings: ['w'] })).toMatchObject({
      state: 'failed',
      errors: [{ text: 'a' }, { text: 'b' }],
      warnings: [{ text: 'w' }],
    });
  });

  it('is taken from the log of a failed build where no errors are listed', () => {
    const build = {
      success: true,
      errors: [],
      warnings: ['main.py:1: unused'],
      state: 'BuildError',
      logs: ['Build Request Failed', 'main.py:3: error: x', 'main.py:1: unused'],
    };
    expect(compiled(build)).toMatchObject({
      state: 'failed',
      errors: [{ file: 'main.py', line: 3, message: 'error: x' }],
    });
    expect(summarizeTool(tool('read_compile', { output: answer(build) }))).toMatchObject({
      title: 'Compile failed, 1 error',
      tone: 'failed',
      detail: 'main.py:3: error: x',
    });
  });

  it('of a build that waits is that it waits', () => {
    expect(summarizeTool(tool('create_compile', { output: answer({ success: true, state: 'InQueue' }) })).title).toBe(
      'Compile queued',
    );
  });

  it('never makes the reader throw, and never invents a line', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (output) => {
        expect(readCompile(readToolOutput({ output })).errors).toBeInstanceOf(Array);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { line } = findingIn(text);
        expect(line === undefined || text.includes(String(line))).toBe(true);
      }),
    );
  });

  it('is read in no time however it is made', () => {
    for (const text of [
      'a'.repeat(200_000),
      `${'a.'.repeat(100_000)}:1: x`,
      `File: ${' '.repeat(100_000)}`,
      '('.repeat(100_000),
    ])
      expect(findingIn(text).text).toBe(text);
  });
});

describe('what a backtest came to', () => {
  const statistics = {
    'Total Orders': '1142',
    'Net Profit': '-4.1%',
    'Sharpe Ratio': 1.2109,
    Drawdown: '8.300%',
    'Start Equity': '100000',
    'Total Fees': '$1,204.11',
    Alpha: '0.05',
    Broken: null,
  };

  it('is told by the figures that are there, in the order of asking, and by all of them as they came', () => {
    const result = tested({ success: true, backtest: { name: 'Try', statistics } });
    expect(result.key).toEqual([
      { name: 'Net profit', value: '-4.1 %' },
      { name: 'Sharpe', value: '1.21' },
      { name: 'Drawdown', value: '8.3 %' },
      { name: 'Orders', value: '1,142' },
      { name: 'Fees', value: '$1,204.11' },
      { name: 'Start equity', value: '100,000' },
    ]);
    expect(result.all.map(({ name }) => name)).toEqual(Object.keys(statistics).filter((name) => name !== 'Broken'));
    expect(figureOf(result, 'Sharpe')).toBe('1.21');
    expect(
      summarizeTool(
        tool('create_backtest', { output: answer({ success: true, backtest: { name: 'Try', statistics } }) }),
      ),
    ).toMatchObject({ title: 'Backtest “Try”', detail: '−4.1 % · Sharpe 1.21 · drawdown 8.3 % · 1,142 orders' });
  });

  it.each<[string, Readonly<Record<string, unknown>>, object]>([
    ['an empty map as a list', { backtest: { statistics: [] } }, { key: [], all: [] }],
    [
      'figures that are none',
      { backtest: { statistics: { 'Sharpe Ratio': 'NaN', Drawdown: 'lots%' } } },
      { key: [{ value: 'NaN' }, { value: 'lots%' }] },
    ],
    ['one that goes on', { backtest: { completed: false, progress: 0.42 } }, { progress: 0.42 }],
    [
      'one that broke',
      {
        success: false,
        errors: ['The backtest ended with a runtime error.'],
        backtest: { error: 'KeyError', stacktrace: 'at x' },
      },
      { runtimeError: 'KeyError', stackTrace: 'at x' },
    ],
    [
      'one that broke without a word',
      { success: false, errors: ['The backtest ended with a runtime error.'] },
      { runtimeError: '' },
    ],
  ])('%s', (_name, structured, expected) => {
    expect(tested(structured)).toMatchObject(expected);
  });

  it('is told while it runs and when it failed', () => {
    expect(
      summarizeTool(
        tool('read_backtest', {
          output: answer({ success: true, backtest: { name: 'Try', completed: false, progress: 0.42 } }),
        }),
      ).detail,
    ).toBe('still running, 42 %');
    expect(
      summarizeTool(tool('create_backtest', { output: answer({ success: false, errors: ['No node is free.'] }) })),
    ).toMatchObject({ title: 'Backtest failed', detail: 'No node is free.' });
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (output) => {
        expect(readBacktest(readToolOutput({ output })).key).toBeInstanceOf(Array);
      }),
    );
  });
});

describe('a change as lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 30 }).map((items) => items.join('\n'));

  it('holds both sides whole and in order', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = lineDiff(before, after);
        expect(diff.filter(({ kind }) => kind !== 'added').map(({ text }) => text)).toEqual(linesOf(before));
        expect(diff.filter(({ kind }) => kind !== 'removed').map(({ text }) => text)).toEqual(linesOf(after));
      }),
    );
  });

  it('shows what stayed once, and what went before what came', () => {
    expect(lineDiff('a\nb\nc\n', 'a\nX\nY\nc').map(({ kind, text }) => `${kind.charAt(0)} ${text}`)).toEqual([
      's a',
      'r b',
      'a X',
      'a Y',
      's c',
    ]);
  });

  it('of long passages is taken as replaced, but for what they begin and end with alike', () => {
    const text = (mark: string): string =>
      ['same', ...Array.from({ length: 2_000 }, (_, index) => `${mark} ${String(index)}`), 'same'].join('\n');
    const diff = lineDiff(text('x'), text('y'));
    expect(diff.filter(({ kind }) => kind === 'same')).toHaveLength(2);
    expect(diff).toHaveLength(4_002);
  });
});

describe('what a file call changed', () => {
  it.each([
    [
      'a new file',
      tool('create_file', { input: { filePath: './a/main.py', content: 'x' } }),
      { kind: 'whole', isNew: true, path: 'a/main.py', language: 'python', text: 'x' },
    ],
    ['an empty one', tool('create_file', { input: { filePath: 'a.py', content: '' } }), { kind: 'whole', text: '' }],
    [
      'a whole content',
      tool('edit_file', { input: { filePath: 'a.py', content: 'x' } }),
      { kind: 'whole', isNew: false },
    ],
    [
      'a passage',
      tool('edit_file', { input: { filePath: 'a.py', oldString: 'a', newString: 'b' } }),
      { kind: 'passage', before: 'a', after: 'b' },
    ],
    [
      'a passage replaced by nothing',
      tool('edit_file', { input: { filePath: 'a.py', oldString: 'a' } }),
      { kind: 'passage', after: '' },
    ],
    ['a deletion', tool('delete_file', { input: { filePath: 'a.py' } }), { kind: 'none', operation: 'delete' }],
    [
      'a call that tells nothing',
      tool('create_file', { input: { filePath: 'a.py', content: 7 } }),
      { kind: 'none', operation: 'create' },
    ],
    ['a path that climbs', tool('create_file', { input: { filePath: '../a.py', content: '' } }), { problem: 'climbs' }],
  ])('%s', (_name, part, expected) => {
    expect(fileChangeOf(part)).toMatchObject(expected);
  });

  it('is nothing where no file is named, or the tool is another', () => {
    expect(fileChangeOf(tool('create_file', { input: { content: 'x' } }))).toBeUndefined();
    expect(fileChangeOf(tool('read_file', { input: { filePath: 'a.py' } }))).toBeUndefined();
  });
});

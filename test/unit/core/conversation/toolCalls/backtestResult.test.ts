import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf, readBacktest } from '../../../../../src/core/conversation/toolCalls/backtestResult';
import { readToolOutput } from '../../../../../src/core/conversation/toolCalls/toolOutput';
import { summarizeTool } from '../../../../../src/core/conversation/toolCalls/toolSummary';
import { answer, tool } from '../../../../support/conversations';

const tested = (structured: Readonly<Record<string, unknown>>) =>
  readBacktest(readToolOutput({ output: answer(structured) }));

describe('readBacktest', () => {
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

  it('returns the important figures in their order, and all figures as the server sent them', () => {
    const result = tested({ success: true, backtest: { name: 'Try', statistics } });
    expect(result.key.map(({ name, value }) => ({ name, value }))).toEqual([
      { name: 'Net profit', value: '-4.1 %' },
      { name: 'Sharpe', value: '1.21' },
      { name: 'Drawdown', value: '8.3 %' },
      { name: 'Orders', value: '1,142' },
      { name: 'Fees', value: '$1,204.11' },
      { name: 'Start equity', value: '100,000' },
    ]);
    expect(result.all.map(({ name }) => name)).toEqual(Object.keys(statistics).filter((name) => name !== 'Broken'));
    expect(figureOf(result, 'sharpe')).toBe('1.21');
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

  it('says that a backtest is running or has failed', () => {
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

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (output) => {
        expect(readBacktest(readToolOutput({ output })).key).toBeInstanceOf(Array);
      }),
    );
  });
});

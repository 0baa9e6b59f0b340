import { describe, expect, it } from 'vitest';
import { BEHAVIORS } from '../../../src/sandbox/agents/behaviors';
import { chooseScript } from '../../../src/sandbox/agents/chooseScript';
import { CHANGES } from '../../../src/sandbox/agents/followUps';
import { readPrompt } from '../../../src/sandbox/agents/promptFacts';
import { STRATEGIES } from '../../../src/sandbox/agents/strategies';
import { EngineUnderTest, partsOf, slipIn, toolsOf } from './engines';

describe('Every strategy', () => {
  const prompts = [
    '',
    'Momentum on SPY, IWM and EFA, weekly',
    'AAPL and MSFT, 20 days, quarterly',
    'btc and ETH daily',
  ];
  const drafts = STRATEGIES.flatMap((strategy) =>
    prompts.map((prompt) => [strategy.id, prompt, strategy.write(readPrompt(prompt))] as const),
  );

  it.each(drafts)('%s for “%s” has edits that fit its code once', (_id, _prompt, draft) => {
    const occurrences = (code: string, text: string): number => code.split(text).length - 1;
    expect(occurrences(draft.content, draft.flaw.newString)).toBe(1);
    const broken = draft.content.replace(draft.flaw.newString, () => draft.flaw.oldString);
    expect(broken).not.toBe(draft.content);
    expect(occurrences(broken, draft.flaw.oldString)).toBe(1);
    expect(broken.replace(draft.flaw.oldString, () => draft.flaw.newString)).toBe(draft.content);
    expect(occurrences(broken, draft.flaw.failsAt)).toBe(1);
    expect(occurrences(draft.content, draft.refinement.oldString)).toBe(1);
    expect(draft.content).toMatch(draft.file === 'Main.cs' ? /: QCAlgorithm\n/ : /\(QCAlgorithm\):\n/);
    expect(slipIn(draft)).toBeUndefined();
  });

  it.each(drafts)(
    '%s for “%s” can take every change a follow-up asks for, but for those its market rules out',
    (_id, prompt, draft) => {
      let code = draft.content;
      const taken = CHANGES.filter((change) => {
        const edit = change.edit(code, readPrompt(prompt));
        if (!edit) return false;
        expect(code.split(edit.oldString).length).toBe(2);
        code = code.replace(edit.oldString, () => edit.newString);
        expect(change.edit(code, readPrompt(prompt)), change.id).toBeUndefined();
        return true;
      });
      expect(taken.length).toBeGreaterThanOrEqual(CHANGES.length - 2);
    },
  );
});

describe('Every course of a build', () => {
  const courses = STRATEGIES.flatMap(({ id }) =>
    ['clean', 'warned', 'repaired', 'miscompiled', 'failed'].map((course) => [id, course] as const),
  );

  it.each(courses)('%s/%s plays to its end in the time that a run takes', (id, course) => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy(`[sandbox: build/${id}/${course}]`);
    const seconds = cloud.finish(deploymentId);
    expect(seconds).toBeGreaterThanOrEqual(40);
    expect(seconds).toBeLessThanOrEqual(91);
    expect(cloud.status(deploymentId)).toBe(course === 'failed' ? 'Failed' : 'Completed');
    const messages = cloud.messages(deploymentId);
    const backtests = toolsOf(messages, 'create_backtest').map(({ output }) => output?.structuredContent?.success);
    const compiles = toolsOf(messages, 'create_compile').map(({ output }) => output?.structuredContent);
    expect(backtests.at(-1)).toBe(course !== 'failed');
    expect(backtests.includes(false)).toBe(course === 'repaired' || course === 'failed');
    expect(compiles.some((result) => result?.success === false)).toBe(course === 'miscompiled');
    expect(compiles.some((result) => (result?.warnings?.length ?? 0) > 0)).toBe(course === 'warned');
    expect(slipIn(messages)).toBeUndefined();
  });
});

describe('Every behavior', () => {
  it.each(BEHAVIORS.map(({ id }) => id))('%s begins within three seconds of its start and ends', (id) => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy(`[sandbox: ${id}] on SPY`);
    cloud.finish(deploymentId);
    expect(['Completed', 'Failed']).toContain(cloud.status(deploymentId));
    if (id !== 'provider-error') expect(partsOf(cloud.messages(deploymentId)).length).toBeGreaterThan(1);
    expect(slipIn(cloud.messages(deploymentId))).toBeUndefined();
  });

  it('covers every kind of part that the contract names', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('[sandbox: every-part]');
    cloud.finish(deploymentId);
    const parts = partsOf(cloud.messages(deploymentId));
    expect([...new Set(parts.map(({ type }) => type))].sort()).toEqual([
      'custom',
      'data-backtest-progress',
      'dynamic-tool',
      'file',
      'reasoning',
      'reasoning-file',
      'something-new',
      'source-document',
      'source-url',
      'steering-message',
      'step-start',
      'text',
      'tool-read_backtest',
    ]);
    const states = new Set(parts.filter(({ type }) => type === 'dynamic-tool').map(({ state }) => state));
    for (const state of [
      'approval-requested',
      'approval-responded',
      'output-available',
      'output-error',
      'output-denied',
    ])
      expect(states).toContain(state);
  });
});

describe('A backtest', () => {
  it('has figures that agree with its equity curve', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('[sandbox: build/momentum-rotation/clean]');
    cloud.finish(deploymentId);
    const backtest = toolsOf(cloud.messages(deploymentId), 'create_backtest')[0]?.output?.structuredContent
      ?.backtest as unknown as {
      statistics: Record<string, string>;
      charts: { 'Strategy Equity': { series: { Equity: { values: [number, number][] } } } };
    };
    const { values } = backtest.charts['Strategy Equity'].series.Equity;
    const [first, last] = [values[0], values.at(-1)];
    if (!first || !last) throw new Error('no points');
    expect(values.every(([time], index) => index === 0 || time > (values[index - 1]?.[0] ?? 0))).toBe(true);
    let peak = 0;
    let deepest = 0;
    for (const [, equity] of values) {
      peak = Math.max(peak, equity);
      deepest = Math.max(deepest, 1 - equity / peak);
    }
    const years = (last[0] - first[0]) / (365.25 * 86_400);
    expect(Number.parseFloat(backtest.statistics['Drawdown'] ?? '')).toBeCloseTo(deepest * 100, 2);
    expect(Number.parseFloat(backtest.statistics['Net Profit'] ?? '')).toBeCloseTo((last[1] / first[1] - 1) * 100, 2);
    expect(Number.parseFloat(backtest.statistics['Compounding Annual Return'] ?? '')).toBeCloseTo(
      ((last[1] / first[1]) ** (1 / years) - 1) * 100,
      2,
    );
  });
});

describe('The script for a prompt', () => {
  it.each<[prompt: string, script: string]>([
    ['Momentum on QQQ with monthly rebalancing', 'build/momentum-rotation'],
    ['Pairs trade KO and PEP', 'build/pairs'],
    ['RSI(2) mean reversion on SPY', 'build/mean-reversion'],
    ['Covered call options on SPY', 'build/covered-call'],
    ['BTCUSD breakout', 'build/crypto-breakout'],
    ['Trend following on futures', 'build/futures-trend'],
    ['C#: something with stocks', 'build/equity-trend'],
    ['Opening range on QQQ, intraday', 'build/opening-range'],
    ['Risk parity with TLT', 'build/risk-parity'],
    ['Quality and value factor', 'build/quality-value'],
    ['Momentum, but show a runtime error', 'build/momentum-rotation/failed'],
    ['Pairs with a compile warning', 'build/pairs/warned'],
    ['Walk-forward study of pairs', 'long/pairs'],
    ['hello there', 'quick'],
    ['What is warm-up?', 'converse'],
    ['Anything [sandbox: build/pairs/failed] at all', 'build/pairs/failed'],
    ['[sandbox: nonsense] Pairs KO PEP', 'build/pairs'],
  ])('“%s” is %s', (prompt, script) => {
    expect(chooseScript(prompt, 'backtest', false)).toBe(script);
  });

  it('follows the agent if the prompt names none', () => {
    expect(chooseScript('Please do your work.', 'ideas', false)).toBe('ideas');
    expect(chooseScript('Please do your work.', 'live', false)).toBe('live');
    expect(chooseScript('Please do your work.', 'backtest', true)).toBe('follow-up');
  });

  it('uses the tickers, the rhythm and the lookback of the prompt', () => {
    expect(readPrompt('Rotate IWM and TLT every week, 6-month lookback. <csharp>AAPL in C#</csharp>')).toMatchObject({
      tickers: ['IWM', 'TLT'],
      cadence: 'weekly',
      lookback: 126,
      language: 'Python',
      gist: 'Rotate IWM and TLT every week, 6-month lookback',
    });
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on IWM and TLT, weekly [sandbox: build/momentum-rotation/clean]');
    cloud.finish(deploymentId);
    const code = String(toolsOf(cloud.messages(deploymentId), 'create_file')[0]?.input?.['content']);
    expect(code).toContain('["IWM", "TLT"]');
    expect(code).toContain('week_start');
  });
});

import type { ConversationState, Freshness, Header } from '../../src/core/pages/conversation/protocol';
import type { Message, Part, ToolPart } from '../../src/core/conversation/transcript/transcript';

/** Builders for what the panel sends. */

export const NOON = Date.UTC(2026, 10, 23, 13, 2, 11);
const MINUTE = 60_000;

export function header(changed: Partial<Header> = {}): Header {
  return {
    deploymentId: 'A-00000000000000000000000000000001',
    taskName: 'Momentum on QQQ',
    agentName: 'Backtest Agent',
    model: 'claude-opus-4-7',
    status: 'Completed',
    created: NOON - 20_000,
    started: NOON,
    ended: NOON + 192_000,
    runTime: { ms: 192_000, bound: 'exact', turns: 1 },
    inputTokens: 48_120,
    outputTokens: 6_004,
    canStop: false,
    stopping: false,
    sandbox: false,
    ...changed,
  };
}

export const running = (changed: Partial<Header> = {}): Header => {
  const { ended: _, ...rest } = header({
    status: 'Running',
    runTime: { ms: 0, bound: 'exact', turns: 1, since: changed.started ?? NOON },
    canStop: true,
    ...changed,
  });
  return rest;
};

export const fresh = (changed: Partial<Freshness> = {}): Freshness => ({
  confirmedAt: NOON + 193_000,
  loading: false,
  ...changed,
});

export function state(changed: Partial<ConversationState> = {}): ConversationState {
  return { header: header(), freshness: fresh(), messages: [], outbox: [], draft: '', partTimes: [], ...changed };
}

export function message(id: string, role: string, ...parts: readonly Part[]): Message {
  return { id, role, parts, time: NOON + Number(id.replace(/\D/g, '') || 0) * MINUTE };
}

export const text = (words: string, streaming = false): Part => ({ kind: 'text', text: words, streaming });
export const reasoning = (words: string, streaming = false): Part => ({ kind: 'reasoning', text: words, streaming });

export function tool(name: string, changed: Partial<ToolPart> = {}): ToolPart {
  return { kind: 'tool', name, callId: `call_${name}`, state: 'output-available', ...changed };
}

/** An MCP tool result, as QuantConnect's tools return it. */
export function answer(structuredContent: Readonly<Record<string, unknown>>): {
  readonly content: readonly unknown[];
  readonly structuredContent: unknown;
} {
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

const ALGORITHM = `from AlgorithmImports import *

class QqqMomentum(QCAlgorithm):
    """Holds QQQ while its twelve-month return is positive."""

    def initialize(self):
        self.set_start_date(2018, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)
        self.qqq = self.add_equity("QQQ", Resolution.DAILY).symbol
        self.momentum = self.momp(self.qqq, 252)
        self.schedule.on(self.date_rules.month_start(self.qqq), self.time_rules.after_market_open(self.qqq, 30), self.rebalance)

    def rebalance(self):
        if not self.momentum.is_ready:
            return
        self.set_holdings(self.qqq, 1.0 if self.momentum.current.value > 0 else 0.0)
`;

/** A typical run: the agent thinks, writes, compiles, fails, repairs, succeeds and explains. */
export function strategyRun(): readonly Message[] {
  return [
    message(
      'm0',
      'user',
      text(
        'Build a momentum strategy on **QQQ** with monthly rebalancing. Use daily data from 2018 on, and tell me how it compares with buying and holding.',
      ),
    ),
    message(
      'm1',
      'assistant',
      reasoning(
        'The user wants a simple time-series momentum strategy. I will compute the twelve-month return with `momp`, rebalance at month start, and go to cash when it is negative.\n\nA warm-up of 252 days is needed before the first signal.',
      ),
      { kind: 'step' },
      tool('create_file', {
        input: { filePath: 'main.py', content: ALGORITHM },
        output: answer({ success: true, errors: [] }),
      }),
      { kind: 'step' },
      tool('create_compile', {
        input: { projectId: 22817342 },
        output: answer({
          success: true,
          errors: [],
          warnings: ["main.py:14: 'momp' may be None before the warm-up has ended"],
        }),
      }),
      { kind: 'step' },
      tool('create_backtest', {
        input: { projectId: 22817342, backtestName: 'First try' },
        output: answer({
          success: false,
          errors: ['The backtest ended with a runtime error.'],
          backtest: { error: "AttributeError: 'NoneType' object has no attribute 'current'" },
        }),
      }),
      text(
        'The first run stopped because the indicator was read before it was ready. I add a warm-up and guard the first months.',
      ),
      tool('edit_file', {
        input: {
          filePath: 'main.py',
          oldString: '        self.set_cash(100_000)\n',
          newString:
            '        self.set_cash(100_000)\n        self.set_warm_up(252, Resolution.DAILY)\n        self.settings.seed_initial_prices = True\n',
        },
        output: answer({ success: true, errors: [] }),
      }),
      tool('create_compile', {
        input: { projectId: 22817342 },
        output: answer({ success: true, errors: [], warnings: [] }),
      }),
      tool('create_backtest', {
        input: { projectId: 22817342, backtestName: 'With warm-up' },
        output: answer({
          success: true,
          errors: [],
          backtest: {
            name: 'With warm-up',
            statistics: { 'Sharpe Ratio': '1.211', Drawdown: '8.300%', 'Total Orders': '142', 'Net Profit': '214.77%' },
          },
        }),
      }),
      {
        kind: 'source',
        title: 'Momentum Percent',
        url: 'https://www.quantconnect.com/docs/v2/writing-algorithms/indicators/supported-indicators/momentum-percent',
      },
      text(`## Result

The strategy holds QQQ when its 12-month return is positive, and cash otherwise.

| | Strategy | Buy and hold |
|---|---:|---:|
| Compounding annual return | 15.4 % | 18.1 % |
| Sharpe ratio | **1.21** | 0.87 |
| Maximum drawdown | 8.3 % | 35.1 % |

It gives up *2.7 points* of return a year for **a quarter of the drawdown**. What carries it:

1. It was in cash from February to July 2022.
2. It re-entered within six weeks of the low of March 2020.
   - The signal is slow: \`momp(252)\` turned positive in May.
3. Fees stay below 0.1 % a year.

\`\`\`python
self.momentum = self.momp(self.qqq, 252)
if self.momentum.current.value > 0:
    self.set_holdings(self.qqq, 1.0)
\`\`\`

> A single asset and a single signal: expect the drawdown to be worse out of sample.

See [the indicator](https://www.quantconnect.com/docs/v2/writing-algorithms/indicators) for its definition.`),
    ),
    message('m1442', 'user', text('Good. Run it on paper, and send me a note when it has started.')),
    message(
      'm1443',
      'assistant',
      tool('read_backtest', {
        input: { projectId: 22817342, backtestId: 'b1' },
        state: 'output-error',
        errorText: 'Backtest not found. REF #4711',
      }),
      tool('create_live_algorithm', {
        input: { projectId: 22817342, brokerage: 'PaperBrokerage' },
        state: 'approval-requested',
        approval: {},
      }),
      tool('liquidate_live_algorithm', {
        input: { projectId: 22817342 },
        state: 'output-denied',
        approval: { approved: false, reason: 'Not without a person watching.' },
      }),
      tool('search_backtest_logs', { input: { query: 'ERROR|Exception' }, state: 'input-available' }),
      text('I am looking through the logs of the last backtest before I ', true),
    ),
  ];
}

/** One part of every kind, in every state. */
export function everyPart(): readonly Message[] {
  const nested = [
    message('n1', 'user', text('Look for the newest papers on momentum.')),
    message(
      'n2',
      'assistant',
      reasoning('Searching.'),
      tool('fetch_url', { input: { url: 'https://example.com/paper' }, output: 'A **text** answer' }),
      text('Found three.'),
    ),
  ];
  const states = [
    'input-streaming',
    'input-available',
    'approval-requested',
    'approval-responded',
    'output-available',
    'output-error',
    'output-denied',
    'dreaming',
  ];
  return [
    message('p1', 'user', text('Plain words')),
    message(
      'p2',
      'assistant',
      text('Done text'),
      text('Streaming text', true),
      reasoning('Done thought'),
      reasoning('Streaming thought', true),
      { kind: 'step' },
      ...states.map((name) =>
        tool(`tool_in_${name.replace('-', '_')}`, {
          state: name,
          ...(name !== 'input-streaming' && { input: { some: 'input' } }),
          ...(name === 'output-available' && { output: { some: 'output' } }),
          ...(name === 'output-error' && { errorText: 'It broke.' }),
          ...(name.startsWith('approval') && {
            approval: name.endsWith('responded') ? { approved: true, reason: 'Fine' } : {},
          }),
          ...(name === 'output-denied' && { approval: { approved: false, reason: 'No.' } }),
        }),
      ),
      tool('create_optimization', { preliminary: true, output: { progress: 0.4 } }),
      tool('ask_researcher', { title: 'Ask the researcher', input: {}, output: 'three papers', messages: nested }),
      { kind: 'source', title: 'A page', url: 'https://example.com/page' },
      { kind: 'source', title: 'A document', mediaType: 'application/pdf', filename: 'paper.pdf' },
      {
        kind: 'file',
        mediaType: 'image/png',
        filename: 'dot.png',
        url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      },
      { kind: 'file', mediaType: 'text/csv', filename: 'prices.csv', url: 'https://example.com/prices.csv' },
      { kind: 'file', mediaType: 'application/octet-stream', filename: 'notes.bin', reasoning: true },
      { kind: 'data', name: 'weather', data: { city: 'Berlin', degrees: 4 } },
      { kind: 'steering', parts: [text('Rather use SPY')] },
      { kind: 'unknown', type: 'hologram', raw: { type: 'hologram', depth: 3 } },
      { kind: 'unknown', type: 'text', raw: { type: 'text' }, problem: 'This text part has no text.' },
    ),
    message('p3', 'system', text('A system message')),
    message('p4', 'narrator', text('A role nobody knows')),
  ];
}

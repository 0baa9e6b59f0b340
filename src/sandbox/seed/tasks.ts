import { LONG_TALK } from './longTalk';

/** A past run: when it started, the later prompts, and its script if chance must not choose one. */
export interface RunSeed {
  readonly hoursAgo: number;
  readonly script?: string;
  readonly followUps?: readonly string[];
  /** How many hours pass before each follow-up. Left out: minutes. */
  readonly pauseHours?: number;
  /** When somebody stopped it, in seconds after its start at speed 1. */
  readonly stoppedAfterS?: number;
  /** Still running: it started this many seconds ago, at the sandbox's speed. */
  readonly runningForS?: number;
}

export interface TaskSeed {
  readonly agent: string;
  readonly name: string;
  readonly prompt: string;
  readonly oneProject?: boolean;
  readonly runs: readonly RunSeed[];
  /** Runs by itself on weekdays at this hour and minute (UTC); `times` is how often it did. */
  readonly weekdays?: { readonly hour: number; readonly minute: number; readonly times: number };
}

const DAY = 24;

export const TASKS: readonly TaskSeed[] = [
  {
    agent: 'backtest',
    name: 'Momentum on QQQ and GLD',
    oneProject: true,
    prompt:
      'Build a dual momentum strategy on QQQ and GLD with monthly rebalancing. Use a 12-month lookback and step aside into Treasury bills when both are negative. I care more about drawdown than about return.',
    runs: [
      { hoursAgo: 41 * DAY, script: 'build/momentum-rotation/repaired' },
      {
        hoursAgo: 26 * DAY,
        script: 'build/momentum-rotation/clean',
        followUps: ['Add a trailing stop and show me what it costs.'],
        pauseHours: 4,
      },
      { hoursAgo: 5 * DAY, script: 'build/momentum-rotation/repaired', followUps: LONG_TALK },
    ],
  },
  {
    agent: 'backtest',
    name: 'Walk-forward: sector momentum',
    prompt:
      'Walk-forward study of momentum rotation over XLK, XLF, XLE, XLV and XLU, weekly. Three years to fit, one year to test.',
    runs: [{ hoursAgo: 0, script: 'long/momentum-rotation', runningForS: 25 }],
  },
  {
    agent: 'backtest',
    name: 'KO/PEP pairs trade',
    prompt:
      'Pairs trade between KO and PEP. Re-estimate the hedge ratio over 60 days, enter beyond two standard deviations. Market neutral, no overnight leverage above 100% gross.',
    runs: [
      {
        hoursAgo: 19 * DAY,
        script: 'build/pairs/repaired',
        followUps: [
          'Why is the win rate so much higher than the profit-loss ratio suggests?',
          'Add realistic slippage.',
        ],
      },
      { hoursAgo: 12 * DAY, script: 'build/pairs/clean' },
    ],
  },
  {
    agent: 'backtest',
    name: 'RSI(2) dips on SPY',
    prompt:
      'Short-term mean reversion on SPY: RSI(2) below 10 above the 200-day average, out on the first close above the 5-day average.\n\n<python>Use PEP8 names.</python>\n<csharp>Use the Settings property for automatic warm-up.</csharp>',
    runs: [
      { hoursAgo: 33 * DAY, script: 'build/mean-reversion/warned' },
      {
        hoursAgo: 8 * DAY,
        script: 'build/mean-reversion/repaired',
        followUps: ['Optimize the entry level.', 'Test it from 2007 on.', 'thanks'],
      },
    ],
  },
  {
    agent: 'backtest',
    name: 'Risk parity SPY TLT GLD DBC',
    prompt:
      'Risk parity over SPY, TLT, GLD and DBC with a 10% volatility target and at most 1.5x leverage. Rebalance monthly.',
    runs: [
      { hoursAgo: 22 * DAY, script: 'build/risk-parity/repaired' },
      { hoursAgo: 3 * DAY + 4, script: 'build/risk-parity/failed' },
    ],
  },
  {
    agent: 'backtest',
    name: 'Quality and value, top 30',
    prompt:
      'Fundamental universe: rank the 1,000 most liquid US stocks by earnings yield and return on equity, hold the best 30, reselect quarterly. No financials.',
    runs: [
      {
        hoursAgo: 15 * DAY,
        script: 'build/quality-value/warned',
        followUps: ['Turnover is too high. Trade less.', 'How does it do against the benchmark in 2018 to 2020?'],
      },
    ],
  },
  {
    agent: 'backtest',
    name: 'QQQ opening range',
    prompt:
      'Intraday opening range breakout on QQQ: first half hour, one trade a day, none after noon, flat at the close. Half a percent risk per trade.',
    runs: [
      { hoursAgo: 11 * DAY, script: 'build/opening-range/repaired' },
      { hoursAgo: 2 * DAY + 2, script: 'build/opening-range/clean', stoppedAfterS: 31 },
    ],
  },
  {
    agent: 'backtest',
    name: 'BTC channel breakout',
    prompt:
      'Donchian breakout on BTCUSD, 40 days in, 20 days out, sized by average true range. Long only, Coinbase cash account.',
    runs: [
      {
        hoursAgo: 6 * DAY,
        script: 'build/crypto-breakout/miscompiled',
        followUps: ['Plot the channel and log the fills.'],
      },
    ],
  },
  {
    agent: 'futures',
    name: 'Diversified futures trend (C#)',
    oneProject: true,
    prompt:
      'C#: trend following on the E-mini S&P 500, gold, crude oil and the ten-year note. EMA 32/128, equal daily risk per market, roll with the mapping.',
    runs: [
      { hoursAgo: 58 * DAY, script: 'build/futures-trend/repaired' },
      { hoursAgo: 30 * DAY, script: 'build/futures-trend/warned', followUps: ['Keep 10% cash as a buffer.'] },
      { hoursAgo: 9 * DAY, script: 'provider-error' },
    ],
  },
  {
    agent: 'futures',
    name: 'Mega-cap trend with trailing stop (C#)',
    prompt:
      'C#: moving-average trend on AAPL, MSFT, NVDA, AMZN and GOOG with trailing stops of three average true ranges.',
    runs: [
      {
        hoursAgo: 17 * DAY,
        script: 'build/equity-trend/miscompiled',
        followUps: ['Add realistic slippage.', 'Explain the 2022 drawdown.'],
      },
    ],
  },
  {
    agent: 'ideas',
    name: 'Flow-driven ideas for ETFs',
    prompt:
      'Look for ideas on US ETFs where someone trades for reasons other than price: rebalancing, auctions, index changes. Nothing that needs tick data.',
    runs: [{ hoursAgo: 27 * DAY }, { hoursAgo: 13 * DAY }, { hoursAgo: 1 * DAY + 3 }],
  },
  {
    agent: 'research',
    name: 'Does the 200-day average help?',
    prompt:
      'Hypothesis: above its 200-day average an ETF earns more per unit of risk than below it. Test on SPY, TLT and GLD since 2010.',
    runs: [
      { hoursAgo: 20 * DAY },
      {
        hoursAgo: 4 * DAY,
        followUps: ['Which part of the sample carries the result? What about the Sharpe ratio and its standard error?'],
      },
    ],
  },
  {
    agent: 'research',
    name: 'VIX term structure as a risk switch',
    prompt:
      'Is an inverted VIX curve a useful signal to cut exposure to SPY and QQQ? Daily data, out of sample from 2019.',
    runs: [{ hoursAgo: 7 * DAY }],
  },
  {
    agent: 'validation',
    name: 'Validate the momentum rotation',
    prompt:
      'Try to refute the dual momentum strategy on QQQ and GLD. Look at look-ahead, the choice of assets, costs, and dependence on 2020.',
    runs: [{ hoursAgo: 25 * DAY }, { hoursAgo: 4 * DAY + 6 }],
  },
  {
    agent: 'conductor',
    name: 'Board round',
    weekdays: { hour: 13, minute: 0, times: 5 },
    prompt: 'Do a round of the research board. At most three cards in work.',
    runs: [],
  },
  {
    agent: 'paper',
    name: 'Paper: QQQ momentum, month one',
    oneProject: true,
    prompt: 'Put the QQQ momentum rotation on paper and reconcile it with a backtest of the same days.',
    runs: [{ hoursAgo: 10 * DAY }, { hoursAgo: 3 * DAY }],
  },
  {
    agent: 'live',
    name: 'Morning check',
    weekdays: { hour: 12, minute: 30, times: 8 },
    oneProject: true,
    prompt:
      'Check all live algorithms before the open. Holdings against a reconciliation backtest, limits, unusual log lines. Mail me a line.',
    runs: [],
  },
  {
    agent: 'mia',
    name: 'Indicators and warm-up',
    prompt:
      'What is the difference between set_warm_up and automatic indicator warm-up, and which one do I need for a 200-day average?',
    runs: [
      {
        hoursAgo: 14 * DAY,
        followUps: [
          'And why are my orders rejected right after it?',
          'How significant is a Sharpe ratio of 0.9 over five years?',
        ],
      },
    ],
  },
  {
    agent: 'pipeline',
    name: 'Ideas and a baseline: ETF rotation',
    prompt:
      'Theme: flows in index ETFs. Find three ideas, then build the momentum baseline on SPY, IWM and EFA that they have to beat.',
    runs: [{ hoursAgo: 16 * DAY }, { hoursAgo: 2 * DAY + 5 }],
  },
  {
    agent: 'desk',
    name: 'Covered calls on SPY',
    prompt:
      'A covered-call overlay on SPY: 30-delta calls about a month out, rolled before expiry. Have the evidence checked first and the result attacked afterwards.',
    runs: [
      { hoursAgo: 24 * DAY, followUps: ['How much of the upside did the calls give away?'] },
      { hoursAgo: 1 * DAY + 6 },
    ],
  },
];

/** The second organization has less, so that a switch is visible at once. */
export const OTHER_TASKS: readonly TaskSeed[] = [
  {
    agent: 'backtest',
    name: 'Small account momentum',
    oneProject: true,
    prompt: 'Momentum rotation on SPY, EFA and IEF for a small account, monthly, whole shares only.',
    runs: [{ hoursAgo: 9 * DAY }, { hoursAgo: 2 * DAY, followUps: ['Keep a cash buffer, please.'] }],
  },
  {
    agent: 'mia',
    name: 'Rejected orders',
    prompt: 'My orders are rejected for insufficient buying power after set_holdings. What should I check first?',
    runs: [{ hoursAgo: 5 * DAY }],
  },
];

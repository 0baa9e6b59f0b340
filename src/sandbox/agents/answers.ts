import { percent, TABLE_HEAD, tableRow, type BacktestFigures } from './backtest';
import { mentions, type PromptFacts } from './promptFacts';
import type { ProjectNotes } from './timeline';

interface Evidence {
  readonly notes: ProjectNotes;
  readonly latest: BacktestFigures;
  readonly code: string;
  readonly path: string;
}

interface Topic {
  /** Starts of words that name the topic. */
  readonly words: readonly string[];
  answer(evidence: Evidence): string;
}

/** Questions about a strategy that was backtested; the more special ones come first. */
const TOPICS: readonly Topic[] = [
  {
    words: ['compare', 'difference', 'versus', 'first and the last', 'version before'],
    answer: ({ notes }) =>
      `Side by side, oldest first:\n\n${TABLE_HEAD}\n${notes.backtests.map(tableRow).join('\n')}\n\nEach step gives up some return for something else: a smaller tail, honest costs, fewer orders. The Sharpe ratio is the wrong judge of that exchange, as it counts calm gains and calm losses alike. Look at return over drawdown.`,
  },
  {
    words: ['summar', 'where we are', 'status'],
    answer: ({ notes, latest, path }) =>
      `Where we are:\n\n- **Code:** \`${path}\`, compiles without warnings.\n- **Latest:** ${latest.name}, ${percent(latest.annualReturn, 1)} a year, Sharpe ${latest.sharpe.toFixed(2)}, drawdown ${percent(latest.drawdown, 1)}.\n- **Tried:** ${notes.backtests.map(({ name }) => name.toLowerCase()).join('; ')}.\n- **Open:** a sweep of the main parameter, and anything that you have doubts about.`,
  },
  {
    words: ['rules', 'describe', 'explain the strategy', 'how does it work'],
    answer: ({ code, path }) =>
      `The rules, as \`${path}\` has them now:\n\n1. Look at the market on a schedule, never on every bar.\n2. Rank or measure with values that were known before the decision.\n3. Hold only what passes the filter; the rest waits in cash or bills.\n4. Size by risk, with a cap on exposure.\n5. ${/risk_management|RiskManagement/.test(code) ? 'A risk model stands over it and closes what falls too far.' : 'No stop: the filter is the exit.'}`,
  },
  {
    words: ['stop', 'exit', 'trigger'],
    answer: ({ latest, code }) =>
      /risk_management|RiskManagement/.test(code)
        ? `Of ${String(latest.orders)} orders about one in eight comes from the risk model, the rest from the strategy's own exit. They rarely meet: the stop acts within days after a shock, the rule at the next rebalance.\n\nThree of four stopped positions were lower a month later, so the stop is right more often than not. It pays for itself in 2008 and 2020 and costs a little in every other year.`
        : 'There is no stop yet. The only exit is the rule itself, at the next scheduled rebalance. Ask me for a trailing stop and I show you what it costs.',
  },
  {
    words: ['lose', 'loss', 'lost', 'drawdown', 'worst', 'bad month'],
    answer: ({ latest, notes }) =>
      `The deepest drawdown is ${percent(latest.drawdown, 1)}, and it is made of two things in about equal parts:\n\n1. **A gap that nothing could trade.** The market opened lower after the signal was taken at the close.\n2. **A late re-entry.** The filter waits for confirmation, so the first week of the recovery is missed.\n\nThe second part is the price of the filter and comes back every time. It is why the drawdown is longer than it is deep: about ${String(Math.round(latest.drawdown * 400))} weeks from peak to peak, against ${String(Math.max(2, Math.round(latest.drawdown * 80)))} weeks down. Before ${String(notes.startYear)} there is no data in this test to compare with.`,
  },
  {
    words: ['plateau', 'peak', 'overfit', 'curve fit'],
    answer: ({ latest }) =>
      `A plateau. The neighbors of the current value reach at least four fifths of its Sharpe ratio of ${latest.sharpe.toFixed(2)}, on both sides. A peak would look different: one value far above its neighbors, usually with fewer trades.\n\nWhat I did *not* do is choose the best value of the grid. The current one was there before the sweep.`,
  },
  {
    words: ['smaller than', 'how many', 'orders', 'turnover', 'trades'],
    answer: ({ latest, code }) =>
      /[Mm]inimum_?[Oo]rder/.test(code)
        ? `None any more below one percent of the portfolio: the minimum order size filters them. That leaves ${String(latest.orders)} orders.`
        : `About **${String(Math.round(latest.orders * 0.38))} of ${String(latest.orders)}** orders are corrections below one percent of the portfolio. They come from rebalancing to exact weights and earn nothing measurable; a minimum order size would remove them.`,
  },
  {
    words: ['holding period', 'longest', 'position'],
    answer: ({ notes }) =>
      `From the trade list:\n\n| Held | From | To | Return |\n|---|---|---|---:|\n| 11 months | ${String(Math.max(notes.startYear, 2019))}-04 | ${String(Math.max(notes.startYear, 2019) + 1)}-02 | 21.4% |\n| 9 months | 2023-04 | 2023-12 | 17.9% |\n| 8 months | 2024-01 | 2024-08 | 14.2% |\n\nTogether they make a third of the profit. Long winners and short losers is what the rule is for.`,
  },
  {
    words: ['day of the month', 'timing', 'rebalance day', 'rebalances'],
    answer: ({ latest }) =>
      `Moving the rebalance through the month gives Sharpe ratios between ${(latest.sharpe - 0.11).toFixed(2)} and ${(latest.sharpe + 0.06).toFixed(2)}. That spread is luck, not skill, and it is as large as most improvements we talk about.\n\nTo be rid of it, split the portfolio into four parts that rebalance a week apart. The result is the average, without the lottery.`,
  },
  {
    words: ['exposure', 'benchmark', 'spy', 'market'],
    answer: ({ latest, notes }) =>
      `Against the benchmark over the same years: beta ${notes.performance.beta.toFixed(2)}, and ${percent(latest.annualReturn, 1)} a year at ${percent(notes.performance.volatility, 1)} volatility. ${
        notes.performance.beta > 0.85
          ? 'It is always invested, so it shares every fall of the market; what differs is the selection.\n\nFrom 2018 to 2020 the selection cost about two points a year, and most of that came back in 2021 and 2022. Whoever holds it has to sit through spells like that.'
          : 'Per unit of exposure it earns more than the benchmark, because the time out of the market is mostly time in which the benchmark lost.\n\nIn 2019 and 2021 it lagged, as anything with a filter does in a year without a scare.'
      }`,
  },
  {
    words: ['skeptic', 'hindsight', 'choice of assets', 'bias'],
    answer: () =>
      'A skeptic would say that the assets were chosen by someone who knows how the last decade went. That is true, and no backtest on them can refute it.\n\nWhat can: write a rule that could have been applied at the start, for example *the five most traded ETFs of different asset classes in the first year*, and run the same code on what it picks. I expect about a third less Sharpe.',
  },
  {
    words: ['together', 'correlat', '2022', 'both'],
    answer: ({ latest }) =>
      `When everything falls at once, diversification does nothing and the filter does all the work. 2022 is the example: both legs below their trend by February, out of the market for seven of ten months, down about ${percent(latest.drawdown * 0.7, 1)} on the year.\n\nThe case it cannot handle is a fall of all assets within days. There only position size helps.`,
  },
  {
    words: ['capacity', 'how large', 'how much money'],
    answer: ({ latest }) =>
      `Roughly **$${String(Math.round(latest.orders / 4) + 20)} million** before costs double, from the usual square-root rule: one percent of daily volume per order costs about a tenth of the daily range.\n\nThe limit is the least traded asset, not the average. LEAN's own estimate in the statistics is of the same order.`,
  },
  {
    words: ['million', 'account', 'size this', 'sizing'],
    answer: ({ notes }) =>
      `Nothing in the code depends on the amount: all orders are shares of the portfolio. From $${String(notes.cash / 1000)}k to $1 million\n\n- rounding errors vanish,\n- fees per dollar fall, as most are per order,\n- market impact stays negligible in assets this liquid.\n\nI would change one thing: spread each rebalance over the first half hour instead of one market order.`,
  },
  {
    words: ['left to do', 'before paper', 'next', 'todo', 'ready'],
    answer: ({ notes }) =>
      `Before paper trading:\n\n- [x] runs without errors or warnings\n- [${notes.startYear <= 2007 ? 'x' : ' '}] tested through 2008\n- [ ] a rule for the choice of assets\n- [ ] the Research Validation Agent's report\n- [ ] a limit at which you switch it off, written down now\n\nThe last one matters most. Decide it while nothing is at stake.`,
  },
  {
    words: ['upside', 'give away', 'gave away', 'calls'],
    answer: ({ latest }) =>
      `About 2.6 percentage points a year: the underlying's rallies above the strikes, less the premium received. In return the volatility is a quarter lower and the drawdown ${percent(latest.drawdown, 1)} instead of about ${percent(latest.drawdown * 1.6, 1)}.\n\nThree months account for half of what was given away: April 2020, November 2020 and November 2023. Each followed a spike in volatility, when the calls were dearest.`,
  },
  {
    words: ['win rate', 'profit-loss', 'hit rate'],
    answer: ({ notes }) =>
      `Because wins are small and frequent by design: the exit takes the profit as soon as there is one, while a loser is given time. With a win rate of ${percent(notes.performance.winRate, 0)} the break-even profit-loss ratio is ${((1 - notes.performance.winRate) / notes.performance.winRate).toFixed(2)}, and the strategy is above it.\n\nThat shape, many small gains and few large losses, is short volatility whether it holds options or not. Size it by its worst month, not by its average.`,
  },
];

/** A scripted agent's answer to a question about its latest backtest. */
export function answerTo(facts: PromptFacts, evidence: Evidence): string {
  const topic = TOPICS.find(({ words }) => mentions(facts, ...words));
  if (topic) return topic.answer(evidence);
  const { latest } = evidence;
  return `On “${facts.gist}”:\n\nThe latest backtest, *${latest.name}*, shows ${percent(latest.annualReturn, 1)} a year at a Sharpe ratio of ${latest.sharpe.toFixed(2)} and ${percent(latest.drawdown, 1)} drawdown. It does not answer this on its own. Ask me for one of these, and it will:\n\n1. slippage, to see what is left after costs\n2. a test from 2007, for the years nobody tuned on\n3. a sweep of the main parameter`;
}

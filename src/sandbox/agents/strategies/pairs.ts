import type { PromptFacts } from '../promptFacts';
import { tickersOr, type Draft, type Strategy } from './strategy';

export const pairs: Strategy = {
  id: 'pairs',
  words: ['pair', 'cointegrat', 'spread', 'stat arb', 'statistical arbitrage', 'market neutral', 'market-neutral'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const [first = 'KO', second = 'PEP'] =
    facts.tickers.length > 1 ? facts.tickers : tickersOr({ ...facts, tickers: [] }, 'KO', 'PEP');
  const lookback = facts.lookback ?? 60;
  return {
    title: `a market-neutral pairs trade between ${first} and ${second}`,
    name: `${first}/${second} spread, ${String(lookback)} days`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class PairsTradingAlgorithm(QCAlgorithm):
    """Trades the spread between two related stocks back to its recent mean."""

    def initialize(self) -> None:
        self.set_start_date(2017, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)

        self._lookback = ${String(lookback)}
        self._entry, self._stop = 2.0, 4.0
        self._pair = [self.add_equity(ticker, Resolution.DAILY).symbol for ticker in ["${first}", "${second}"]]
        self._side = 0
        self.set_benchmark("SPY")
        self.schedule.on(
            self.date_rules.every_day(self._pair[0]),
            self.time_rules.before_market_close(self._pair[0], 15),
            self._trade_spread
        )

    def _trade_spread(self) -> None:
        history = self.history(self._pair, self._lookback, Resolution.DAILY)
        if history.empty:
            return
        # One row per day on which both stocks traded.
        prices = np.log(history["close"].unstack(level=0).dropna())
        y, x = prices[self._pair[0]].values, prices[self._pair[1]].values
        if len(y) < self._lookback // 2:
            return

        hedge_ratio, intercept = np.polyfit(x, y, 1)
        spread = y - (hedge_ratio * x + intercept)
        z_score = spread[-1] / spread.std()
        self.plot("Spread", "z-score", z_score)

        if self._side == 0 and self._entry < abs(z_score) < self._stop and hedge_ratio > 0:
            self._enter(-int(np.sign(z_score)), hedge_ratio)
        elif self._side != 0 and (self._side * z_score >= 0 or abs(z_score) > self._stop):
            self.liquidate(tag=f"z = {z_score:.2f}")
            self._side = 0

    def _enter(self, side: int, hedge_ratio: float) -> None:
        self._side = side
        gross = 1 + hedge_ratio
        self.set_holdings([
            PortfolioTarget(self._pair[0], side / gross),
            PortfolioTarget(self._pair[1], -side * hedge_ratio / gross)
        ])
`,
    flaw: {
      oldString:
        '        y = np.log(self.history(self._pair[0], self._lookback, Resolution.DAILY)["close"].values)\n' +
        '        x = np.log(self.history(self._pair[1], self._lookback, Resolution.DAILY)["close"].values)\n',
      newString:
        '        # One row per day on which both stocks traded.\n' +
        '        prices = np.log(history["close"].unstack(level=0).dropna())\n' +
        '        y, x = prices[self._pair[0]].values, prices[self._pair[1]].values\n',
      error: `Runtime Error: operands could not be broadcast together with shapes (${String(lookback)},) (${String(lookback - 1)},)`,
      failsIn: '_trade_spread',
      failsAt: 'spread = y - (hedge_ratio * x + intercept)',
      diagnosis: `Two separate history requests are not aligned: one of the stocks has a day less in the window. Unstacking one request gives a row per date, and \`dropna\` keeps the dates on which both traded.`,
    },
    refinement: {
      oldString: '        elif self._side != 0 and (self._side * z_score >= 0 or abs(z_score) > self._stop):\n',
      newString: '        elif self._side != 0 and (self._side * z_score >= -0.25 or abs(z_score) > self._stop):\n',
      idea: 'Waiting for a full return to the mean gives most of the last quarter of a standard deviation back. Closing at a quarter of a deviation frees the capital earlier.',
      name: 'earlier exit',
      annualReturn: 0.007,
      volatility: -0.004,
    },
    thinking: `A pairs trade between ${first} and ${second}. The hedge ratio has to be re-estimated, otherwise the spread drifts with the first re-rating of either company. I'll regress log prices over ${String(lookback)} days, trade beyond two standard deviations, give up beyond four (the relation is then probably broken rather than stretched) and size both legs so that gross exposure is 100%.\n\nA caution to put in the summary: cointegration of two survivors tested over the same period as the backtest is in-sample by construction.`,
    rules: [
      `Regress log ${first} on log ${second} over ${String(lookback)} days, every day before the close`,
      'Enter against the spread beyond 2 standard deviations, both legs sized by the hedge ratio',
      'Close at the mean, or give up beyond 4 standard deviations',
    ],
    caveats: [
      `${first} and ${second} were picked knowing that both survived. A pair formation step out of sample is the real test.`,
      'Borrow cost and dividends paid on the short leg are not modeled beyond the brokerage defaults.',
    ],
    performance: { annualReturn: 0.061, volatility: 0.067, orders: 244, winRate: 0.66, beta: 0.03 },
    startYear: 2017,
    cash: 100_000,
  };
}

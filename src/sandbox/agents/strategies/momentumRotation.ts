import type { PromptFacts } from '../promptFacts';
import { pythonDateRule, quoted, spoken, tickersOr, type Draft, type Strategy } from './strategy';

export const momentumRotation: Strategy = {
  id: 'momentum-rotation',
  words: ['momentum', 'rotation', 'relative strength', 'trend', 'breadth'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const risky = tickersOr(facts, 'QQQ', 'SPY', 'EFA', 'GLD').filter((ticker) => ticker !== 'BIL');
  const lookback = facts.lookback ?? 252;
  const cadence = facts.cadence ?? 'monthly';
  return {
    title: `a dual-momentum rotation over ${spoken(risky)} with ${cadence} rebalancing`,
    name: `${String(lookback)}-day momentum, ${cadence}`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class MomentumRotationAlgorithm(QCAlgorithm):
    """Holds the strongest risk asset while its own trend is positive, Treasury bills otherwise."""

    def initialize(self) -> None:
        self.set_start_date(2016, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)
        self.settings.automatic_indicator_warm_up = True
        self.set_brokerage_model(BrokerageName.INTERACTIVE_BROKERS_BROKERAGE, AccountType.MARGIN)

        self._lookback = ${String(lookback)}
        # Share of the equity that an average day may move.
        self._daily_range = 0.01
        self._defensive = self.add_equity("BIL", Resolution.DAILY)
        self._risky = [self.add_equity(ticker, Resolution.DAILY) for ticker in [${quoted(risky)}]]
        for security in self._risky:
            security.momentum = self.momp(security.symbol, self._lookback, Resolution.DAILY)
            # Average daily range over a quarter, in percent of the price.
            security.range = self.natr(security.symbol, 63, MovingAverageType.WILDERS, Resolution.DAILY)

        self.set_benchmark("${risky[0] ?? 'SPY'}")
        self.schedule.on(
            ${pythonDateRule(facts, 'self._risky[0].symbol', 'monthly')},
            self.time_rules.after_market_open(self._risky[0].symbol, 30),
            self._rebalance
        )

    def _rebalance(self) -> None:
        best = max(self._risky, key=lambda security: security.momentum.current.value)
        if best.momentum.current.value <= 0:
            self.set_holdings([PortfolioTarget(self._defensive.symbol, 1)], True)
            return

        daily_range = best.range.current.value / 100
        weight = min(1.0, self._daily_range / daily_range)
        self.set_holdings(
            [PortfolioTarget(best.symbol, weight), PortfolioTarget(self._defensive.symbol, 1 - weight)], True
        )
        self.plot("Momentum", best.symbol.value, best.momentum.current.value)
`,
    flaw: {
      oldString: '        self.set_cash(100_000)\n',
      newString: '        self.set_cash(100_000)\n        self.settings.automatic_indicator_warm_up = True\n',
      error: 'Runtime Error: float division by zero',
      failsIn: '_rebalance',
      failsAt: 'weight = min(1.0, self._daily_range / daily_range)',
      diagnosis:
        'The first scheduled rebalance fires before the 63-day range has any samples, so it is 0 and the sizing divides by it. Warming the indicators up is the real fix; a guard would only hide a rebalance that trades on no information.',
    },
    refinement: {
      oldString:
        '        best = max(self._risky, key=lambda security: security.momentum.current.value)\n        if best.momentum.current.value <= 0:\n',
      newString:
        '        best = max(self._risky, key=lambda security: security.momentum.current.value)\n' +
        '        # Half a percent of slack keeps a flat market from flipping the portfolio back and forth.\n' +
        '        hurdle = -0.5 if best.invested else 0.5\n        if best.momentum.current.value <= hurdle:\n',
      idea: 'Several round trips come from momentum crossing zero by a few basis points. A small hysteresis band around the threshold should cut turnover without changing the idea.',
      name: 'with a hysteresis band',
      annualReturn: 0.009,
      volatility: -0.002,
    },
    thinking: `The user wants momentum on ${spoken(risky)}. Two decisions matter more than the exact lookback: an absolute filter, so that the portfolio is not merely holding the least bad asset in a bear market, and sizing, because a single-asset rotation otherwise inherits the full volatility of whatever it holds.\n\nI'll rank by ${String(lookback)}-day percentage momentum, require it to be positive, and size the position so that an average day moves the equity by 1%, with the remainder in BIL. Rebalancing on a schedule rather than in on_data keeps it ${cadence}.`,
    rules: [
      `Rank ${spoken(risky)} by ${String(lookback)}-day momentum at each ${cadence} rebalance`,
      'Hold the leader only while its own momentum is positive, else Treasury bills (BIL)',
      'Size the position so that an average day moves the equity by 1%, never above 100% invested',
    ],
    caveats: [
      'The asset list was chosen with hindsight; re-run it on ETFs that existed in 2010 before trusting the ranking.',
      `A single lookback of ${String(lookback)} days is one draw from a distribution. The result should survive anything between 6 and 13 months.`,
    ],
    performance: { annualReturn: 0.118, volatility: 0.112, orders: 168, winRate: 0.64, beta: 0.46 },
    startYear: 2016,
    cash: 100_000,
  };
}

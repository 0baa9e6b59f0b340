import type { PromptFacts } from '../promptFacts';
import { tickersOr, type Draft, type Strategy } from './strategy';

export const openingRange: Strategy = {
  id: 'opening-range',
  words: ['opening range', 'opening-range', 'intraday', 'minute', 'day trad', 'scalp', 'orb'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const [ticker = 'QQQ'] = tickersOr(facts, 'QQQ');
  return {
    title: `an intraday opening-range breakout on ${ticker}`,
    name: `${ticker} opening range`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class OpeningRangeAlgorithm(QCAlgorithm):
    """Trades the break of the first half hour and is flat every night."""

    def initialize(self) -> None:
        self.set_start_date(2021, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)

        self._security = self.add_equity("${ticker}", Resolution.MINUTE)
        self._symbol = self._security.symbol
        self._range = None
        self._traded = False
        self._risk_per_trade = 0.005
        self.consolidate(self._symbol, timedelta(minutes=30), self._on_half_hour)
        self.set_benchmark("SPY")
        self.schedule.on(
            self.date_rules.every_day(self._symbol),
            self.time_rules.before_market_close(self._symbol, 10),
            self._end_day
        )

    def _on_half_hour(self, bar: TradeBar) -> None:
        if bar.time.hour == 9 and bar.time.minute == 30:
            self._range = bar

    def on_data(self, data: Slice) -> None:
        if self._range is None or self._traded or self.time.hour >= 12:
            return

        height = self._range.high - self._range.low
        price = self._security.price
        side = 1 if price > self._range.high else -1 if price < self._range.low else 0
        if side == 0 or height <= 0:
            return

        equity = self.portfolio.total_portfolio_value
        quantity = int(min(equity * self._risk_per_trade / height, equity / price))
        if quantity == 0:
            return
        self._traded = True
        self.market_order(self._symbol, side * quantity, tag="Break of the opening range")
        stop = self._range.low if side > 0 else self._range.high
        self.stop_market_order(self._symbol, -side * quantity, round(stop, 2), tag="Opposite side of the range")

    def _end_day(self) -> None:
        self.transactions.cancel_open_orders(self._symbol)
        self.liquidate(self._symbol, tag="End of day")
        self._range = None
        self._traded = False
`,
    flaw: {
      oldString: '        if self._traded or self.time.hour >= 12:\n',
      newString: '        if self._range is None or self._traded or self.time.hour >= 12:\n',
      error: "Runtime Error: 'NoneType' object has no attribute 'high'",
      failsIn: 'on_data',
      failsAt: 'height = self._range.high - self._range.low',
      diagnosis:
        'Until 10:00 there is no range yet, and on_data runs every minute from 9:31. The method has to return while the range is None.',
    },
    refinement: {
      oldString: '        if side == 0 or height <= 0:\n',
      newString:
        '        # A wide range has used up the day’s move already.\n        if side == 0 or height <= 0 or height > 0.012 * price:\n',
      idea: 'Days whose first half hour spans more than 1.2% rarely extend. Leaving them out should raise the average trade above costs.',
      name: 'without wide ranges',
      annualReturn: 0.014,
      volatility: -0.006,
    },
    thinking: `Intraday on ${ticker}, so costs decide. Half an hour for the range, one trade a day, none after noon, stop at the other side of the range, flat ten minutes before the close.\n\nThe consolidator delivers the 9:30 bar at 10:00. Its \`time\` is the start of the bar, its \`end_time\` the end; comparing with the start is the unambiguous way to recognize it.`,
    rules: [
      'Range: the bar from 9:30 to 10:00',
      'One trade a day, in the direction of the first break before noon',
      'Stop at the opposite side; flat ten minutes before the close',
    ],
    caveats: [
      'With a stop on the other side of the range a single trade risks 0.5% of the equity; gaps through the stop cost more.',
      'Sensitive to costs: one extra cent per share removes a fifth of the profit.',
    ],
    performance: { annualReturn: 0.068, volatility: 0.082, orders: 2236, winRate: 0.47, beta: 0.05 },
    startYear: 2021,
    cash: 100_000,
  };
}

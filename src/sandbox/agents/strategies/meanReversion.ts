import type { PromptFacts } from '../promptFacts';
import { tickersOr, type Draft, type Strategy } from './strategy';

export const meanReversion: Strategy = {
  id: 'mean-reversion',
  words: ['mean reversion', 'mean-reversion', 'reversal', 'oversold', 'rsi', 'dip', 'bollinger'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const [ticker = 'SPY'] = tickersOr(facts, 'SPY');
  return {
    title: `a short-term mean-reversion strategy on ${ticker}: RSI(2) dips inside a long-term uptrend`,
    name: `${ticker} RSI(2) reversion`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class ShortTermReversionAlgorithm(QCAlgorithm):
    """Buys sharp two-day dips in an uptrend and sells into the first strength."""

    def initialize(self) -> None:
        self.set_start_date(2014, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)
        self.settings.automatic_indicator_warm_up = True

        self._symbol = self.add_equity("${ticker}", Resolution.DAILY).symbol
        self._rsi = self.rsi(self._symbol, 2, MovingAverageType.WILDERS, Resolution.DAILY)
        self._trend = self.sma(self._symbol, 200, Resolution.DAILY)
        self._exit = self.sma(self._symbol, 5, Resolution.DAILY)
        self._entry_level = self.get_parameter("entry-level", 10)
        self._max_days = 10
        self._days_held = 0
        self.set_benchmark(self._symbol)

    def on_data(self, data: Slice) -> None:
        bar = data.bars.get(self._symbol)
        if bar is None:
            return

        if self.portfolio[self._symbol].invested:
            self._days_held += 1
            if bar.close > self._exit.current.value or self._days_held >= self._max_days:
                self.liquidate(self._symbol, tag=f"Exit after {self._days_held} days")
            return

        in_uptrend = bar.close > self._trend.current.value
        if in_uptrend and self._rsi.current.value < self._entry_level:
            self._days_held = 0
            self.set_holdings(self._symbol, 1, tag=f"RSI(2) = {self._rsi.current.value:.1f}")

    def on_end_of_algorithm(self) -> None:
        trades = self.trade_builder.closed_trades
        if trades:
            self.log(f"{len(trades)} trades, mean P&L {sum(t.profit_loss for t in trades) / len(trades):.2f}")
`,
    flaw: {
      oldString: '        bar = data.bars[self._symbol]\n',
      newString: '        bar = data.bars.get(self._symbol)\n        if bar is None:\n            return\n',
      error: `Runtime Error: '${ticker} R735QTJ8XC9X' wasn't found in the TradeBars object, likely because there was no-data at this moment in time and it wasn't possible to fillforward historical data. Please check the data exists before accessing it with data.ContainsKey("${ticker}")`,
      failsIn: 'on_data',
      failsAt: 'bar = data.bars[self._symbol]',
      diagnosis:
        'The slice that carries a dividend or a split has no trade bar, and indexing `data.bars` raises then. `get` returns None instead, and there is nothing to decide on such a slice anyway.',
    },
    refinement: {
      oldString: '            self.set_holdings(self._symbol, 1, tag=f"RSI(2) = {self._rsi.current.value:.1f}")\n',
      newString:
        '            # Deeper dips revert more reliably: the lower the RSI, the larger the position.\n' +
        '            weight = 1.0 if self._rsi.current.value < self._entry_level / 2 else 0.6\n' +
        '            self.set_holdings(self._symbol, weight, tag=f"RSI(2) = {self._rsi.current.value:.1f}")\n',
      idea: 'The trade list shows that entries with RSI(2) between 5 and 10 earn about half as much as deeper ones with the same tail. Sizing by depth should lift the ratio.',
      name: 'sized by depth',
      annualReturn: -0.003,
      volatility: -0.012,
    },
    thinking: `RSI(2) dip buying is well known, so the honest question is whether anything is left after costs, not whether the curve goes up. Three parts: a trend filter (200-day average) to stay out of bear markets, entry on RSI(2) below 10, exit on the first close above the 5-day average with a time stop of ten days.\n\nI'll read the entry level with get_parameter so that it can be optimized later, and tag orders with the RSI so that the trade list can be studied by depth.`,
    rules: [
      `Only while ${ticker} closes above its 200-day average`,
      'Buy when RSI(2) closes below 10; orders carry the RSI as their tag',
      'Sell on the first close above the 5-day average, or after 10 days',
    ],
    caveats: [
      'The strategy is in the market less than a quarter of the time: compare it with the benchmark per unit of exposure, not per year.',
      'No stop-loss. Stops hurt this kind of strategy on average, but March 2020 shows what the tail looks like without one.',
    ],
    performance: { annualReturn: 0.082, volatility: 0.089, orders: 318, winRate: 0.73, beta: 0.24 },
    startYear: 2014,
    cash: 100_000,
  };
}

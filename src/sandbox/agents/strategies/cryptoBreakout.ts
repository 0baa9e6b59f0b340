import type { PromptFacts } from '../promptFacts';
import type { Draft, Strategy } from './strategy';

export const cryptoBreakout: Strategy = {
  id: 'crypto-breakout',
  words: ['crypto', 'bitcoin', 'btc', 'eth', 'breakout', 'donchian', 'turtle', 'channel'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const named = facts.tickers.find((ticker) => /^(BTC|ETH|SOL)(USD)?$/.test(ticker));
  const ticker = named ? `${named.slice(0, 3)}USD` : 'BTCUSD';
  const entry = facts.lookback ?? 40;
  return {
    title: `a channel breakout on ${ticker} with volatility sizing`,
    name: `${ticker} ${String(entry)}-day breakout`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class CryptoBreakoutAlgorithm(QCAlgorithm):
    """Long-only Donchian breakout: in on a new high, out on a shorter channel's low."""

    def initialize(self) -> None:
        self.set_start_date(2018, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)
        self.set_brokerage_model(BrokerageName.COINBASE, AccountType.CASH)
        self.settings.automatic_indicator_warm_up = True

        self._crypto = self.add_crypto("${ticker}", Resolution.DAILY, Market.COINBASE)
        self._symbol = self._crypto.symbol
        self._entry_channel = self.dch(self._symbol, ${String(entry)}, ${String(entry)}, Resolution.DAILY)
        self._exit_channel = self.dch(self._symbol, ${String(Math.max(5, Math.round(entry / 2)))}, ${String(Math.max(5, Math.round(entry / 2)))}, Resolution.DAILY)
        self._range = self.atr(self._symbol, 20, MovingAverageType.WILDERS, Resolution.DAILY)
        self._risk_per_trade = 0.01
        self.set_benchmark(self._symbol)

    def on_data(self, data: Slice) -> None:
        bar = data.bars.get(self._symbol)
        if bar is None or not self._entry_channel.is_ready:
            return

        # The channel as of yesterday: today's bar is already inside the current value.
        upper = self._entry_channel.upper_band.previous.value
        lower = self._exit_channel.lower_band.previous.value

        if not self._crypto.invested and bar.close > upper:
            self._buy(bar.close)
        elif self._crypto.invested and bar.close < lower:
            self.liquidate(self._symbol, tag=f"Close below {lower:.0f}")

    def _buy(self, price: float) -> None:
        """Sizes the position so that a move of two average ranges costs one percent of the equity."""
        equity = self.portfolio.total_portfolio_value
        quantity = equity * self._risk_per_trade / (2 * self._range.current.value)
        affordable = 0.95 * self.portfolio.cash / price
        lot_size = self._crypto.symbol_properties.lot_size
        quantity = math.floor(min(quantity, affordable) / lot_size) * lot_size
        if quantity > 0:
            self.market_order(self._symbol, quantity, tag=f"Breakout above {price:.0f}")
`,
    flaw: {
      oldString: '        upper = self._entry_channel.previous.upper_band.value\n',
      newString: '        upper = self._entry_channel.upper_band.previous.value\n',
      error: "Runtime Error: 'IndicatorDataPoint' object has no attribute 'upper_band'",
      failsIn: 'on_data',
      failsAt: 'upper = self._entry_channel.previous.upper_band.value',
      diagnosis:
        '`previous` of a composite indicator is a plain data point and knows nothing of the bands. Each band is an indicator of its own, with its own `previous`.',
    },
    refinement: {
      oldString: '        if not self._crypto.invested and bar.close > upper:\n',
      newString:
        '        # A breakout in a calm market is worth more than one in a panic.\n' +
        '        calm = self._range.current.value < 0.06 * bar.close\n' +
        '        if not self._crypto.invested and calm and bar.close > upper:\n',
      idea: 'A third of the losing trades start while the daily range is above 6% of the price. Skipping those should cost few winners.',
      name: 'calm entries only',
      annualReturn: 0.012,
      volatility: -0.021,
    },
    thinking: `Breakouts suit crypto: fat right tails, no valuation anchor. The classic mistake is comparing the close with a channel that already contains today's high, which never triggers, so the previous value of the band is what counts.\n\nSizing by average true range keeps the risk per trade constant while volatility ranges from 30% to 120% a year. A cash account cannot short, so it is long-only and needs lot-size rounding.`,
    rules: [
      `Buy when ${ticker} closes above its ${String(entry)}-day high`,
      'Sell when it closes below the low of half that window',
      'Risk 1% of the equity per two average true ranges, rounded to the lot size',
    ],
    caveats: [
      'Most of the profit comes from two episodes, 2020 and 2023. Remove either and the ratio halves.',
      'Coinbase fees at the lowest tier are included; slippage in fast markets is not.',
    ],
    performance: { annualReturn: 0.194, volatility: 0.221, orders: 96, winRate: 0.44, beta: 0.31 },
    startYear: 2018,
    cash: 100_000,
  };
}

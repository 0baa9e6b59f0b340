import type { PromptFacts } from '../promptFacts';
import { pythonDateRule, quoted, spoken, tickersOr, type Draft, type Strategy } from './strategy';

export const riskParity: Strategy = {
  id: 'risk-parity',
  words: [
    'risk parity',
    'risk-parity',
    'inverse vol',
    'volatility target',
    'all weather',
    'all-weather',
    'allocation',
    'diversif',
  ],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const tickers =
    facts.tickers.length > 2 ? facts.tickers : tickersOr({ ...facts, tickers: [] }, 'SPY', 'TLT', 'GLD', 'DBC');
  const cadence = facts.cadence ?? 'monthly';
  return {
    title: `a risk-parity portfolio of ${spoken(tickers)} with a volatility target`,
    name: `Risk parity, ${cadence}`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class RiskParityAlgorithm(QCAlgorithm):
    """Gives every asset the same share of the portfolio's risk and scales the whole to a volatility target."""

    def initialize(self) -> None:
        self.set_start_date(2012, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(100_000)
        self.set_brokerage_model(BrokerageName.INTERACTIVE_BROKERS_BROKERAGE, AccountType.MARGIN)

        self._lookback = 126
        self._target_volatility = 0.10
        self._max_leverage = 1.5
        self._symbols = [self.add_equity(ticker, Resolution.DAILY).symbol for ticker in [${quoted(tickers)}]]
        self.set_benchmark("SPY")
        self.schedule.on(
            ${pythonDateRule(facts, 'self._symbols[0]', 'monthly')},
            self.time_rules.after_market_open(self._symbols[0], 45),
            self._rebalance
        )

    def _rebalance(self) -> None:
        history = self.history(self._symbols, self._lookback + 1, Resolution.DAILY)
        if history.empty:
            return
        returns = history["close"].unstack(level=0).pct_change().dropna()
        if len(returns) < self._lookback // 2:
            return

        weights = 1 / returns.std()
        weights /= weights.sum()
        covariance = returns.cov() * 252
        volatility = float(np.sqrt(weights @ covariance @ weights))
        leverage = min(self._max_leverage, self._target_volatility / volatility)
        self.set_holdings([PortfolioTarget(symbol, leverage * weight) for symbol, weight in weights.items()])
        self.plot("Portfolio", "Expected volatility", volatility * leverage)
`,
    flaw: {
      oldString: '        history = self.history(self._symbols, self._lookback + 1, Resolution.DAILY)\n        returns',
      newString:
        '        history = self.history(self._symbols, self._lookback + 1, Resolution.DAILY)\n        if history.empty:\n            return\n        returns',
      error: "Runtime Error: 'close'",
      failsIn: '_rebalance',
      failsAt: 'returns = history["close"].unstack(level=0).pct_change().dropna()',
      diagnosis:
        'The history request came back empty at the first rebalance, and an empty DataFrame has no `close` column. Skipping the rebalance until there is data is right here: the portfolio simply starts a month later.',
    },
    refinement: {
      oldString: '        covariance = returns.cov() * 252\n',
      newString:
        '        # Recent days count more: an exponentially weighted estimate reacts to a change of regime within weeks.\n' +
        '        covariance = returns.ewm(halflife=42).cov().loc[returns.index[-1]] * 252\n',
      idea: 'The equal-weighted covariance is slow: exposure peaks just before volatility does. An exponential estimate with a half-life of two months should react in time.',
      name: 'exponential covariance',
      annualReturn: 0.002,
      volatility: -0.009,
    },
    thinking: `Inverse-volatility weights are the simplest honest version of risk parity and close to the full solution when correlations are similar. I'll compute them over six months, then scale the portfolio to a 10% target using the full covariance matrix, capped at 1.5x so that a quiet spell in bonds cannot lever the book without limit.\n\n2022 is the year that matters: stocks and bonds fell together, and a volatility target is the only thing in this design that reacts to it.`,
    rules: [
      `Weight ${spoken(tickers)} by inverse 6-month volatility`,
      'Scale the book to 10% expected volatility from the covariance matrix, at most 1.5x',
      `Rebalance ${cadence}, 45 minutes after the open`,
    ],
    caveats: [
      'Financing of leverage above 1x is charged by the margin model only roughly.',
      'In 2022 bonds stopped hedging stocks: the drawdown of that year is the scenario to size for.',
    ],
    performance: { annualReturn: 0.079, volatility: 0.097, orders: 652, winRate: 0.58, beta: 0.38 },
    startYear: 2012,
    cash: 100_000,
  };
}

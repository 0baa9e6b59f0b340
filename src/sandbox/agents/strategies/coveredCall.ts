import type { PromptFacts } from '../promptFacts';
import { tickersOr, type Draft, type Strategy } from './strategy';

export const coveredCall: Strategy = {
  id: 'covered-call',
  words: ['option', 'covered call', 'wheel', 'premium', 'theta', 'delta', 'iron condor', 'put write', 'call'],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const [ticker = 'SPY'] = tickersOr(facts, 'SPY');
  return {
    title: `a covered-call overlay on ${ticker} that sells 30-delta calls about a month out`,
    name: `${ticker} covered calls, 30 delta`,
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class CoveredCallAlgorithm(QCAlgorithm):
    """Owns the underlying and sells a call against each hundred shares."""

    def initialize(self) -> None:
        self.set_start_date(2019, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(250_000)
        self.set_brokerage_model(BrokerageName.INTERACTIVE_BROKERS_BROKERAGE, AccountType.MARGIN)
        # A contract that was just added has a price before its first bar arrives.
        self.set_security_initializer(
            BrokerageModelSecurityInitializer(self.brokerage_model, FuncSecuritySeeder(self.get_last_known_prices))
        )

        self._equity = self.add_equity("${ticker}", data_normalization_mode=DataNormalizationMode.RAW)
        self._target_delta = 0.30
        self._call = None
        self.set_benchmark("${ticker}")
        self.schedule.on(
            self.date_rules.every_day(self._equity.symbol),
            self.time_rules.after_market_open(self._equity.symbol, 60),
            self._manage
        )

    def _manage(self) -> None:
        lots = int(self.portfolio.total_portfolio_value * 0.95 / (100 * self._equity.price))
        missing = 100 * lots - self._equity.holdings.quantity
        if missing >= 100:
            self.market_order(self._equity.symbol, missing)

        if self._call is not None and self.portfolio[self._call].invested:
            days_left = (self._call.id.date - self.time).days
            if days_left > 5:
                return
            self.liquidate(self._call, tag="Roll")
        self._sell_call()

    def _sell_call(self) -> None:
        chain = self.option_chain(self._equity.symbol)
        calls = [
            contract for contract in chain
            if contract.right == OptionRight.CALL and 25 <= (contract.expiry - self.time).days <= 45
        ]
        if not calls:
            return
        contract = min(calls, key=lambda c: abs(c.greeks.delta - self._target_delta))
        self._call = self.add_option_contract(contract.symbol, Resolution.MINUTE).symbol
        self.market_order(self._call, -int(self._equity.holdings.quantity / 100), tag=f"delta {contract.greeks.delta:.2f}")

    def on_assignment_order_event(self, assignment_event: OrderEvent) -> None:
        self.log(f"Assigned: {assignment_event}")
        self._call = None
`,
    flaw: {
      oldString: '        contract = min(calls, key=lambda c: abs(c.greeks.delta - self._target_delta))\n',
      newString:
        '        if not calls:\n            return\n        contract = min(calls, key=lambda c: abs(c.greeks.delta - self._target_delta))\n',
      error: 'Runtime Error: min() iterable argument is empty',
      failsIn: '_sell_call',
      failsAt: 'contract = min(calls, key=lambda c: abs(c.greeks.delta - self._target_delta))',
      diagnosis:
        'On some days no expiry falls into the window of 25 to 45 days, so the list of candidates is empty. The overlay should wait a day rather than widen the window.',
    },
    refinement: {
      oldString: '            if days_left > 5:\n                return\n',
      newString:
        '            # Buying back at a fifth of the premium frees the upside while there is little left to earn.\n' +
        '            holding = self.portfolio[self._call]\n' +
        '            if days_left > 5 and holding.unrealized_profit_percent < 0.8:\n                return\n',
      idea: 'Most of a short call’s premium is gone two weeks before expiry, and the last fifth costs the whole upside. Rolling at 80% of the maximum profit should help in rallies.',
      name: 'rolled at 80% profit',
      annualReturn: 0.008,
      volatility: 0.001,
    },
    thinking: `Covered calls on ${ticker}. Raw prices are needed, because strikes do not adjust for dividends. The chain is read once a day instead of subscribing to all contracts, which is what makes minute-resolution option backtests slow.\n\nRolling: close five days before expiry, so that gamma and early assignment around ex-dividend dates do not dominate, and sell the next call by delta rather than by distance so that the position adapts to volatility.`,
    rules: [
      `Hold as many round lots of ${ticker} as 95% of the equity buys`,
      'Sell one call per lot: 25 to 45 days to expiry, delta nearest 0.30',
      'Roll five days before expiry; on assignment start over',
    ],
    caveats: [
      'Selling upside lowers the return in strong years by design. Judge it by risk-adjusted return and drawdown.',
      'Fills are at the mid plus the model’s spread; wide chains at the open would be worse in practice.',
    ],
    performance: { annualReturn: 0.094, volatility: 0.119, orders: 402, winRate: 0.71, beta: 0.67 },
    startYear: 2019,
    cash: 250_000,
  };
}

import type { PromptFacts } from '../promptFacts';
import type { Draft, Strategy } from './strategy';

export const qualityValue: Strategy = {
  id: 'quality-value',
  words: [
    'value',
    'quality',
    'fundamental',
    'factor',
    'universe',
    'stocks with',
    'small cap',
    'roe',
    'earnings yield',
    'large cap',
  ],
  language: 'Python',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const quarterly = facts.cadence === 'quarterly';
  return {
    title: 'a long-only quality and value portfolio from a fundamental universe',
    name: 'Quality and value, top 30',
    file: 'main.py',
    content: `# region imports
from AlgorithmImports import *
# endregion


class QualityValueAlgorithm(QCAlgorithm):
    """Owns the thirty liquid companies that rank best on earnings yield and return on equity together."""

    def initialize(self) -> None:
        self.set_start_date(2015, 1, 1)
        self.set_end_date(2025, 12, 31)
        self.set_cash(1_000_000)
        self.set_benchmark("SPY")
        self.settings.rebalance_portfolio_on_insight_changes = False

        spy = Symbol.create("SPY", SecurityType.EQUITY, Market.USA)
        self._positions = 30
        self.universe_settings.resolution = Resolution.DAILY
        self.universe_settings.schedule.on(self.date_rules.month_start(spy))
        self._universe = self.add_universe(self._select)
        self.schedule.on(
            self.date_rules.month_start(spy, 1),
            self.time_rules.after_market_open(spy, 30),
            self._rebalance
        )

    def _select(self, fundamentals: list[Fundamental]) -> list[Symbol]:
${quarterly ? '        if self.time.month % 3 != 1:\n            return Universe.UNCHANGED\n' : ''}        liquid = sorted(
            (f for f in fundamentals if f.has_fundamental_data and f.price > 5),
            key=lambda f: f.dollar_volume, reverse=True
        )[:1000]
        candidates = [
            f for f in liquid
            if f.valuation_ratios.pe_ratio > 0
            and f.operation_ratios.roe.one_year > 0
            and f.asset_classification.morningstar_sector_code != MorningstarSectorCode.FINANCIAL_SERVICES
        ]
        by_value = sorted(candidates, key=lambda f: 1 / f.valuation_ratios.pe_ratio, reverse=True)
        by_quality = sorted(candidates, key=lambda f: f.operation_ratios.roe.one_year, reverse=True)
        rank = {f.symbol: i for i, f in enumerate(by_value)}
        for i, f in enumerate(by_quality):
            rank[f.symbol] += i
        return sorted(rank, key=rank.get)[:self._positions]

    def _rebalance(self) -> None:
        symbols = [symbol for symbol in self._universe.selected if self.securities[symbol].price > 0]
        if not symbols:
            return
        self.set_holdings([PortfolioTarget(symbol, 0.98 / len(symbols)) for symbol in symbols], True)
`,
    flaw: {
      oldString: '            if f.operation_ratios.roe.one_year > 0\n',
      newString:
        '            if f.valuation_ratios.pe_ratio > 0\n            and f.operation_ratios.roe.one_year > 0\n',
      error: 'Runtime Error: float division by zero',
      failsIn: '<lambda>',
      failsAt: 'by_value = sorted(candidates, key=lambda f: 1 / f.valuation_ratios.pe_ratio, reverse=True)',
      diagnosis:
        'Companies without earnings report a P/E ratio of 0, and the earnings yield divides by it. They have no place in a value ranking, so they are filtered out rather than guarded.',
    },
    refinement: {
      oldString: '        return sorted(rank, key=rank.get)[:self._positions]\n',
      newString:
        '        # A holding stays until it falls out of the best sixty: most of the turnover is noise at the border.\n' +
        '        ranked = sorted(rank, key=rank.get)\n' +
        '        kept = [symbol for symbol in ranked[:2 * self._positions] if self.portfolio[symbol].invested]\n' +
        '        fresh = [symbol for symbol in ranked if symbol not in kept]\n' +
        '        return (kept + fresh)[:self._positions]\n',
      idea: 'Monthly turnover is above 30%, most of it between rank 25 and 35 where the ranking is noise. A buffer zone should halve it.',
      name: 'with a rank buffer',
      annualReturn: 0.006,
      volatility: -0.003,
    },
    thinking: `A fundamental universe. Points to get right: scheduled selection (daily selection on thousands of stocks is slow and pointless for quarterly data), no look-ahead (LEAN's fundamentals are point in time), and excluding financials, for which return on equity measures leverage rather than quality.\n\nI'll rank 1,000 liquid names by earnings yield and by return on equity, add both ranks, and hold the best thirty in equal weights.`,
    rules: [
      'The 1,000 most liquid US stocks above $5, without financials',
      'Sum of two ranks: earnings yield and one-year return on equity',
      `Best 30 in equal weights, ${quarterly ? 'reselected quarterly' : 'rebalanced monthly'}`,
    ],
    caveats: [
      'Value had a long drought from 2017 to 2020: the tracking error against SPY is the price of admission.',
      'Equal weights lean on mid caps; capacity is limited by the smallest names.',
    ],
    performance: { annualReturn: 0.121, volatility: 0.168, orders: 2184, winRate: 0.57, beta: 0.98 },
    startYear: 2015,
    cash: 1_000_000,
  };
}

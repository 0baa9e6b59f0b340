import type { Performance } from './backtest';
import { mentions, type PromptFacts } from './promptFacts';
import type { Edit } from './strategies/strategy';

/** A change of a strategy that a later prompt can ask for. */
export interface Change {
  readonly id: string;
  /** Starts of words that ask for it. */
  readonly words: readonly string[];
  /** For the names of backtests, such as `with a trailing stop`. */
  readonly name: string;
  /** What the agent says before the change. */
  readonly plan: string;
  /** What the agent says after it. */
  readonly verdict: string;
  /** The edit. Undefined if the code has no place for it. */
  edit(code: string, facts: PromptFacts): Edit | undefined;
  effect(performance: Performance): Performance;
}

/** Adds lines after the one that sets the cash, which every strategy in both languages has. */
function afterCash(code: string, python: readonly string[], csharp: readonly string[]): Edit | undefined {
  const line = /^( *)(?:self\.set_cash|SetCash)\(.*\n/m.exec(code);
  if (!line) return undefined;
  const lines = code.includes('QCAlgorithm):') ? python : csharp;
  if (lines.some((added) => code.includes(added))) return undefined;
  return { oldString: line[0], newString: line[0] + lines.map((added) => `${line[1] ?? ''}${added}\n`).join('') };
}

export const CHANGES: readonly Change[] = [
  {
    id: 'trailing-stop',
    words: ['stop', 'drawdown', 'protect', 'downside'],
    name: 'with a trailing stop',
    plan: 'I’ll add the framework’s trailing stop as a risk management model: it watches every position and liquidates one that falls 8% from its best price, whatever the strategy thinks.',
    verdict:
      'The stop trims the worst losses and costs a little return: most stopped positions are bought again within weeks at a similar price. Whether that is a good trade depends on how much drawdown you can sit through.',
    edit: (code) =>
      afterCash(
        code,
        ['self.add_risk_management(TrailingStopRiskManagementModel(0.08))'],
        ['AddRiskManagement(new TrailingStopRiskManagementModel(0.08m));'],
      ),
    effect: (was) => ({
      ...was,
      annualReturn: was.annualReturn * 0.94,
      volatility: was.volatility * 0.86,
      orders: Math.round(was.orders * 1.18),
    }),
  },
  {
    id: 'costs',
    words: ['fee', 'commission', 'slippage', 'cost', 'realistic', 'fills'],
    name: 'with slippage',
    plan: 'Fees are in the brokerage model already. What is missing is slippage, so I’ll give every security a volume-share model that moves the price with the size of the order.',
    verdict:
      'Costs take their share, and the strategy survives them. The drag is proportional to turnover, which makes slower rebalancing the first thing to try.',
    edit: (code) =>
      afterCash(
        code,
        [
          'self.add_security_initializer(lambda security: security.set_slippage_model(VolumeShareSlippageModel(0.025, 0.1)))',
        ],
        ['AddSecurityInitializer(security => security.SetSlippageModel(new VolumeShareSlippageModel(0.025m, 0.1m)));'],
      ),
    effect: (was) => ({ ...was, annualReturn: was.annualReturn - 0.008 }),
  },
  {
    id: 'out-of-sample',
    words: [
      'out of sample',
      'out-of-sample',
      'earlier',
      'longer',
      '2008',
      '2010',
      'crisis',
      'start date',
      'since',
      'history',
    ],
    name: 'from 2007',
    plan: 'I’ll move the start back to 2007 so that the financial crisis is inside the test. Nothing else changes, which makes the early years out of sample: no parameter was chosen on them.',
    verdict:
      'The years that nobody tuned on look worse than the rest, as they should, and not by so much that the idea is dead. The drawdown of 2008 is the number to size for.',
    edit: (code) => {
      const line = /(?:self\.set_start_date|SetStartDate)\((\d{4}), 1, 1\)/.exec(code);
      return line && line[1] !== '2007' && !code.includes('add_crypto')
        ? { oldString: line[0], newString: line[0].replace(line[1] ?? '', '2007') }
        : undefined;
    },
    effect: (was) => ({
      ...was,
      annualReturn: was.annualReturn * 0.82,
      volatility: was.volatility * 1.12,
      orders: Math.round(was.orders * 1.7),
    }),
  },
  {
    id: 'cash-buffer',
    words: ['leverage', 'margin', 'cash', 'buffer', 'buying power', 'size'],
    name: 'with a cash buffer',
    plan: 'I’ll keep 10% of the portfolio free, so that rounding and overnight gaps cannot cause rejected orders.',
    verdict:
      'No rejected orders any more, and the return falls by about the share that is idle. Risk-adjusted nothing changes, as expected.',
    edit: (code) =>
      afterCash(
        code,
        ['self.settings.free_portfolio_value_percentage = 0.1'],
        ['Settings.FreePortfolioValuePercentage = 0.1m;'],
      ),
    effect: (was) => ({ ...was, annualReturn: was.annualReturn * 0.93, volatility: was.volatility * 0.92 }),
  },
  {
    id: 'turnover',
    words: ['turnover', 'trade less', 'fewer', 'churn', 'small orders', 'noise'],
    name: 'with a minimum order',
    plan: 'Half of the orders are corrections of less than one percent of the portfolio. A minimum order size makes LEAN skip them.',
    verdict:
      'About a third of the orders are gone and the result is the same within noise, which says that they earned nothing.',
    edit: (code) =>
      afterCash(
        code,
        ['self.settings.minimum_order_margin_portfolio_percentage = 0.01'],
        ['Settings.MinimumOrderMarginPortfolioPercentage = 0.01m;'],
      ),
    effect: (was) => ({ ...was, annualReturn: was.annualReturn + 0.003, orders: Math.round(was.orders * 0.66) }),
  },
  {
    id: 'per-position-limit',
    words: ['risk', 'per position', 'loss limit', 'cut loss'],
    name: 'with a loss limit',
    plan: 'I’ll cap the loss of each position at 5% with the framework’s risk model, which liquidates what falls further.',
    verdict:
      'The tail of the trade distribution is cut where it should be. Single positions no longer dominate a bad month.',
    edit: (code) =>
      afterCash(
        code,
        ['self.add_risk_management(MaximumDrawdownPercentPerSecurity(0.05))'],
        ['AddRiskManagement(new MaximumDrawdownPercentPerSecurity(0.05m));'],
      ),
    effect: (was) => ({
      ...was,
      annualReturn: was.annualReturn * 0.96,
      volatility: was.volatility * 0.9,
      orders: Math.round(was.orders * 1.11),
    }),
  },
  {
    id: 'log',
    words: ['log', 'plot', 'chart', 'debug', 'print', 'attribution'],
    name: 'with a trade log',
    plan: 'I’ll log every fill with its tag, so that the trade list explains itself in the backtest’s log.',
    verdict: 'The numbers are unchanged, as they must be. Search the log for “filled” to read the trades in order.',
    edit: (code) => {
      if (code.includes('on_order_event') || code.includes('OnOrderEvent')) return undefined;
      if (code.includes('QCAlgorithm):')) {
        const last = code.trimEnd().split('\n').at(-1) ?? '';
        if (code.split(last).length !== 2) return undefined;
        return {
          oldString: `${last}\n`,
          newString: `${last}\n\n    def on_order_event(self, order_event: OrderEvent) -> None:\n        if order_event.status == OrderStatus.FILLED:\n            self.log(f"{order_event.symbol.value} filled {order_event.fill_quantity:g} at {order_event.fill_price:.2f}: {order_event.ticket.tag}")\n`,
        };
      }
      const initialize = '        public override void Initialize()\n';
      return {
        oldString: initialize,
        newString: `        public override void OnOrderEvent(Orders.OrderEvent orderEvent)\n        {\n            if (orderEvent.Status == Orders.OrderStatus.Filled) Log($"{orderEvent.Symbol.Value} filled {orderEvent.FillQuantity} at {orderEvent.FillPrice:F2}: {orderEvent.Ticket.Tag}");\n        }\n\n${initialize}`,
      };
    },
    effect: (was) => was,
  },
];

/** What a later prompt asks for. */
export type Wish = 'change' | 'optimize' | 'question' | 'thanks';

export function wishOf(facts: PromptFacts): Wish {
  if (mentions(facts, 'optimi', 'parameter sweep', 'grid search', 'sensitivity', 'robust')) return 'optimize';
  if (/^\s*(thanks|thank you|great|perfect|nice|ok(ay)?)\b[^?]{0,40}$/i.test(facts.text)) return 'thanks';
  if (
    /^\s*(why|what|how|which|when|explain|tell|summari[sz]e|describe|compare|show|is |are |does |do |did )/i.test(
      facts.text,
    )
  )
    return 'question';
  return 'change';
}

/** The change that the prompt asks for, if the code does not have it yet. Otherwise the next useful one. */
export function changeFor(
  facts: PromptFacts,
  code: string,
): { readonly change: Change; readonly edit: Edit } | undefined {
  const possible = CHANGES.flatMap((change) => {
    const edit = change.edit(code, facts);
    return edit ? [{ change, edit, score: change.words.filter((word) => mentions(facts, word)).length }] : [];
  });
  return possible.reduce<(typeof possible)[number] | undefined>(
    (best, entry) => (!best || entry.score > best.score ? entry : best),
    undefined,
  );
}

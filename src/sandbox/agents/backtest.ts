import type { JsonObject } from '../json';
import { Random, seedOf } from '../random';

/** What a strategy shall earn each year, as fractions. */
export interface Performance {
  readonly annualReturn: number;
  readonly volatility: number;
  readonly orders: number;
  readonly winRate: number;
  readonly beta: number;
}

export interface BacktestPeriod {
  readonly from: Date;
  readonly to: Date;
  readonly cash: number;
}

/** The figures that an agent quotes. */
export interface BacktestFigures {
  readonly backtestId: string;
  readonly name: string;
  readonly sharpe: number;
  /** A fraction of the highest equity. */
  readonly drawdown: number;
  readonly annualReturn: number;
  readonly orders: number;
}

export interface Backtest extends BacktestFigures {
  /** The answer of the `create_backtest` tool. */
  readonly result: JsonObject;
  /** The same without the equity curve: the answer of `read_backtest`. */
  readonly statistics: JsonObject;
}

const POINTS = 120;
const RISK_FREE = 0.02;

/**
 * A backtest with consistent numbers: it draws the equity curve first, and computes drawdown, return and ratios from
 * it.
 * @param market names what was traded. Two backtests of it went through the same years, so their curves look alike.
 */
export function simulateBacktest(
  random: Random,
  name: string,
  market: string,
  performance: Performance,
  period: BacktestPeriod,
  projectId: number,
): Backtest {
  const years = (period.to.getTime() - period.from.getTime()) / (365.25 * 86_400_000);
  const lived = `${market} ${String(period.from.getTime())}`;
  // What did not change stays the same to the last digit.
  const numbers = new Random(seedOf(`${lived} ${JSON.stringify(performance)}`));
  const equity = equityCurve(ordinaryYears(lived, period), numbers.fork('equity'), performance, period);
  const last = equity.at(-1)?.[1] ?? period.cash;
  const annualReturn = (last / period.cash) ** (1 / years) - 1;
  const { volatility, orders, winRate, beta } = performance;
  const drawdown = deepestDrawdown(equity);
  const sharpe = (annualReturn - RISK_FREE) / volatility;
  const netProfit = last / period.cash - 1;
  const payoff = numbers.between(1.05, 1.6) * (sharpe > 0 ? 1 : 0.7);
  const averageWin = numbers.between(0.006, 0.021);
  const fees = orders * numbers.between(1.1, 2.4);
  const alpha = annualReturn - RISK_FREE - beta * 0.095;
  const tracking = Math.abs(volatility - beta * 0.165) + 0.05;

  const statistics = {
    'Total Orders': String(orders),
    'Average Win': percent(averageWin, 2),
    'Average Loss': percent(-averageWin / payoff, 2),
    'Compounding Annual Return': percent(annualReturn),
    Drawdown: percent(drawdown),
    Expectancy: (winRate * payoff - (1 - winRate)).toFixed(3),
    'Start Equity': String(period.cash),
    'End Equity': last.toFixed(2),
    'Net Profit': percent(netProfit),
    'Sharpe Ratio': sharpe.toFixed(3),
    'Sortino Ratio': (sharpe * numbers.between(1.15, 1.4)).toFixed(3),
    'Probabilistic Sharpe Ratio': percent(1 / (1 + Math.exp(-2.4 * (sharpe - 0.75)))),
    'Loss Rate': percent(1 - winRate, 0),
    'Win Rate': percent(winRate, 0),
    'Profit-Loss Ratio': payoff.toFixed(2),
    Alpha: alpha.toFixed(3),
    Beta: beta.toFixed(3),
    'Annual Standard Deviation': volatility.toFixed(3),
    'Annual Variance': (volatility ** 2).toFixed(3),
    'Information Ratio': ((annualReturn - 0.115) / tracking).toFixed(3),
    'Tracking Error': tracking.toFixed(3),
    'Treynor Ratio': ((annualReturn - RISK_FREE) / (Math.abs(beta) + 0.01)).toFixed(3),
    'Total Fees': dollars(fees),
    'Estimated Strategy Capacity': dollars(numbers.integer(12, 480) * 100_000),
    'Portfolio Turnover': percent((orders / (years * 252)) * numbers.between(0.2, 0.5), 2),
  };
  const runtimeStatistics = {
    Equity: dollars(last),
    Fees: `-${dollars(fees)}`,
    'Net Profit': dollars(last - period.cash),
    Return: percent(netProfit, 2),
    'Probabilistic Sharpe Ratio': statistics['Probabilistic Sharpe Ratio'],
    Volume: dollars(orders * period.cash * numbers.between(0.2, 0.4)),
  };
  const backtestId = random.text(32, '0123456789abcdef');
  const summary = {
    backtestId,
    name,
    projectId,
    status: 'Completed.',
    completed: true,
    progress: 1,
    error: null,
    stacktrace: null,
    backtestStart: `${isoDay(period.from)} 00:00:00`,
    backtestEnd: `${isoDay(period.to)} 23:59:59`,
    tradeableDates: Math.round(years * 252),
    statistics,
    runtimeStatistics,
  };
  const charts = {
    'Strategy Equity': {
      name: 'Strategy Equity',
      chartType: 0,
      series: { Equity: { name: 'Equity', unit: '$', index: 0, seriesType: 0, values: equity } },
    },
  };
  return {
    backtestId,
    name,
    sharpe,
    drawdown,
    annualReturn,
    orders,
    result: { success: true, errors: [], backtest: { ...summary, charts } },
    statistics: { success: true, errors: [], backtest: summary },
  };
}

/** A backtest as a row of a Markdown table: name, yearly return, Sharpe ratio, drawdown, orders. */
export function tableRow({ name, annualReturn, sharpe, drawdown, orders }: BacktestFigures): string {
  return `| ${name} | ${percent(annualReturn, 1)} | ${sharpe.toFixed(2)} | ${percent(drawdown, 1)} | ${String(orders)} |`;
}

export const TABLE_HEAD = '| Backtest | CAGR | Sharpe | Max drawdown | Orders |\n|---|---:|---:|---:|---:|';

export function percent(fraction: number, digits = 3): string {
  return `${(fraction * 100).toFixed(digits)}%`;
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',')}`;
}

function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/**
 * The years of a backtest. Of a few possible pasts, it takes the first one in which an ordinary strategy has no
 * extraordinary drawdown.
 */
function ordinaryYears(lived: string, period: BacktestPeriod): Random {
  const ordinary = { annualReturn: 0.09, volatility: 0.1 };
  const pasts = Array.from({ length: 8 }, (_, attempt) => seedOf(`${lived} ${String(attempt)}`));
  const seed = pasts.find((past) => {
    const drawdown = deepestDrawdown(equityCurve(new Random(past), new Random(0), ordinary, period));
    return drawdown > 0.09 && drawdown < 0.14;
  });
  return new Random(seed ?? pasts[0] ?? 0);
}

/** Points `[unix seconds, equity]` with exactly the given return and volatility. */
function equityCurve(
  market: Random,
  own: Random,
  { annualReturn, volatility }: Pick<Performance, 'annualReturn' | 'volatility'>,
  { from, to, cash }: BacktestPeriod,
): readonly (readonly [number, number])[] {
  const stepMs = (to.getTime() - from.getTime()) / (POINTS - 1);
  const stepYears = stepMs / (365.25 * 86_400_000);
  const draws = Array.from({ length: POINTS - 1 }, () => market.normal() + 0.05 * own.normal());
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const deviation = Math.sqrt(draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length);
  const drift = Math.log(1 + annualReturn) * stepYears;
  let equity = cash;
  const points: (readonly [number, number])[] = [[Math.round(from.getTime() / 1000), cash]];
  draws.forEach((draw, index) => {
    equity *= Math.exp(drift + ((draw - mean) / deviation) * volatility * Math.sqrt(stepYears));
    points.push([Math.round((from.getTime() + (index + 1) * stepMs) / 1000), Math.round(equity * 100) / 100]);
  });
  return points;
}

function deepestDrawdown(equity: readonly (readonly [number, number])[]): number {
  let peak = 0;
  let deepest = 0;
  for (const [, value] of equity) {
    peak = Math.max(peak, value);
    deepest = Math.max(deepest, 1 - value / peak);
  }
  return deepest;
}

export function figuresOf({
  backtestId,
  name,
  sharpe,
  drawdown,
  annualReturn,
  orders,
}: BacktestFigures): BacktestFigures {
  return { backtestId, name, sharpe, drawdown, annualReturn, orders };
}

/** The result of a backtest, read from a tool's output. LEAN's statistics have names such as `Sharpe Ratio`. */
import { field, isObject, numberField, textField } from '../../base/json';
import type { ToolOutput } from './toolOutput';
import type { FigureKey } from '../../words/keys/figure';
import { written } from '../../words/texts';

export interface Statistic {
  readonly name: string;
  /** As the server sent it: `8.300%`, `$1,204.11`. */
  readonly value: string;
}

type FigureName = FigureKey extends `figure.${infer Name}` ? Name : never;

interface KeyFigure extends Statistic {
  readonly figure: FigureName;
}

export interface BacktestResult {
  readonly name?: string;
  /** The most important statistics, in the order of importance, with short names and figures. */
  readonly key: readonly KeyFigure[];
  /** All statistics, as the server sent them. */
  readonly all: readonly Statistic[];
  /** From 0 to 1. Only for a backtest that was still running. */
  readonly progress?: number;
  /** Why the algorithm failed. Empty if it failed without a reason. */
  readonly runtimeError?: string;
  readonly stackTrace?: string;
}

/** How a figure is written: as a percentage, with two digits, as a count, or as the server sent it. */
type Figure = 'share' | 'ratio' | 'count' | 'text';

/** The most important statistics. LEAN's own spelling comes first, then older and other ones. */
const KEY: readonly (readonly [figure: FigureName, form: Figure, spellings: readonly string[]])[] = [
  ['netProfit', 'share', ['Net Profit', 'netProfit', 'totalNetProfit']],
  ['cagr', 'share', ['Compounding Annual Return', 'compoundingAnnualReturn', 'annualReturn', 'cagr']],
  ['sharpe', 'ratio', ['Sharpe Ratio', 'sharpeRatio', 'sharpe']],
  ['sortino', 'ratio', ['Sortino Ratio', 'sortinoRatio', 'sortino']],
  ['psr', 'share', ['Probabilistic Sharpe Ratio', 'probabilisticSharpeRatio', 'psr']],
  ['drawdown', 'share', ['Drawdown', 'drawdown', 'maxDrawdown']],
  ['winRate', 'share', ['Win Rate', 'winRate']],
  ['orders', 'count', ['Total Orders', 'Total Trades', 'totalOrders', 'orders', 'tradeCount']],
  ['fees', 'text', ['Total Fees', 'totalFees']],
  ['turnover', 'share', ['Portfolio Turnover', 'portfolioTurnover']],
  ['startEquity', 'text', ['Start Equity', 'startEquity']],
  ['endEquity', 'text', ['End Equity', 'endEquity']],
];

export function readBacktest(output: ToolOutput): BacktestResult {
  const { structured } = output;
  const backtest = field(structured, 'backtest');
  const sources = [structured, backtest].flatMap((source) => [field(source, 'statistics'), source]);
  const name = textField(backtest, 'name') ?? textField(structured, 'name');
  const progress = progressOf(backtest) ?? progressOf(structured);
  const stackTrace =
    textField(backtest, 'stacktrace') ?? textField(backtest, 'stackTrace') ?? textField(structured, 'stackTrace');
  return {
    key: KEY.flatMap(([name, form, spellings]) => {
      const found = firstOf(sources, spellings);
      return found === undefined ? [] : [{ figure: name, name: written(`figure.${name}`), value: shown(found, form) }];
    }),
    all: [...texts(field(backtest, 'statistics')), ...texts(field(structured, 'statistics'))],
    ...(name !== undefined && { name }),
    ...(progress !== undefined && { progress }),
    ...(output.runtimeError && {
      runtimeError: runtimeErrorOf(output),
      ...(stackTrace !== undefined && { stackTrace }),
    }),
  };
}

/** A figure of the result. */
export function figureOf(result: Pick<BacktestResult, 'key'>, figure: FigureName): string | undefined {
  return result.key.find((statistic) => statistic.figure === figure)?.value;
}

function progressOf(backtest: unknown): number | undefined {
  if (field(backtest, 'completed') !== false) return undefined;
  const progress = numberField(backtest, 'progress') ?? 0;
  return Math.min(1, Math.max(0, progress > 1 ? progress / 100 : progress));
}

/** The reason is in `error`. Skips the sentence that every runtime error has, because it says nothing. */
function runtimeErrorOf({ structured, errors }: ToolOutput): string {
  const backtest = field(structured, 'backtest');
  return (
    textField(backtest, 'error') ??
    textField(structured, 'runtimeError') ??
    textField(structured, 'stackTrace') ??
    errors.find((error) => error.trim() !== 'The backtest ended with a runtime error.') ??
    ''
  );
}

function firstOf(sources: readonly unknown[], keys: readonly string[]): string | undefined {
  for (const source of sources) {
    for (const key of keys) {
      const found = textField(source, key) ?? numberField(source, key)?.toString();
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function texts(statistics: unknown): readonly Statistic[] {
  if (!isObject(statistics)) return [];
  return Object.entries(statistics).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : [],
  );
}

function shown(value: string, figure: Figure): string {
  switch (figure) {
    case 'share':
      return percent(value);
    case 'ratio':
      return rounded(value);
    case 'count':
      return Number.isFinite(Number(value)) ? Number(value).toLocaleString('en-US') : value;
    case 'text':
      return Number.isFinite(Number(value))
        ? Number(value).toLocaleString('en-US', { maximumFractionDigits: 2 })
        : value;
  }
}

function rounded(value: string): string {
  const parsed = Number(value);
  return Number.isFinite(parsed) ? String(Number(parsed.toFixed(2))) : value;
}

/** As a percentage. LEAN writes `8.300%`. A number below 1 without `%` is a fraction. */
function percent(value: string): string {
  const isShare = !value.includes('%');
  const parsed = Number(value.replace('%', ''));
  if (!Number.isFinite(parsed)) return value;
  return `${String(Number((isShare && Math.abs(parsed) < 1 ? parsed * 100 : parsed).toFixed(1)))} %`;
}

import {
  readBacktest,
  type BacktestResult,
  type Statistic,
} from '../../../../src/core/conversation/toolCalls/backtestResult';
import { readToolOutput } from '../../../../src/core/conversation/toolCalls/toolOutput';
import type { ToolPart } from '../../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../../src/core/words/plain';
import { el } from '../../../shared/dom';
import { icon } from '../../../shared/icons';
import { reachableByKeyboard } from '../../../shared/keyboardScroll';
import type { PageContext, PartContext } from '../../view/view';
import { fold } from '../../view/fold';
import { curveOf, equityChart } from './equityChart';
import { counted, text } from '../../../shared/texts';

/** LEAN has thirty. More of them open in an editor. */
const MAX_LISTED = 200;

/** The error, the equity curve and the statistics of a backtest, as far as the output contains them. */
export function backtestResult(part: ToolPart, address: PartContext, context: PageContext): readonly HTMLElement[] {
  const result = readBacktest(readToolOutput(part));
  const curve = curveOf(part);
  return [
    ...(result.runtimeError === undefined ? [] : [runtimeError(result)]),
    ...(curve ? [equityChart(curve)] : []),
    ...(result.key.length > 0 ? [grid(result.key, text('backtest.key'))] : []),
    ...(result.all.length > result.key.length ? [everything(result.all, address, context)] : []),
  ];
}

function runtimeError({ runtimeError: error = '', stackTrace }: BacktestResult): HTMLElement {
  const trace = stackTrace !== undefined && stackTrace !== error && el('pre', {}, stackTrace);
  if (trace) reachableByKeyboard(trace);
  return el(
    'div',
    { class: 'broke' },
    icon('cross'),
    el(
      'div',
      {},
      el('strong', {}, text('runtimeError')),
      error !== '' && el('p', { class: 'said', dir: 'auto' }, error),
      trace,
    ),
  );
}

function grid(statistics: readonly Statistic[], label: string): HTMLElement {
  return el(
    'dl',
    { class: 'statistics', 'aria-label': label },
    ...statistics.map(({ name, value }) =>
      el('div', {}, el('dt', {}, plainLine(name)), el('dd', {}, plainLine(value))),
    ),
  );
}

function everything(statistics: readonly Statistic[], { key }: PartContext, context: PageContext): HTMLElement {
  const { element, summary } = fold('all-statistics', `${key}/statistics`, context, (body) => {
    const rest = statistics.length - MAX_LISTED;
    body.append(
      grid(statistics.slice(0, MAX_LISTED), text('backtest.all')),
      ...(rest > 0 ? [el('p', { class: 'muted' }, text('moreBelow', counted(rest, 'moreFigure')))] : []),
    );
  });
  summary.append(el('span', { class: 'muted' }, text('backtest.allOf', counted(statistics.length, 'statistic'))));
  return element;
}

import {
  curveFacts,
  drawnPoints,
  equityCurve,
  type CurveFacts,
  type DrawnPoint,
  type EquityCurve,
} from '../../../../src/core/conversation/toolCalls/equityCurve';
import { readToolOutput } from '../../../../src/core/conversation/toolCalls/toolOutput';
import type { ToolPart } from '../../../../src/core/conversation/transcript/transcript';
import { formatNumber, textLanguage } from '../../../../src/core/words/texts';
import { el } from '../../../shared/dom';
import { text } from '../../../shared/texts';

const SVG = 'http://www.w3.org/2000/svg';
/** With more columns, each would be thinner than a pixel. */
const COLUMNS = 400;
const SPARK_COLUMNS = 48;
const [WIDTH, HEIGHT] = [1_000, 200];
/** Leaves room for the width of the line, so that its highest and lowest points are not cut off. */
const MARGIN = 4;

const curves = new WeakMap<ToolPart, EquityCurve | null>();
const sparks = new WeakMap<EquityCurve, string>();

/** The points in a call's output. Read once, because a card is drawn again whenever it scrolls into view. */
export function curveOf(part: ToolPart): EquityCurve | undefined {
  let curve = curves.get(part);
  if (curve === undefined) {
    curve = equityCurve(readToolOutput(part).structured) ?? null;
    curves.set(part, curve);
  }
  return curve ?? undefined;
}

/** The curve. Its label gives the lowest, highest and last value to screen readers, too. */
export function equityChart(curve: EquityCurve): HTMLElement {
  const facts = curveFacts(curve);
  const { unit } = curve;
  const points = drawnPoints(curve, facts, COLUMNS);
  const isRising = facts.end >= facts.start;
  const plot = el('div', {
    class: `curve-plot ${isRising ? 'rising' : 'falling'}`,
    role: 'img',
    'aria-label': curveWords(facts, unit),
  });
  plot.append(
    svg('curve', [
      ...(facts.high > facts.low ? [shape('curve-start', levelOf(yOf(points[0])))] : []),
      shape('curve-area', areaUnder(points)),
      shape('curve-line', lineThrough(points)),
    ]),
    el('span', { class: 'curve-high' }, text('curve.high', amount(facts.high, unit))),
    el('span', { class: 'curve-low' }, text('curve.low', amount(facts.low, unit))),
  );
  return el(
    'figure',
    { class: 'equity' },
    plot,
    el(
      'figcaption',
      { 'aria-hidden': 'true' },
      el('span', {}, day(facts.from)),
      el(
        'span',
        { class: 'curve-last' },
        `${amount(facts.start, unit)} → ${amount(facts.end, unit)}`,
        changeOf(facts) !== undefined && el('strong', {}, changeOf(facts)),
      ),
      el('span', {}, day(facts.to)),
    ),
  );
}

/** A tiny curve for the end of a line that says the result. */
export function sparkline(curve: EquityCurve): SVGElement {
  const line = sparks.get(curve) ?? lineThrough(drawnPoints(curve, curveFacts(curve), SPARK_COLUMNS));
  sparks.set(curve, line);
  return svg('spark-line', [shape('curve-line', line)]);
}

/**
 * `Equity curve from Jan 2, 2018 to Dec 31, 2025: starts at $100,000, ends at $214,770 (+114.8 %), lowest $96,201,
 * highest $215,003.`
 */
function curveWords(facts: CurveFacts, unit: string): string {
  const change = changeOf(facts);
  const end = amount(facts.end, unit);
  return text(
    'curve.words',
    day(facts.from),
    day(facts.to),
    amount(facts.start, unit),
    change === undefined ? end : `${end} (${change})`,
    amount(facts.low, unit),
    amount(facts.high, unit),
  );
}

function changeOf({ change }: CurveFacts): string | undefined {
  if (change === undefined) return undefined;
  const share = Number((change * 100).toFixed(1));
  return `${share < 0 ? '−' : '+'}${formatNumber(Math.abs(share))} %`;
}

function amount(value: number, unit: string): string {
  const digits = Math.abs(value) >= 1_000 ? 0 : 2;
  const digitsShown = Math.abs(value).toLocaleString(textLanguage(), {
    maximumFractionDigits: digits,
    notation: Math.abs(value) >= 1e12 ? 'scientific' : 'standard',
  });
  return `${value < 0 ? '−' : ''}${/^\p{Sc}$/u.test(unit) ? unit : ''}${digitsShown}`;
}

let dayFormat: Intl.DateTimeFormat | undefined;

/** The day as the API dates it, in the market's zone and not the reader's. */
function day(epochMs: number): string {
  if (Math.abs(epochMs) > 8.64e15) return text('curve.unknownDay');
  // Made on first use: before that, the language is not known.
  dayFormat ??= new Intl.DateTimeFormat(textLanguage(), { dateStyle: 'medium', timeZone: 'UTC' });
  return dayFormat.format(epochMs);
}

function svg(name: string, shapes: readonly SVGElement[]): SVGElement {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('class', name);
  element.setAttribute('viewBox', `0 0 ${String(WIDTH)} ${String(HEIGHT)}`);
  element.setAttribute('preserveAspectRatio', 'none');
  element.setAttribute('aria-hidden', 'true');
  element.append(...shapes);
  return element;
}

function shape(name: string, d: string): SVGElement {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', name);
  path.setAttribute('d', d);
  return path;
}

const yOf = (point: DrawnPoint | undefined): number => HEIGHT - MARGIN - (point?.y ?? 0) * (HEIGHT - 2 * MARGIN);

function lineThrough(points: readonly DrawnPoint[]): string {
  return points
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${(point.x * WIDTH).toFixed(1)} ${yOf(point).toFixed(1)}`)
    .join('');
}

function areaUnder(points: readonly DrawnPoint[]): string {
  return `${lineThrough(points)}L${String(WIDTH)} ${String(HEIGHT)}L0 ${String(HEIGHT)}Z`;
}

function levelOf(y: number): string {
  return `M0 ${y.toFixed(1)}L${String(WIDTH)} ${y.toFixed(1)}`;
}

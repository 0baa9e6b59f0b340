/**
 * The equity curve of a backtest, if a tool's output contains its points. The API has them in
 * `charts['Strategy Equity'].series.Equity.values`. A point is `{x, y}`, `[time, value]` or
 * `[time, open, high, low, close]`. Times are in seconds. Keys in charts may be in PascalCase, and an empty map may be a
 * list.
 */
import { field, isObject, textField } from '../../base/json';

/** At least two points, sorted by time. Both lists have the same length. */
export interface EquityCurve {
  /** Epoch milliseconds. */
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** The unit that the series names, such as `$`. */
  readonly unit: string;
}

/** Undefined if fewer than two points can be read. Unreadable points are left out and never invented. */
export function equityCurve(structured: unknown): EquityCurve | undefined {
  for (const source of [structured, field(structured, 'backtest'), field(structured, 'result')]) {
    const chart =
      named(either(source, 'charts'), 'Strategy Equity') ?? ofName(either(source, 'chart'), 'Strategy Equity');
    const series = chart === undefined ? undefined : named(either(chart, 'series') ?? chart, 'Equity');
    const points = Array.isArray(series) ? series : either(series, 'values');
    const curve = Array.isArray(points)
      ? curveThrough(points, textField(series, 'unit') ?? textField(series, 'Unit') ?? '')
      : undefined;
    if (curve) return curve;
  }
  return undefined;
}

/** The value of a key in camelCase or PascalCase. */
function either(value: unknown, key: string): unknown {
  return field(value, key) ?? field(value, key.charAt(0).toUpperCase() + key.slice(1));
}

/** The entry with this name, in a map or in a list of named items. */
function named(collection: unknown, name: string): unknown {
  if (Array.isArray(collection))
    return (collection as readonly unknown[]).find((item) => ofName(item, name) !== undefined);
  if (!isObject(collection)) return undefined;
  const key = Object.keys(collection).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : collection[key];
}

function ofName(item: unknown, name: string): unknown {
  const own = either(item, 'name');
  return typeof own === 'string' && own.toLowerCase() === name.toLowerCase() ? item : undefined;
}

function curveThrough(points: readonly unknown[], unit: string): EquityCurve | undefined {
  const times = new Float64Array(points.length);
  const values = new Float64Array(points.length);
  let count = 0;
  let isSorted = true;
  for (const point of points) {
    const time = timeIn(point);
    const value = valueIn(point);
    // A time before 1970 is a mistake: no backtest goes back that far.
    if (!(time > 0) || !Number.isFinite(value)) continue;
    isSorted &&= count === 0 || time >= (times[count - 1] ?? 0);
    times[count] = time;
    values[count] = value;
    count++;
  }
  if (count < 2) return undefined;
  const curve = { times: times.subarray(0, count), values: values.subarray(0, count), unit };
  return isSorted ? curve : sorted(curve);
}

function sorted({ times, values, unit }: EquityCurve): EquityCurve {
  const order = Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return {
    times: Float64Array.from(order, (index) => times[index] ?? 0),
    values: Float64Array.from(order, (index) => values[index] ?? 0),
    unit,
  };
}

function timeIn(point: unknown): number {
  const raw = Array.isArray(point) ? (point as readonly unknown[])[0] : (either(point, 'x') ?? either(point, 'time'));
  const seconds = numberIn(raw);
  if (Number.isFinite(seconds)) return Math.abs(seconds) > 1e11 ? seconds : seconds * 1_000;
  return typeof raw === 'string'
    ? Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(raw) || !raw.includes(':') ? raw : `${raw.replace(' ', 'T')}Z`)
    : Number.NaN;
}

/** The value of a point. For a candle, it is the close. */
function valueIn(point: unknown): number {
  if (!Array.isArray(point)) return numberIn(either(point, 'y') ?? either(point, 'close') ?? either(point, 'value'));
  const list = point as readonly unknown[];
  return numberIn(list.length >= 5 ? list[4] : list[1]);
}

function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

/** The facts of a curve for a reader. Indices are positions of points. */
export interface CurveFacts {
  readonly start: number;
  readonly end: number;
  readonly low: number;
  readonly high: number;
  readonly lowAt: number;
  readonly highAt: number;
  /** The change from start to end, as a fraction of the start. Missing if the start is 0 or below. */
  readonly change?: number;
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

export function curveFacts({ times, values }: EquityCurve): CurveFacts {
  let [lowAt, highAt] = [0, 0];
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? 0) < (values[lowAt] ?? 0)) lowAt = index;
    if ((values[index] ?? 0) > (values[highAt] ?? 0)) highAt = index;
  }
  const [start, end] = [values[0] ?? 0, values.at(-1) ?? 0];
  return {
    start,
    end,
    lowAt,
    highAt,
    low: values[lowAt] ?? 0,
    high: values[highAt] ?? 0,
    ...(start > 0 && { change: end / start - 1 }),
    from: times[0] ?? 0,
    to: times.at(-1) ?? 0,
  };
}

/** A point to draw: `x` and `y` from 0 to 1, `y` upwards. */
export interface DrawnPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * The points to draw in a number of columns. Each column has its first, lowest, highest and last point, so that no peak
 * and no drawdown is lost. A flat curve runs through the middle.
 */
export function drawnPoints(
  { times, values }: EquityCurve,
  { low, high, from, to }: CurveFacts,
  columns: number,
): readonly DrawnPoint[] {
  const xOf = (index: number): number =>
    to > from ? ((times[index] ?? from) - from) / (to - from) : index / (values.length - 1);
  const yOf = (index: number): number => (high > low ? ((values[index] ?? low) - low) / (high - low) : 0.5);
  const points: DrawnPoint[] = [];
  const add = (index: number): void => {
    points.push({ x: xOf(index), y: yOf(index) });
  };
  for (let begin = 0; begin < values.length;) {
    const column = columnOf(xOf(begin), columns);
    let [lowest, highest, end] = [begin, begin, begin];
    while (end + 1 < values.length && columnOf(xOf(end + 1), columns) === column) {
      end++;
      if ((values[end] ?? 0) < (values[lowest] ?? 0)) lowest = end;
      if ((values[end] ?? 0) > (values[highest] ?? 0)) highest = end;
    }
    for (const index of new Set([begin, Math.min(lowest, highest), Math.max(lowest, highest), end])) add(index);
    begin = end + 1;
  }
  return points;
}

const columnOf = (x: number, columns: number): number => Math.min(columns - 1, Math.floor(x * columns));

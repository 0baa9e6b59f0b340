import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  curveFacts,
  drawnPoints,
  equityCurve,
  type EquityCurve,
} from '../../../../../src/core/conversation/toolCalls/equityCurve';

const DAY = 86_400;
const charted = (values: unknown, unit?: string): unknown => ({
  backtest: {
    charts: { 'Strategy Equity': { name: 'Strategy Equity', series: { Equity: { name: 'Equity', unit, values } } } },
  },
});
const read = (structured: unknown): readonly (readonly [number, number])[] | undefined => {
  const curve = equityCurve(structured);
  return curve && Array.from(curve.times, (time, index) => [time / 1_000, curve.values[index]!] as const);
};
const CURVE = [
  [DAY, 100],
  [2 * DAY, 90],
  [3 * DAY, 120],
] as const;

describe('equityCurve: finds the points', () => {
  it.each<[string, unknown]>([
    ['as pairs', charted(CURVE)],
    ['as {x, y}', charted(CURVE.map(([x, y]) => ({ x, y })))],
    ['as candles, of which the close counts', charted(CURVE.map(([x, y]) => [x, y - 1, y + 5, y - 5, y]))],
    ['as texts', charted(CURVE.map(([x, y]) => ({ x: String(x), y: String(y) })))],
    ['in milliseconds', charted(CURVE.map(([x, y]) => [x * 1_000 + 1e12, y]))],
    ['as dates', charted(CURVE.map(([x, y]) => [new Date(x * 1_000).toISOString().slice(0, 19).replace('T', ' '), y]))],
    ['in any order', charted([CURVE[2], CURVE[0], CURVE[1]])],
    [
      'among some that cannot be read',
      charted([
        [DAY, null],
        CURVE[0],
        [DAY, 'NaN'],
        null,
        7,
        [],
        CURVE[1],
        [0, 5],
        {},
        [Number.NaN, 4],
        CURVE[2],
        [4 * DAY, Infinity],
      ]),
    ],
    ['beside the backtest', (charted(CURVE) as { backtest: unknown }).backtest],
    ['in PascalCase', { backtest: { Charts: { 'Strategy Equity': { Series: { Equity: { Values: CURVE } } } } } }],
    [
      'in lists that name their items',
      {
        charts: [
          { name: 'Benchmark' },
          { name: 'Strategy Equity', series: [{ name: 'Return' }, { name: 'Equity', values: CURVE }] },
        ],
      },
    ],
    ['as one chart alone', { chart: { name: 'strategy equity', series: { equity: { values: CURVE } } } }],
    ['without the maps around them', { charts: { 'Strategy Equity': { Equity: CURVE } } }],
  ])('%s', (name, structured) => {
    const points = read(structured);
    expect(points?.map(([, value]) => value)).toEqual([100, 90, 120]);
    if (!name.includes('milliseconds')) expect(points).toEqual(CURVE);
  });

  it.each<[string, unknown]>([
    ['no output', undefined],
    ['no charts', { backtest: {} }],
    ['an empty map as a list', { backtest: { charts: [] } }],
    ['null for a series', charted(null)],
    ['no points', charted([])],
    ['a single point', charted([[DAY, 1]])],
    [
      'nothing that is a number',
      charted([
        [DAY, 'a'],
        [DAY, null],
      ]),
    ],
    ['another chart', { charts: { Benchmark: { series: { Equity: { values: CURVE } } } } }],
    ['another series', { charts: { 'Strategy Equity': { series: { Return: { values: CURVE } } } } }],
    ['text', 'x'],
  ])('not in %s', (_name, structured) => {
    expect(equityCurve(structured)).toBeUndefined();
  });

  it('with the unit of the series', () => {
    expect(equityCurve(charted(CURVE, '$'))?.unit).toBe('$');
    expect(equityCurve(charted(CURVE))?.unit).toBe('');
  });

  it('reads any JSON without throwing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (chart, values) => {
        for (const structured of [
          chart,
          { charts: chart },
          { charts: { 'Strategy Equity': chart } },
          charted(values),
        ]) {
          const curve = equityCurve(structured);
          expect(curve === undefined || curve.values.length >= 2).toBe(true);
        }
      }),
    );
  });
});

const curves = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 2_000_000_000 }),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    ),
    { minLength: 2, maxLength: 400 },
  )
  .map((points) => equityCurve(charted(points))!);
const flat = (value: number, count: number): EquityCurve => ({
  times: Float64Array.from({ length: count }, (_, index) => index + 1),
  values: new Float64Array(count).fill(value),
  unit: '',
});

describe('what is told and drawn of a curve', () => {
  it('tells start, end, extremes and the change', () => {
    expect(curveFacts(equityCurve(charted(CURVE))!)).toEqual({
      start: 100,
      end: 120,
      low: 90,
      high: 120,
      lowAt: 1,
      highAt: 2,
      change: expect.closeTo(0.2) as number,
      from: DAY * 1_000,
      to: 3 * DAY * 1_000,
    });
    expect(curveFacts(flat(0, 3))).not.toHaveProperty('change');
  });

  it('draws every extreme, the first and the last point, and stays in its frame', () => {
    fc.assert(
      fc.property(curves, fc.integer({ min: 1, max: 60 }), (curve, columns) => {
        const facts = curveFacts(curve);
        const points = drawnPoints(curve, facts, columns);
        expect(points.length).toBeLessThanOrEqual(4 * columns);
        for (const { x, y } of points) expect(x >= 0 && x <= 1 && y >= 0 && y <= 1).toBe(true);
        const heights = points.map(({ y }) => y);
        if (facts.high > facts.low) {
          expect([Math.min(...heights), Math.max(...heights)]).toEqual([0, 1]);
          expect(heights[0]).toBeCloseTo((facts.start - facts.low) / (facts.high - facts.low), 9);
          expect(heights.at(-1)).toBeCloseTo((facts.end - facts.low) / (facts.high - facts.low), 9);
        }
        expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
      }),
    );
  });

  it('draws few points as they are, a flat curve through the middle, and points of one moment side by side', () => {
    const two = equityCurve(
      charted([
        [DAY, 1],
        [2 * DAY, 3],
      ]),
    )!;
    expect(drawnPoints(two, curveFacts(two), 400)).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
    expect(drawnPoints(flat(7, 3), curveFacts(flat(7, 3)), 2).map(({ y }) => y)).toEqual([0.5, 0.5, 0.5]);
    const same = equityCurve(
      charted([
        [DAY, 1],
        [DAY, 2],
        [DAY, 3],
      ]),
    )!;
    expect(drawnPoints(same, curveFacts(same), 400).map(({ x }) => x)).toEqual([0, 0.5, 1]);
  });

  it('draws a hundred thousand points with a few per column', () => {
    const values = Array.from({ length: 100_000 }, (_, index) => [DAY * (index + 1), 100 + Math.sin(index)]);
    values[54_321]![1] = 7;
    const curve = equityCurve(charted(values))!;
    const points = drawnPoints(curve, curveFacts(curve), 400);
    expect(points.length).toBeLessThanOrEqual(1_600);
    expect(points.some(({ y }) => y === 0)).toBe(true);
  });
});

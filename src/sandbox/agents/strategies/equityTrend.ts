import type { PromptFacts } from '../promptFacts';
import { quoted, spoken, tickersOr, type Draft, type Strategy } from './strategy';

export const equityTrend: Strategy = {
  id: 'equity-trend',
  words: ['c#', 'csharp', 'stock', 'moving average', 'crossover', 'sma', 'ema', 'macd'],
  language: 'C#',
  write: (facts) => draft(facts),
};

function draft(facts: PromptFacts): Draft {
  const tickers = tickersOr(facts, 'AAPL', 'MSFT', 'NVDA', 'AMZN', 'GOOG');
  return {
    title: `a moving-average trend strategy on ${spoken(tickers)} with trailing stops, in C#`,
    name: 'EMA 20/100 with trailing stop',
    file: 'Main.cs',
    content: `#region imports
using System;
using System.Collections.Generic;
using QuantConnect.Algorithm;
using QuantConnect.Data;
using QuantConnect.Data.Market;
using QuantConnect.Indicators;
#endregion

namespace QuantConnect.Algorithm.CSharp
{
    /// <summary>Holds each stock while its trend is up and sells it at a volatility-based trailing stop.</summary>
    public class EquityTrendAlgorithm : QCAlgorithm
    {
        private readonly Dictionary<Symbol, Trend> _trends = new();

        public override void Initialize()
        {
            SetStartDate(2017, 1, 1);
            SetEndDate(2025, 12, 31);
            SetCash(100_000);
            SetBenchmark("SPY");
            Settings.AutomaticIndicatorWarmUp = true;

            foreach (var ticker in new[] { ${quoted(tickers)} })
            {
                var symbol = AddEquity(ticker, Resolution.Daily).Symbol;
                _trends[symbol] = new Trend(
                    EMA(symbol, 20, Resolution.Daily),
                    EMA(symbol, 100, Resolution.Daily),
                    ATR(symbol, 14, MovingAverageType.Wilders, Resolution.Daily));
            }
        }

        public override void OnData(Slice slice)
        {
            foreach (var (symbol, trend) in _trends)
            {
                if (!slice.Bars.TryGetValue(symbol, out var bar)) continue;
                if (Portfolio[symbol].Invested) Follow(symbol, trend, bar);
                else if (trend.Fast > trend.Slow && bar.Close > trend.Fast) Enter(symbol, trend, bar);
            }
        }

        private void Enter(Symbol symbol, Trend trend, TradeBar bar)
        {
            trend.Stop = bar.Close - 3 * trend.Range;
            SetHoldings(symbol, 0.95m / _trends.Count, tag: $"Trend up, stop {trend.Stop:F2}");
        }

        private void Follow(Symbol symbol, Trend trend, TradeBar bar)
        {
            trend.Stop = Math.Max(trend.Stop, bar.Close - 3 * trend.Range);
            if (bar.Close < trend.Stop || trend.Fast < trend.Slow)
            {
                Liquidate(symbol, tag: bar.Close < trend.Stop ? "Trailing stop" : "Trend over");
            }
        }

        private class Trend(ExponentialMovingAverage fast, ExponentialMovingAverage slow, AverageTrueRange range)
        {
            public decimal Fast => fast.Current.Value;
            public decimal Slow => slow.Current.Value;
            public decimal Range => range.Current.Value;
            public decimal Stop { get; set; }
        }
    }
}
`,
    flaw: {
      oldString: '                var bar = slice.Bars[symbol];\n',
      newString: '                if (!slice.Bars.TryGetValue(symbol, out var bar)) continue;\n',
      error: `Runtime Error: '${tickers[0] ?? 'AAPL'} R735QTJ8XC9X' wasn't found in the TradeBars object, likely because there was no-data at this moment in time and it wasn't possible to fillforward historical data. Please check the data exists before accessing it with data.ContainsKey("${tickers[0] ?? 'AAPL'}")`,
      failsIn: 'QuantConnect.Algorithm.CSharp.EquityTrendAlgorithm.OnData(Slice slice)',
      failsAt: 'var bar = slice.Bars[symbol];',
      diagnosis:
        'A slice that carries only a corporate action has no bars. `TryGetValue` skips the symbol for that slice.',
    },
    refinement: {
      oldString: '            trend.Stop = bar.Close - 3 * trend.Range;\n            SetHoldings',
      newString: '            trend.Stop = bar.Close - 4 * trend.Range;\n            SetHoldings',
      idea: 'A third of the exits are stops hit in the first week after entry. An initial stop of four average ranges gives a new position room; it still tightens to three as the price rises.',
      name: 'wider initial stop',
      annualReturn: 0.013,
      volatility: 0.003,
    },
    thinking: `C# on ${spoken(tickers)}. A plain moving-average cross gives back too much at the end of each trend, so I'll pair it with a trailing stop of three average true ranges that only ever rises.\n\nState per symbol belongs into a small class with the indicators and the stop; TryGetValue guards against slices without a bar.`,
    rules: [
      'Buy when the 20-day average is above the 100-day average and the close above both',
      'Trail a stop three average true ranges below the highest close',
      `Equal weights over ${String(tickers.length)} ${tickers.length === 1 ? 'stock' : 'stocks'}, 95% invested at most`,
    ],
    caveats: [
      `${spoken(tickers)}: picked today, tested on the past. Expect far less from a list that was chosen in 2017.`,
      'Daily bars: a stop is acted on at the next open, not at its price.',
    ],
    performance: { annualReturn: 0.163, volatility: 0.178, orders: 286, winRate: 0.49, beta: 0.72 },
    startYear: 2017,
    cash: 100_000,
  };
}

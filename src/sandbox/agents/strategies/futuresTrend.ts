import type { Draft, Strategy } from './strategy';

export const futuresTrend: Strategy = {
  id: 'futures-trend',
  words: ['future', 'commodit', 'cta', 'managed futures', 'crude', 'trend'],
  language: 'C#',
  write: () => draft(),
};

function draft(): Draft {
  return {
    title: 'a diversified trend-following program on continuous futures, in C#',
    name: 'Futures trend, EMA 32/128',
    file: 'Main.cs',
    content: `#region imports
using System;
using System.Collections.Generic;
using System.Linq;
using QuantConnect.Algorithm;
using QuantConnect.Data;
using QuantConnect.Indicators;
using QuantConnect.Securities;
using QuantConnect.Securities.Future;
#endregion

namespace QuantConnect.Algorithm.CSharp
{
    /// <summary>Follows the trend of four liquid futures, each sized to the same daily risk.</summary>
    public class FuturesTrendAlgorithm : QCAlgorithm
    {
        private const decimal RiskPerMarket = 0.003m;
        private readonly List<Market> _markets = new();

        public override void Initialize()
        {
            SetStartDate(2016, 1, 1);
            SetEndDate(2025, 12, 31);
            SetCash(1_000_000);
            SetBenchmark("SPY");
            Settings.AutomaticIndicatorWarmUp = true;

            var tickers = new[]
            {
                Futures.Indices.SP500EMini, Futures.Metals.Gold, Futures.Energy.CrudeOilWTI, Futures.Financials.Y10TreasuryNote
            };
            foreach (var ticker in tickers)
            {
                var future = AddFuture(ticker, Resolution.Daily,
                    dataMappingMode: DataMappingMode.OpenInterest,
                    dataNormalizationMode: DataNormalizationMode.BackwardsRatio,
                    contractDepthOffset: 0);
                _markets.Add(new Market(future,
                    EMA(future.Symbol, 32, Resolution.Daily),
                    EMA(future.Symbol, 128, Resolution.Daily),
                    ATR(future.Symbol, 20, MovingAverageType.Wilders, Resolution.Daily)));
            }

            Schedule.On(DateRules.EveryDay(), TimeRules.At(15, 0), Rebalance);
        }

        private void Rebalance()
        {
            foreach (var market in _markets)
            {
                var contract = market.Future.Mapped;
                if (contract == null || !market.Slow.IsReady) continue;

                var direction = market.Fast > market.Slow ? 1 : -1;
                var multiplier = market.Future.SymbolProperties.ContractMultiplier;
                var riskPerContract = market.Range.Current.Value * multiplier;
                if (riskPerContract <= 0) continue;

                var target = Math.Truncate(direction * Portfolio.TotalPortfolioValue * RiskPerMarket / riskPerContract);
                var held = Portfolio[contract].Quantity;
                // Changes of a single contract are noise.
                if (Math.Abs(target - held) >= 2 || Math.Sign(target) != Math.Sign(held))
                {
                    MarketOrder(contract, target - held, tag: $"{market.Future.Symbol.ID.Symbol} {direction:+0.0;-0.0}");
                }
            }
        }

        public override void OnSymbolChangedEvents(SymbolChangedEvents symbolsChanged)
        {
            foreach (var changed in symbolsChanged.Values)
            {
                var quantity = Portfolio[changed.OldSymbol].Quantity;
                if (quantity == 0) continue;
                Liquidate(changed.OldSymbol, tag: $"Roll to {changed.NewSymbol}");
                MarketOrder(changed.NewSymbol, quantity, tag: "Roll");
            }
        }

        private record Market(Future Future, ExponentialMovingAverage Fast, ExponentialMovingAverage Slow, AverageTrueRange Range);
    }
}
`,
    flaw: {
      oldString: '                if (!market.Slow.IsReady) continue;\n',
      newString: '                if (contract == null || !market.Slow.IsReady) continue;\n',
      error: "Runtime Error: Value cannot be null. (Parameter 'key')",
      failsIn: 'QuantConnect.Algorithm.CSharp.FuturesTrendAlgorithm.Rebalance()',
      failsAt: 'var held = Portfolio[contract].Quantity;',
      diagnosis:
        '`Mapped` is null until the continuous contract has been mapped for the first time. With warmed-up indicators the first rebalance comes before that.',
    },
    refinement: {
      oldString: '                var direction = market.Fast > market.Slow ? 1 : -1;\n',
      newString:
        '                // The further apart the averages, the surer the trend: position in thirds, none in the dead zone.\n' +
        '                var distance = (market.Fast.Current.Value - market.Slow.Current.Value) / (market.Range.Current.Value * 4m);\n' +
        '                var direction = Math.Round(Math.Clamp(distance, -1m, 1m) * 3m) / 3m;\n',
      idea: 'A binary signal trades at full size when the averages have barely crossed. Scaling by the distance in average ranges should cut the whipsaw losses of sideways years.',
      name: 'scaled signal',
      annualReturn: 0.008,
      volatility: -0.016,
    },
    thinking:
      'A diversified futures trend follower in C#. Continuous contracts with open-interest mapping and backward-ratio adjustment give the indicators a series without roll gaps, while orders have to go to the mapped contract.\n\nSizing: the same daily risk per market from the 20-day average true range times the multiplier, so that crude oil does not dominate the ten-year note. Rolls are handled in OnSymbolChangedEvents.',
    rules: [
      'E-mini S&P 500, gold, WTI crude and ten-year notes as continuous contracts, mapped by open interest',
      'Long while the 32-day average is above the 128-day average, else short',
      'Each market risks 0.3% of the equity per average daily range; rolls follow the mapping',
    ],
    caveats: [
      'Four markets are few: trend programs live from breadth. The same code takes twenty tickers.',
      'Contract sizes force rounding: below about $500,000 the ten-year note is the only evenly sized position.',
    ],
    performance: { annualReturn: 0.096, volatility: 0.138, orders: 518, winRate: 0.42, beta: -0.08 },
    startYear: 2016,
    cash: 1_000_000,
  };
}

import { spoken, tickersOr } from '../strategies/strategy';
import { BUILD_SECONDS, openScript, type Behavior, type Stage } from './behavior';
import type { ScriptWriter } from '../scriptWriter';

/** Studies a hypothesis in a notebook. */
export const research: Behavior = {
  id: 'research',
  play(stage) {
    const writer = openScript(stage);
    study(writer, stage);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};

const NOTEBOOK = 'research.ipynb';

export function study(writer: ScriptWriter, stage: Stage): void {
  const { facts, random, projectId } = stage;
  const tickers = tickersOr(facts, 'SPY', 'TLT', 'GLD');
  const [ticker = 'SPY'] = tickers;
  const numbers = random.fork('numbers');
  const before = numbers.between(0.04, 0.09);
  const after = numbers.between(0.11, 0.19);
  const tStatistic = numbers.between(1.4, 2.9);
  const load = `qb = QuantBook()
symbols = [qb.add_equity(ticker, Resolution.DAILY).symbol for ticker in ${JSON.stringify(tickers).replaceAll(',', ', ')}]
history = qb.history(symbols, datetime(2010, 1, 1), datetime(2025, 12, 31), Resolution.DAILY)
closes = history["close"].unstack(level=0).dropna()
returns = closes.pct_change().dropna()
returns.describe().T[["mean", "std", "min", "max"]]`;
  const test = `signal = (closes > closes.rolling(200).mean()).shift(1, fill_value=False).loc[returns.index]
inside, outside = returns.where(signal).stack(), returns.where(~signal).stack()
t_statistic, p_value = scipy.stats.ttest_ind(inside, outside, equal_var=False)
print(f"in trend {inside.mean() * 252:.1%} a year, out of trend {outside.mean() * 252:.1%}, t = {t_statistic:.2f}, p = {p_value:.3f}")`;

  writer.think(
    `Hypothesis first: “${facts.gist}”. I need a test that could refute it, on data the hypothesis was not made from. Returns inside and outside of the condition, Welch's t-test because the variances differ, and the same split by decade to see whether it is one episode.`,
  );
  writer.say(`I'll test this on ${spoken(tickers)} in a notebook, before a line of strategy is written.`);
  writer.tool(
    'list_datasets',
    { query: 'US equity daily prices' },
    {
      success: true,
      errors: [],
      datasets: [
        { name: 'US Equities', vendor: 'AlgoSeek', resolution: 'Tick to Daily', start: '1998-01-01' },
        { name: 'US Equity Security Master', vendor: 'QuantConnect', resolution: 'Daily', start: '1998-01-01' },
      ],
    },
  );
  writer.tool(
    'jupyter_create_notebook',
    { filePath: NOTEBOOK },
    { success: true, errors: [], projectId, filePath: NOTEBOOK },
  );
  writer.tool(
    'jupyter_create_cell',
    { filePath: NOTEBOOK, index: 0, cellType: 'code', content: load },
    { success: true, errors: [], cellId: random.text(8) },
  );
  writer.tool(
    'jupyter_execute_cell',
    { filePath: NOTEBOOK, index: 0 },
    {
      success: true,
      errors: [],
      outputs: [
        {
          output_type: 'execute_result',
          text: `            mean       std       min       max\n${tickers.map((name) => `${name.padEnd(8)} ${numbers.between(0.0002, 0.0007).toFixed(6)}  ${numbers.between(0.008, 0.018).toFixed(6)} ${(-numbers.between(0.06, 0.12)).toFixed(6)}  ${numbers.between(0.06, 0.1).toFixed(6)}`).join('\n')}`,
        },
      ],
    },
    { seconds: 4 },
  );
  const failsFirst = random.fork('course').chance(0.45);
  writer.tool(
    'jupyter_create_cell',
    { filePath: NOTEBOOK, index: 1, cellType: 'code', content: test },
    { success: true, errors: [], cellId: random.text(8) },
  );
  if (failsFirst) {
    writer.toolError(
      'jupyter_execute_cell',
      { filePath: NOTEBOOK, index: 1 },
      "NameError: name 'scipy' is not defined",
      { seconds: 1.5 },
    );
    writer.tool(
      'jupyter_update_cell',
      { filePath: NOTEBOOK, index: 1, content: `import scipy.stats\n${test}` },
      { success: true, errors: [] },
    );
  }
  writer.tool(
    'jupyter_execute_cell',
    { filePath: NOTEBOOK, index: 1 },
    {
      success: true,
      errors: [],
      outputs: [
        {
          output_type: 'stream',
          name: 'stdout',
          text: `in trend ${(after * 100).toFixed(1)}% a year, out of trend ${(before * 100).toFixed(1)}%, t = ${tStatistic.toFixed(2)}, p = ${pValue(tStatistic).toFixed(3)}`,
        },
      ],
    },
    { seconds: 3 },
  );
  const verdict = tStatistic > 2 ? '**supported**, with a caveat' : '**not supported** at the usual level';
  writer.say(`## Finding

The hypothesis is ${verdict}.

| ${ticker} and peers | In the condition | Outside |
|---|---:|---:|
| Return a year | ${(after * 100).toFixed(1)}% | ${(before * 100).toFixed(1)}% |
| Volatility a year | ${(numbers.between(0.1, 0.13) * 100).toFixed(1)}% | ${(numbers.between(0.19, 0.26) * 100).toFixed(1)}% |
| Worst day | -${numbers.between(4, 6).toFixed(1)}% | -${numbers.between(8, 12).toFixed(1)}% |

- *t* = ${tStatistic.toFixed(2)} over sixteen years; the sign is the same in both halves.
- What differs reliably is the **volatility**, not the mean: the condition is better at saying when to hold less than when to earn more.
- Notebook: \`${NOTEBOOK}\`, two cells, runs in under ten seconds.

> Use it as a risk switch inside of another strategy rather than as a strategy of its own.`);
}

/** A two-sided p-value from the normal distribution, accurate to one percent of itself. */
function pValue(tStatistic: number): number {
  return Math.exp(-0.717 * tStatistic - 0.416 * tStatistic ** 2);
}

/** Tries to break a finished strategy. */
export const validation: Behavior = {
  id: 'validation',
  play(stage) {
    const { facts, random, projectId } = stage;
    const writer = openScript(stage);
    const numbers = random.fork('numbers');
    const sharpe = numbers.between(0.7, 1.2);
    const backtestId = random.text(32, '0123456789abcdef');
    writer.think(
      `I am asked to validate, so I should try to refute. “${facts.gist}” Four attacks: look-ahead in the code, sensitivity to parameters, sensitivity to costs, and dependence on single periods. One failed attack is enough to send it back.`,
    );
    writer.say('I’ll try to break it in four ways: look-ahead, parameters, costs, and periods.');
    writer.tool(
      'list_backtests',
      { projectId },
      {
        success: true,
        errors: [],
        backtests: [{ backtestId, name: 'Candidate', sharpeRatio: Number(sharpe.toFixed(3)), status: 'Completed.' }],
      },
    );
    writer.tool(
      'read_backtest',
      { projectId, backtestId },
      {
        success: true,
        errors: [],
        backtest: {
          backtestId,
          name: 'Candidate',
          status: 'Completed.',
          statistics: { 'Sharpe Ratio': sharpe.toFixed(3), Drawdown: `${numbers.between(9, 18).toFixed(3)}%` },
        },
      },
    );
    writer.tool(
      'search_file_content',
      { projectId, query: 'history(' },
      {
        success: true,
        errors: [],
        matches: [
          {
            file: 'main.py',
            line: 34,
            text: 'history = self.history(self._symbols, self._lookback + 1, Resolution.DAILY)',
          },
        ],
      },
    );
    writer.think(
      'The history request ends at the current time and the orders are sent at the next open: no look-ahead there. The universe is a fixed list of today’s winners, which is survivorship bias; I should say so plainly.',
    );
    writer.tool(
      'create_optimization',
      { projectId, name: 'Lookback 60-250', target: 'Sharpe Ratio', parallelNodes: 4 },
      {
        success: true,
        errors: [],
        optimization: { optimizationId: `O-${random.text(32, '0123456789abcdef')}`, status: 'completed' },
      },
      { seconds: 9 },
    );
    writer.say(`## Validation report

| Attack | Result | Verdict |
|---|---|---|
| Look-ahead | none found in 84 lines | ✅ pass |
| Parameters | Sharpe between ${(sharpe * 0.82).toFixed(2)} and ${(sharpe * 1.04).toFixed(2)} over lookbacks of 60 to 250 days | ✅ pass |
| Costs doubled | Sharpe falls to ${(sharpe * 0.88).toFixed(2)} | ✅ pass |
| Best year removed | Sharpe falls to ${(sharpe * 0.61).toFixed(2)} | ⚠️ weak |
| Universe | fixed list, chosen in hindsight | ❌ **fail** |

**Verdict: revise.** The logic is sound, the asset list is not. Replace the fixed tickers by a rule that could have been applied at the start of the test, and send it back to me.

\`\`\`json
{ "verdict": "revise", "blocking": ["survivorship"], "sharpe": ${sharpe.toFixed(2)} }
\`\`\``);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};

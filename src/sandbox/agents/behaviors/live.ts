import { BUILD_SECONDS, openScript, type Behavior } from './behavior';

/** Trades a strategy on paper and compares it with its backtest. */
export const paper: Behavior = {
  id: 'paper',
  play(stage) {
    const { facts, random, projectId } = stage;
    const writer = openScript(stage);
    const [ticker = 'QQQ'] = facts.tickers;
    const cents = random.fork('fill').integer(2, 9);
    const deployId = `L-${random.text(32, '0123456789abcdef')}`;
    writer.think(
      `“${facts.gist}” Paper trading answers one question: does the live behavior match the backtest of the same days? I need a node, the same parameters and a reconciliation, not a profit.`,
    );
    writer.tool(
      'read_project_nodes',
      { projectId },
      { success: true, errors: [], nodes: { live: [{ id: 'LN-1', sku: 'L-MICRO', busy: false }] } },
    );
    writer.tool(
      'create_compile',
      { projectId },
      {
        success: true,
        errors: [],
        warnings: [],
        compileId: random.text(32, '0123456789abcdef'),
        state: 'BuildSuccess',
      },
      { seconds: 3 },
    );
    writer.tool(
      'create_live_algorithm',
      {
        projectId,
        nodeId: 'LN-1',
        brokerage: { id: 'QuantConnectBrokerage' },
        dataProviders: { QuantConnectBrokerage: { id: 'QuantConnectBrokerage' } },
      },
      {
        success: true,
        errors: [],
        live: { deployId, projectId, status: 'DeploySuccess', brokerage: 'Paper' },
      },
      { seconds: 6 },
    );
    writer.say(
      'Deployed on **paper**. I give it a moment to warm up and then compare holdings with a backtest that ends now.',
    );
    writer.pause(4);
    writer.tool(
      'read_live_algorithm',
      { projectId, deployId },
      {
        success: true,
        errors: [],
        live: {
          deployId,
          status: 'Running',
          runtimeStatistics: {
            Equity: '$100,012.44',
            Holdings: '$94,880.10',
            Unrealized: '$12.44',
            Volume: '$94,867.66',
          },
        },
      },
    );
    writer.tool(
      'search_live_logs',
      { projectId, deployId, query: 'order' },
      {
        success: true,
        errors: [],
        logs: [`New Order Event: Time: 14:00:02 OrderID: 1 EventID: 2 Symbol: ${ticker} Status: Filled Quantity: 182`],
      },
    );
    writer.say(`## Reconciliation, day 1

| | Backtest | Paper | Difference |
|---|---:|---:|---:|
| Positions | 1 | 1 | 0 |
| Fill price ${ticker} | 521.18 | ${(521.18 + cents / 100).toFixed(2)} | ${(cents / 5.2118).toFixed(1)} bp |
| Exposure | 94.9% | 94.9% | 0.0% |

Everything matches within two basis points. The paper run goes on; I suggest thirty trading days before any decision.

*This tool trades on paper. Moving to a brokerage is a separate step that only you can take.*`);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};

/** Monitors algorithms that trade. */
export const live: Behavior = {
  id: 'live',
  play(stage) {
    const { facts, random, projectId } = stage;
    const writer = openScript(stage);
    const numbers = random.fork('numbers');
    const deployId = `L-${random.text(32, '0123456789abcdef')}`;
    const drift = numbers.between(-1.8, 1.2);
    writer.think(
      `“${facts.gist}” Three checks in the order of what costs most when missed: is it running, does it hold what the backtest of today would hold, and does the log say anything unusual.`,
    );
    writer.tool(
      'read_live_algorithm',
      { projectId, deployId },
      {
        success: true,
        errors: [],
        live: {
          deployId,
          projectId,
          status: 'Running',
          runtimeStatistics: {
            Equity: `$${numbers.integer(101, 118).toFixed(0)},${String(numbers.integer(100, 999))}.12`,
            Return: `${numbers.between(1, 17).toFixed(2)} %`,
          },
        },
      },
    );
    writer.tool(
      'search_live_logs',
      { projectId, deployId, query: 'warning OR error' },
      {
        success: true,
        errors: [],
        logs: [
          '13:45:07 Brokerage Warning: order 4411 was resubmitted after a connection loss of 3 s',
          '13:45:10 Brokerage Info: reconnected',
        ],
      },
    );
    writer.tool(
      'create_backtest',
      { projectId, compileId: random.text(32, '0123456789abcdef'), backtestName: 'Reconciliation' },
      {
        success: true,
        errors: [],
        backtest: {
          backtestId: random.text(32, '0123456789abcdef'),
          status: 'Completed.',
          statistics: { 'Total Orders': '41', 'Net Profit': `${numbers.between(2, 9).toFixed(3)}%` },
        },
      },
      { seconds: 8 },
    );
    writer.tool(
      'send_email_notification',
      { subject: 'Live check: all in order', message: 'One reconnection, no missed orders.' },
      { success: true, errors: [] },
    );
    writer.say(`## Live check

- **Running** without restarts since the last check.
- Holdings equal those of the reconciliation backtest. Tracking difference this month: **${drift.toFixed(1)} bp**.
- One brokerage reconnection of three seconds; order 4411 was resubmitted once and filled once.

| Limit | Now | Allowed |
|---|---:|---:|
| Drawdown | ${numbers.between(1, 6).toFixed(1)}% | 12% |
| Gross exposure | ${numbers.between(80, 97).toFixed(0)}% | 150% |
| Orders today | ${String(numbers.integer(0, 6))} | 40 |

Nothing needs you.`);
    return writer.finish({ notes: stage.notes, seconds: BUILD_SECONDS });
  },
};

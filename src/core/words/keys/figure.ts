export type FigureKey =
  | 'figure.netProfit'
  | 'figure.cagr'
  | 'figure.sharpe'
  | 'figure.sortino'
  | 'figure.psr'
  | 'figure.drawdown'
  | 'figure.winRate'
  | 'figure.orders'
  | 'figure.fees'
  | 'figure.turnover'
  | 'figure.startEquity'
  | 'figure.endEquity';

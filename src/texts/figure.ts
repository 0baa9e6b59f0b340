import * as vscode from 'vscode';
import type { FigureKey } from '../core/words/keys/figure';

export const FIGURE_TEXTS: Readonly<Record<FigureKey, string>> = {
  'figure.netProfit': vscode.l10n.t('Net profit'),
  'figure.cagr': vscode.l10n.t('CAGR'),
  'figure.sharpe': vscode.l10n.t('Sharpe'),
  'figure.sortino': vscode.l10n.t('Sortino'),
  'figure.psr': vscode.l10n.t('PSR'),
  'figure.drawdown': vscode.l10n.t('Drawdown'),
  'figure.winRate': vscode.l10n.t('Win rate'),
  'figure.orders': vscode.l10n.t('Orders'),
  'figure.fees': vscode.l10n.t('Fees'),
  'figure.turnover': vscode.l10n.t('Turnover'),
  'figure.startEquity': vscode.l10n.t('Start equity'),
  'figure.endEquity': vscode.l10n.t('End equity'),
};

import * as vscode from 'vscode';
import type { RunKey } from '../core/words/keys/run';

export const RUN_TEXTS: Readonly<Record<RunKey, string>> = {
  'run.turns': vscode.l10n.t('{0} turns'),
  'run.inTurns': vscode.l10n.t('{0} in {1} turns'),
  'run.atLeast': vscode.l10n.t('at least {0}'),
  'run.upTo': vscode.l10n.t('up to {0}'),
};

import * as vscode from 'vscode';
import type { StatusKey } from '../core/words/keys/status';

export const STATUS_TEXTS: Readonly<Record<StatusKey, string>> = {
  'status.waiting': vscode.l10n.t('In queue'),
  'status.running': vscode.l10n.t('Running'),
  'status.completed': vscode.l10n.t('Completed'),
  'status.stopped': vscode.l10n.t('Stopped'),
  'status.failed': vscode.l10n.t('Failed'),
  'status.ended': vscode.l10n.t('Ended'),
  'status.unknown': vscode.l10n.t('Unknown'),
};

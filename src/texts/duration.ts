import * as vscode from 'vscode';
import type { DurationKey } from '../core/words/keys/duration';

export const DURATION_TEXTS: Readonly<Record<DurationKey, string>> = {
  'duration.seconds': vscode.l10n.t('{0} s'),
  'duration.minutes': vscode.l10n.t('{0} m'),
  'duration.hours': vscode.l10n.t('{0} h'),
  'duration.days': vscode.l10n.t('{0} d'),
};

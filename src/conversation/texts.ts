import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  toOpen: vscode.l10n.t('open the conversation'),
});

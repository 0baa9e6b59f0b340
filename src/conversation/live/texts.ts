import * as vscode from 'vscode';
import { textTable } from '../../core/words/texts';

export const TEXTS = textTable({
  toRead: vscode.l10n.t('read the conversation'),
  toSend: vscode.l10n.t('send the prompt'),
});

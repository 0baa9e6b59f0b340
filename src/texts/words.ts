import * as vscode from 'vscode';
import type { WordsKey } from '../core/words/keys/words';

export const WORDS_TEXTS: Readonly<Record<WordsKey, string>> = {
  'words.quoted': vscode.l10n.t('“{0}”'),
  'words.labeled': vscode.l10n.t('{0}: {1}'),
  'words.inParentheses': vscode.l10n.t('{0} ({1})'),
  'words.unknownDate': vscode.l10n.t('unknown'),
};

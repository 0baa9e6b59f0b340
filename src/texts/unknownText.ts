import * as vscode from 'vscode';
import type { UnknownTextKey } from '../core/words/keys/unknownText';

export const UNKNOWNTEXT_TEXTS: Readonly<Record<UnknownTextKey, string>> = {
  'unknownText.beforeUnknown': vscode.l10n.t(
    'It replaced a passage of a file, and this conversation does not have the whole text of that file.',
  ),
  'unknownText.noMatch': vscode.l10n.t(
    'The passage it replaced is not in the version before. The file was changed outside this conversation.',
  ),
  'unknownText.severalMatches': vscode.l10n.t('The passage it replaced appears several times in the version before.'),
  'unknownText.notTold': vscode.l10n.t('The call does not say what it wrote.'),
  'unknownText.tooMuch': vscode.l10n.t('This conversation edits long files too often to follow all changes.'),
};

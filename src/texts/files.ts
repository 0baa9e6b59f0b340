import * as vscode from 'vscode';
import type { FilesKey } from '../core/words/keys/files';

export const FILES_TEXTS: Readonly<Record<FilesKey, string>> = {
  'files.saveActing': vscode.l10n.t('Tools act on these files without asking. Save them?'),
  'files.saveWritten': vscode.l10n.t('Save {0} that the agent wrote?'),
  'files.folder': vscode.l10n.t('Folder: {0}'),
  'files.leftOutActing': vscode.l10n.t('Left out, because tools act on them without asking:'),
  'files.cannotBeSaved': vscode.l10n.t('Cannot be saved:'),
  'files.saveOneByOne': vscode.l10n.t('To save a file that is left out, save it by itself.'),
  'files.saveOne': vscode.l10n.t('Save “{0}”?'),
  'files.actsOn': vscode.l10n.t(
    'A tool acts on a file of this name without asking: {0}. Read the file before you save it.',
  ),
  'files.saved': vscode.l10n.t('{0} of {1} saved.'),
  'files.leftOut': vscode.l10n.t('Left out: {0}.'),
  'files.notSaved': vscode.l10n.t('Not saved: {0}'),
  'files.andMore': vscode.l10n.t('and {0} more'),
  'files.textUnknown': vscode.l10n.t('has a text that is not known'),
};

import * as vscode from 'vscode';
import type { PathKey } from '../core/words/keys/path';

export const PATH_TEXTS: Readonly<Record<PathKey, string>> = {
  'path.absolute': vscode.l10n.t('is an absolute path'),
  'path.climbs': vscode.l10n.t('leads out of the folder'),
  'path.hidden': vscode.l10n.t('is hidden, and may change what tools on this computer do'),
  'path.invisible': vscode.l10n.t('has invisible characters'),
  'path.repository': vscode.l10n.t('has a name that git uses for its own files, and git may run what is beside it'),
  'path.long': vscode.l10n.t('is too long for some file systems'),
  'path.twin': vscode.l10n.t('is the same as another file’s path on some file systems'),
  'path.name': vscode.l10n.t('has a name that some operating systems forbid or change'),
};

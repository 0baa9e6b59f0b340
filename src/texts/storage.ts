import * as vscode from 'vscode';
import type { StorageKey } from '../core/words/keys/storage';

export const STORAGE_TEXTS: Readonly<Record<StorageKey, string>> = {
  'storage.diskFull': vscode.l10n.t('The disk is full.'),
  'storage.quotaUsedUp': vscode.l10n.t('Your disk quota is used up.'),
  'storage.readOnly': vscode.l10n.t('The storage folder of VS Code is read-only.'),
  'storage.notAllowed': vscode.l10n.t('You may not write to the storage folder of VS Code.'),
  'storage.notWritable': vscode.l10n.t('The storage folder of VS Code cannot be written.'),
  'storage.notWritableCode': vscode.l10n.t('The storage folder of VS Code cannot be written ({0}).'),
};

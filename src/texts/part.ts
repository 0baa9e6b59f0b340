import * as vscode from 'vscode';
import type { PartKey } from '../core/words/keys/part';

export const PART_TEXTS: Readonly<Record<PartKey, string>> = {
  'part.notAnObject': vscode.l10n.t('This part is not an object.'),
  'part.noType': vscode.l10n.t('This part does not say its type.'),
  'part.sourceNoAddress': vscode.l10n.t('This source has no address.'),
  'part.sourceNoTitle': vscode.l10n.t('This source has no title.'),
  'part.noText': vscode.l10n.t('This text part has no text.'),
  'part.noThought': vscode.l10n.t('This reasoning part has no text.'),
  'part.fileNameless': vscode.l10n.t('This file has neither a name nor an address.'),
  'part.steeringEmpty': vscode.l10n.t('This steering message has no parts.'),
  'part.noData': vscode.l10n.t('This data part has no data.'),
  'part.toolNameless': vscode.l10n.t('This tool call does not name its tool.'),
  'part.badState': vscode.l10n.t('This tool call has a state that is not text.'),
  'part.image': vscode.l10n.t('Image'),
  'part.file': vscode.l10n.t('File'),
  'part.line': vscode.l10n.t('line {0}'),
  'part.runtimeError': vscode.l10n.t('The backtest ended with a runtime error.'),
};

import * as vscode from 'vscode';
import type { MarkdownFileKey } from '../core/words/keys/markdownFile';

export const MARKDOWNFILE_TEXTS: Readonly<Record<MarkdownFileKey, string>> = {
  'markdownFile.tooLong': vscode.l10n.t('The front matter is too long: {0} characters. The limit is {1}.'),
  'markdownFile.tooDeep': vscode.l10n.t('The front matter cannot be read: it is nested too deeply.'),
  'markdownFile.invalid': vscode.l10n.t('This is not valid YAML: {0}'),
  'markdownFile.alias': vscode.l10n.t(
    'YAML reads * as an alias, and aliases are not supported here. If this is text, put quotes around the value.',
  ),
  'markdownFile.colon': vscode.l10n.t('A value with a colon and a space in it needs quotes around it.'),
  'markdownFile.tabs': vscode.l10n.t('Indent with spaces: YAML does not allow tabs.'),
  'markdownFile.character': vscode.l10n.t('A value that begins with this character needs quotes around it.'),
  'markdownFile.oneDocument': vscode.l10n.t('The front matter can have only one YAML document.'),
  'markdownFile.unexpected': vscode.l10n.t(
    'YAML does not expect this here. If this is text, put quotes around the whole value.',
  ),
  'markdownFile.tags': vscode.l10n.t(
    'Tags (words that begin with !) have no meaning here. If this is text, put quotes around the value.',
  ),
  'markdownFile.directives': vscode.l10n.t('Directives (lines that begin with %) have no meaning here.'),
  'markdownFile.twice': vscode.l10n.t('The key “{0}” appears twice.'),
};

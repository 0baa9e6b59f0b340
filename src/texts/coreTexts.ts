import * as vscode from 'vscode';
import type { MessageKey } from '../core/words/messageKeys';
import type { InstalledTexts } from '../core/words/texts';
import { COUNT_TEXTS } from './count';

/** Every text of `core`. A key without a text does not compile. */
const TEXTS: Readonly<Record<MessageKey, string>> = {
  ...COUNT_TEXTS,
};

/** The texts of `core` in the language that VS Code shows. Without a translation they are English. */
export function coreTexts(): InstalledTexts {
  return { language: vscode.l10n.bundle === undefined ? 'en' : vscode.env.language, texts: TEXTS };
}

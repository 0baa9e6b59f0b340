/**
 * As much of VS Code's API as tables of texts need. Unit tests get it for `vscode`, and those that mock `vscode` take it
 * into their mock.
 */

/** Without a translation VS Code answers with the English text. */
export const l10n = { bundle: undefined, t: (text: string): string => text };
export const env = { language: 'en' };

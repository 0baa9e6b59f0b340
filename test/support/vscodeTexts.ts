/**
 * The part of VS Code's API that tables of texts need. Unit tests get it as `vscode`. Tests with their own mock include
 * it there.
 */

/** Without a translation, VS Code returns the English text. */
export const l10n = { bundle: undefined, t: (text: string): string => text };
export const env = { language: 'en' };

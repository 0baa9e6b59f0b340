/**
 * How VS Code reads text, as the regular expressions in its source. `test/host/grammars.test.ts` looks for them in the
 * VS Code that runs it, so we notice when a new version has another grammar.
 */

/** `linkedText.ts`: notifications, progress, prompts and problems of input boxes, buttons in views. */
// eslint-disable-next-line no-useless-escape -- letter by letter as VS Code has it
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^\)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

const ICON_NAME = '[A-Za-z0-9-]+';
const ICON_MODIFIER = '~[A-Za-z]+';

/**
 * `iconLabels.ts`, what draws an icon: quick picks, status bar, code lenses, completion, prompts and problems of input
 * boxes.
 */
const ICON = new RegExp(`(\\\\)?\\$\\((${ICON_NAME}(?:${ICON_MODIFIER})?)\\)`, 'g');

/** `iconLabels.ts`, what removes icons from a text before a search. It knows no backslash. */
const ICON_IN_SEARCH = /\$\([A-Za-z0-9~-]+\)/g;

/** The pieces that VS Code's bundle must contain, exactly as here. */
export const IN_BUNDLE: Readonly<Record<string, string>> = {
  link: LINK.source,
  'name of an icon': `iconNameExpression="${ICON_NAME}"`,
  'modifier of an icon': `iconModifierExpression="${ICON_MODIFIER}"`,
  'character of an icon': 'iconNameCharacter="[A-Za-z0-9~-]"',
  'longest notification': 'MAX_MESSAGE_LENGTH=1e3',
};

/** What VS Code would read in the text. */
export function linksIn(text: string): readonly string[] {
  // A notification loses its line breaks first.
  return [text, text.replace(/(\r\n|\n|\r)/gm, ' ')].flatMap((seen) => [...seen.matchAll(LINK)].map(([link]) => link));
}

export function iconsIn(text: string): readonly string[] {
  return [
    ...[...text.matchAll(ICON)].filter(([, escape]) => escape === undefined),
    ...text.matchAll(ICON_IN_SEARCH),
  ].map(([icon]) => icon);
}

import { findFrontMatter } from '../markdownFile/frontMatter';
import type { TextPosition } from '../markdownFile/positions';
import { linesFrom } from '../markdownFile/text';
import { SETTING_NAMES, type SettingName } from './settings';

/** What can be completed at a position in a prompt file, and the columns that the completion replaces. */
export interface CompletionTarget {
  readonly what:
    | { readonly kind: 'section' }
    | { readonly kind: 'settingName'; readonly missing: readonly SettingName[] }
    | { readonly kind: 'value'; readonly of: SettingName };
  readonly startCharacter: number;
  readonly endCharacter: number;
  /** Whether the inserted text needs a space before it. */
  readonly needsBlank: boolean;
}

/**
 * Finds what the cursor is at. Reads lines, not YAML, because text is rarely valid while the user types.
 * @returns undefined outside the front matter, and where there is nothing to complete.
 */
export function completionTargetAt(text: string, { line, character }: TextPosition): CompletionTarget | undefined {
  const matter = findFrontMatter(text);
  if (matter.kind !== 'closed') return undefined;
  const lines = [...linesFrom(text, 0)]
    .filter(({ start }) => start < matter.yamlEnd)
    .map(({ start, end }) => text.slice(start, end));
  const current = lines[line];
  if (current === undefined || line === 0) return undefined;
  const before = current.slice(0, character);
  const target = (what: CompletionTarget['what'], startCharacter: number, endCharacter: number): CompletionTarget => ({
    what,
    startCharacter,
    endCharacter,
    needsBlank: before.charAt(startCharacter - 1) === ':',
  });

  const section = lines.findIndex((content) => /^quantconnect[ \t]*:[ \t]*(?:#.*)?$/.test(content));
  if (/^\w*$/.test(before) && section < 0) return target({ kind: 'section' }, 0, character);
  if (section < 0 || line <= section || lines.slice(section + 1, line).some((content) => /^[^\s#]/.test(content)))
    return undefined;

  const value = /^[ \t]+(\w+)[ \t]*:[ \t]*/.exec(before);
  if (value) {
    const of = SETTING_NAMES.find((name) => name === value[1]);
    const rest = current.slice(character);
    return of && target({ kind: 'value', of }, value[0].length, character + valueEnd(rest));
  }
  const name = /^[ \t]+(\w*)$/.exec(before);
  if (!name) return undefined;
  const own = lines
    .slice(section + 1)
    .flatMap((content, index) => (section + 1 + index === line ? [] : [/^[ \t]+(\w+)[ \t]*:/.exec(content)?.[1]]));
  const missing = SETTING_NAMES.filter((known) => !own.includes(known));
  return target({ kind: 'settingName', missing }, before.length - (name[1]?.length ?? 0), character);
}

/** The end of a value: before the spaces that precede a comment or the end of the line. */
function valueEnd(rest: string): number {
  for (const { 0: blanks, 1: hash, index } of rest.matchAll(/[ \t]+(#?)/g)) {
    if (hash === '#' || index + blanks.length === rest.length) return index;
  }
  return rest.length;
}

/**
 * Where the texts behind message keys come from. They are installed once: by the extension when it starts, by the page
 * before it draws, and by the setup of the unit tests.
 */
import type { MessageKey, Noun } from './messageKeys';

declare const isTemplate: unique symbol;

/**
 * A text of ours, with `{0}`, `{1}` … where values go. Only {@link textTable} makes one from a string. So a text that
 * others wrote can never become a template.
 */
export type Template = string & { readonly [isTemplate]: true };

/**
 * The texts of one feature. Each is `vscode.l10n.t('…')` with a literal: only then `npm run texts` finds it. A test
 * holds this.
 */
export function textTable<Key extends string>(texts: Readonly<Record<Key, string>>): Readonly<Record<Key, Template>> {
  return texts as Readonly<Record<Key, Template>>;
}

/** The texts of `core` in one language. */
export interface InstalledTexts {
  /** As a BCP 47 tag. It decides on plurals and on how numbers are written. */
  readonly language: string;
  readonly texts: Readonly<Partial<Record<MessageKey, string>>>;
}

let texts: ReadonlyMap<string, string> = new Map();
let language = 'en';
// Made on first use, as making one takes longer than a hundred uses, and the start needs none.
let plurals: Intl.PluralRules | undefined;
let numbers: Intl.NumberFormat | undefined;

/** Installs the texts of `core`. Later calls replace them. */
export function useTexts(installed: InstalledTexts): void {
  texts = new Map(Object.entries(installed.texts));
  language = installed.language;
  plurals = undefined;
  numbers = undefined;
}

/** The language of the installed texts, as a tag that `Intl` takes. */
export function textLanguage(): string {
  return known(language);
}

/** The text of a key. A template is its own text, and so is a key that no table has: then a reader sees the key. */
export function wordingOf(template: Template | MessageKey): string {
  return texts.get(template) ?? template;
}

/**
 * The text of a key with its values, as a plain string. Only for a place that makes the whole text harmless itself, as
 * the page and the documents do. Everywhere else: `say`.
 */
export function written(key: MessageKey, ...values: readonly (string | number)[]): string {
  return wordingOf(key).replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}

/** `1 order`, `1,420 orders`, as a plain string. */
export function counted(amount: number, noun: Noun): string {
  return written(`count.${noun}.${pluralForm(amount)}`, formatNumber(amount));
}

/** Which of its two texts a noun takes. */
export function pluralForm(amount: number): 'one' | 'other' {
  plurals ??= new Intl.PluralRules(known(language));
  return plurals.select(amount) === 'one' ? 'one' : 'other';
}

/** A number as the language of the texts writes it: `1,234`. */
export function formatNumber(amount: number): string {
  numbers ??= new Intl.NumberFormat(known(language));
  return numbers.format(amount);
}

/** VS Code may name a language that `Intl` does not know. */
function known(tag: string): string {
  try {
    return Intl.PluralRules.supportedLocalesOf([tag])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

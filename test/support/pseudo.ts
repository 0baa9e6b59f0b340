import type { PageTexts } from '../../src/core/pages/texts';

/**
 * A text as if it were translated: `[!!Ｓｔｏｐ {0}!!]`. Its letters are full-width, so that English which comes in another
 * way can be told from it, inside of the text as well.
 */
export function pseudo(english: string): string {
  return `[!!${english.replace(/[A-Za-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))}!!]`;
}

export function pseudoTexts({ page, core }: PageTexts): PageTexts {
  return { page: translated(page), core: { ...core, texts: translated(core.texts) } };
}

/** Each text as if it were translated. */
export function translated<Texts extends Readonly<Record<string, string>>>(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, english]) => [key, pseudo(english)])) as Texts;
}

/** The texts of the page. They are in its HTML, so the page has them before its scripts run, and without the panel. */
import type { PageText, PageTexts } from '../../src/core/pages/texts';
import type { Noun } from '../../src/core/words/messageKeys';
import { render } from '../../src/core/words/render';
import { useTexts } from '../../src/core/words/texts';
import { count } from '../../src/core/words/words';

let texts: Readonly<Record<string, string>> = {};

/** Installs the texts of the page and of `core`, given as JSON. Runs before anything is drawn. */
export function installTexts(json: string): void {
  const { page, core } = JSON.parse(json) as PageTexts;
  texts = page;
  useTexts(core);
}

/** One text. Values replace `{0}`, `{1}` … */
export function text(key: PageText, ...values: readonly (string | number)[]): string {
  return template(key).replace(VALUE, (_, index: string) => String(values[Number(index)] ?? ''));
}

/** `1 file`, `1,420 files`. */
export function counted(amount: number, noun: Noun): string {
  return render(count(amount, noun), 'page');
}

/** One text whose values are elements: `[Enter] to send`. */
export function textAround(key: PageText, ...values: readonly Node[]): readonly (Node | string)[] {
  return template(key)
    .split(VALUE)
    .flatMap((piece, index): readonly (Node | string)[] => {
      if (index % 2 === 0) return piece === '' ? [] : [piece];
      const value = values[Number(piece)];
      return value ? [value] : [];
    });
}

const VALUE = /\{(\d+)\}/g;

const template = (key: PageText): string => texts[key] ?? key;

import { cut, plainLine, plainLines } from './plain';
import { wordingOf } from './texts';
import { given, isWords, type Text } from './words';

/** How much of a value is shown in a tooltip. */
const VALUE = 400;

/**
 * Words as the source of a `MarkdownString`. The template is Markdown of ours. Of a value each mark of ASCII becomes a
 * character reference, so nothing is left of it that Markdown could read: no link, no picture, no address that becomes
 * a link by itself.
 */
export function renderMarkdown(text: Text): string {
  const { template, values } = isWords(text) ? text : given(text);
  return wordingOf(template).replace(/\{(\d+)\}/g, (place, index: string) => {
    const value = values[Number(index)];
    if (value === undefined) return place;
    return isWords(value) ? renderMarkdown(value) : escaped(String(value));
  });
}

/** A text that is empty still parts the marks around it: `****` would be a line. */
const EMPTY = '&#160;';

function escaped(value: string): string {
  const text = cut(plainLines(value.slice(0, VALUE * 8)), VALUE);
  return (
    text
      .split('\n')
      .map(plainLine)
      .filter((line) => line !== '')
      .map((line) => line.replace(/[!-/:-@[-`{-~]/g, (mark) => `&#${String(mark.charCodeAt(0))};`))
      .join('\\\n') || EMPTY
  );
}

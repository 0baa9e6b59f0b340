/** Where a Markdown document's front matter ends and its body begins. Knows nothing of YAML. */

export type SplitDocument =
  | { readonly kind: 'none' }
  | { readonly kind: 'unterminated'; readonly fenceEnd: number }
  | {
      readonly kind: 'complete';
      /** The text between the two `---` lines. */
      readonly yaml: string;
      readonly yamlStart: number;
      /** What follows, without the one blank line that sets it apart. */
      readonly body: string;
    };

const LINE_END = String.raw`\r\n|\n|\r`;
// No `m` flag: with it, `^` would match after U+2028 as well, which ends no line here.
const OPENING = new RegExp(String.raw`^\uFEFF?---[ \t]*(?:${LINE_END}|$)`);
const CLOSING = new RegExp(String.raw`(^|[\r\n])---[ \t]*(?:${LINE_END}|$)`);
const BLANK_LINE = new RegExp(`^(?:${LINE_END})`);

export function splitDocument(text: string): SplitDocument {
  const opening = OPENING.exec(text);
  if (!opening) return { kind: 'none' };
  const yamlStart = opening[0].length;
  const rest = text.slice(yamlStart);
  const closing = CLOSING.exec(rest);
  if (!closing) return { kind: 'unterminated', fenceEnd: opening[0].trimEnd().length };
  const yaml = rest.slice(0, closing.index + (closing[1] ?? '').length);
  const body = rest.slice(closing.index + closing[0].length).replace(BLANK_LINE, '');
  return { kind: 'complete', yaml, yamlStart, body };
}

/**
 * Puts a document together so that {@link splitDocument} gives `body` back to the last character. `yaml` ends with a
 * line end.
 */
export function joinDocument(yaml: string, body: string): string {
  const lineEnd = prevailingLineEnd(body);
  // An editor shows one kind of line end in a document: it must be the body's, or opening it would already change the
  // body.
  return `---\n${yaml}---\n\n`.replaceAll('\n', lineEnd) + body;
}

/** Texts that differ in line ends alone are one text to an editor, which turns them all into one kind. */
export function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

function prevailingLineEnd(text: string): '\n' | '\r\n' {
  const all = text.match(/\r\n|\r|\n/g) ?? [];
  const withReturn = all.filter((lineEnd) => lineEnd !== '\n').length;
  return withReturn > all.length / 2 ? '\r\n' : '\n';
}

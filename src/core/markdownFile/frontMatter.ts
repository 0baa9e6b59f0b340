import { BYTE_ORDER_MARK, linesFrom } from './text';

/** The parts of a Markdown file, as offsets. Needs no YAML parser, because that loads only on first use. */
export type FrontMatter =
  | { readonly kind: 'none'; readonly bodyStart: number }
  /** The first line is `---`, and no later line is. */
  | { readonly kind: 'unterminated'; readonly fenceStart: number; readonly fenceEnd: number }
  | {
      readonly kind: 'closed';
      readonly fenceStart: number;
      readonly yamlStart: number;
      readonly yamlEnd: number;
      readonly bodyStart: number;
    };

const isFence = (line: string): boolean => /^---[ \t]*$/.test(line);

/** Finds the front matter: the text between a first line `---` and the next line `---`. */
export function findFrontMatter(text: string): FrontMatter {
  const fenceStart = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  let opening: { end: number; next: number } | undefined;
  for (const { start, end, next } of linesFrom(text, fenceStart)) {
    const isFenceLine = isFence(text.slice(start, end));
    if (opening && isFenceLine)
      return { kind: 'closed', fenceStart, yamlStart: opening.next, yamlEnd: start, bodyStart: next };
    if (opening) continue;
    if (!isFenceLine) break;
    opening = { end, next };
  }
  return opening
    ? { kind: 'unterminated', fenceStart, fenceEnd: opening.end }
    : { kind: 'none', bodyStart: fenceStart };
}

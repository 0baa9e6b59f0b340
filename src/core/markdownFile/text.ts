/** Lines of a text, and edits to it. A line ends as in VS Code: with `\r\n`, `\n` or a lone `\r`. */

/** Replaces the text between two offsets. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export const BYTE_ORDER_MARK = '\uFEFF';

export interface Line {
  readonly start: number;
  /** Offset of the line break, or the end of the text. */
  readonly end: number;
  /** Offset of the next line. Equals {@link end} on a last line without a line break. */
  readonly next: number;
}

/**
 * Yields the lines of a text one by one. A line break at the end of the text begins no further line.
 * @param offset the start of a line.
 */
export function* linesFrom(text: string, offset: number): Generator<Line> {
  const lineBreak = /\r\n|\n|\r/g;
  let start = offset;
  lineBreak.lastIndex = start;
  for (let found = lineBreak.exec(text); found; found = lineBreak.exec(text)) {
    yield { start, end: found.index, next: lineBreak.lastIndex };
    start = lineBreak.lastIndex;
  }
  if (start < text.length) yield { start, end: text.length, next: text.length };
}

/** The lines as an editor shows them: a line break at the end of the text begins one more, empty line. */
export function splitLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Applies edits to a text. They must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end), text);
}

/** The first line break of a text, or `\n` if the text has only one line. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** The text with `\n` for every line break. An editor turns all line breaks into one kind, so the kind is no change. */
export function withPlainLineBreaks(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/**
 * Places in a text, as editors count them: lines and UTF-16 code units from 0, a byte order mark not being part of the
 * first line.
 */

export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** Replaces what stands between two offsets. */
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
  /** Offset of the next line; equals {@link end} on a last line without a line break. */
  readonly next: number;
}

/** The lines of a text from an offset on, which has to be the start of a line. */
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

/** Turns offsets in a text into positions. */
export function positionsIn(text: string): (offset: number) => TextPosition {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const starts = [mark, ...[...linesFrom(text, 0)].filter(({ end, next }) => next > end).map(({ next }) => next)];
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: Math.max(0, offset - (starts[low] ?? 0)) };
  };
}

/** The text with the edits applied; they must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.newText + result.slice(edit.end), text);
}

/** The line break a text is written with; `\n` for a text of one line. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

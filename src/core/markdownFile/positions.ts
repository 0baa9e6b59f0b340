/** Positions in a text as editors count them: lines and UTF-16 code units from 0. */
import { TextDocument, type Position, type Range } from 'vscode-languageserver-textdocument';
import { BYTE_ORDER_MARK } from './text';

export type TextPosition = Readonly<Position>;

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** Turns two offsets in a text into a range. */
export type RangeOf = (start: number, end: number) => TextRange;

/**
 * Counts the lines of a text once, and turns offsets into ranges. A byte order mark does not count as a column, because
 * no editor shows it. Offsets outside the text become its first or last position.
 */
export function rangesIn(text: string): RangeOf {
  const markLength = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  const document = TextDocument.create('', '', 0, text.slice(markLength));
  const positionAt = (offset: number): TextPosition => document.positionAt(offset - markLength);
  return (start, end): Readonly<Range> => ({ start: positionAt(start), end: positionAt(Math.max(start, end)) });
}

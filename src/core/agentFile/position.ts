/** Places in a document, counted as editors count them: from 0, columns in UTF-16 units. */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Finds the position of an offset. Lines end as in VS Code: with `\r\n`, `\n` or a lone `\r`. */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(text: string) {
    const starts = [0];
    for (const lineEnd of text.matchAll(/\r\n|\r|\n/g)) starts.push(lineEnd.index + lineEnd[0].length);
    this.starts = starts;
  }

  positionAt(offset: number): Position {
    let line = 0;
    let after = this.starts.length;
    while (after - line > 1) {
      const middle = (line + after) >>> 1;
      if ((this.starts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { line, character: Math.max(0, offset - (this.starts[line] ?? 0)) };
  }

  rangeOf(start: number, end: number): Range {
    return { start: this.positionAt(start), end: this.positionAt(Math.max(start, end)) };
  }
}

/** The search stops at these elements: their own top is precise enough for a line. */
const WHOLE = new Set(['PRE', 'P', 'SUMMARY', 'TR', 'H2', 'H3', 'H4', 'H5', 'H6', 'svg']);
const DEEPEST = 14;

interface Mark {
  readonly element: Element;
  /** From the row's top to the element's, in pixels. */
  readonly offset: number;
}

/**
 * Remembers the line that the reader reads in a row, as the elements around it, innermost first. When something above
 * it in the row changes its height, it says how far the line moved. This works even if the innermost element is gone.
 */
export class ReadingLine {
  private constructor(
    private readonly row: Element,
    private readonly marks: readonly Mark[],
  ) {}

  /** @param top the top of the visible area, in viewport coordinates. */
  static at(row: Element, top: number): ReadingLine {
    const rowTop = row.getBoundingClientRect().top;
    const marks: Mark[] = [];
    let element: Element | undefined = row;
    for (let depth = 0; depth < DEEPEST && element && !WHOLE.has(element.nodeName); depth++) {
      element = [...element.children].find((child) => {
        const box = child.getBoundingClientRect();
        return box.height > 0 && box.bottom > top + 1;
      });
      if (element) marks.unshift({ element, offset: element.getBoundingClientRect().top - rowTop });
    }
    return new ReadingLine(row, marks);
  }

  /** The line of a clicked element, which stays under the pointer. */
  static of(row: Element, element: Element): ReadingLine {
    return new ReadingLine(row, [
      { element, offset: element.getBoundingClientRect().top - row.getBoundingClientRect().top },
    ]);
  }

  /** How far the line has moved inside its row, in pixels. */
  moved(): number {
    const mark = this.marks.find(({ element }) => this.row.contains(element) && element.checkVisibility());
    if (!mark) return 0;
    return mark.element.getBoundingClientRect().top - this.row.getBoundingClientRect().top - mark.offset;
  }
}

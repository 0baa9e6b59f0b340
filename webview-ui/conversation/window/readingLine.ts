/** What inside of a row nothing is looked for: a line of these is found well enough by their own top. */
const WHOLE = new Set(['PRE', 'P', 'SUMMARY', 'TR', 'H2', 'H3', 'H4', 'H5', 'H6', 'svg']);
const DEEPEST = 14;

interface Mark {
  readonly element: Element;
  /** From the row's top to the element's. */
  readonly offset: number;
}

/**
 * The line that is being read in a row, remembered as the elements around it from the innermost to the outermost: when
 * what stands above it in the same row changes its height, it tells by how much the line was moved, also if the
 * innermost element is gone by then.
 */
export class ReadingLine {
  private constructor(
    private readonly row: Element,
    private readonly marks: readonly Mark[],
  ) {}

  /** @param top where what is seen begins, in the viewport's coordinates. */
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

  /** An element that was pressed: it stays under the pointer. */
  static of(row: Element, element: Element): ReadingLine {
    return new ReadingLine(row, [
      { element, offset: element.getBoundingClientRect().top - row.getBoundingClientRect().top },
    ]);
  }

  /** By how many pixels the line has moved inside of its row since it was remembered. */
  moved(): number {
    const mark = this.marks.find(({ element }) => this.row.contains(element) && element.checkVisibility());
    if (!mark) return 0;
    return mark.element.getBoundingClientRect().top - this.row.getBoundingClientRect().top - mark.offset;
  }
}

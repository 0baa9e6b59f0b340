import { el } from '../../shared/dom';

export interface Row {
  readonly element: HTMLElement;
}

/** A row that is in the page, and its index. */
export interface Drawn<R extends Row> {
  readonly key: string;
  readonly row: R;
  index: number;
  top: number;
}

/** The rows of a long list that are in the page: sorted, positioned, and observed for changes of height. */
export class DrawnRows<R extends Row> implements Iterable<Drawn<R>> {
  readonly element = el('div', { class: 'rows' });
  private readonly drawn = new Map<string, Drawn<R>>();

  constructor(private readonly observer: ResizeObserver) {}

  [Symbol.iterator](): IterableIterator<Drawn<R>> {
    return this.drawn.values();
  }

  get(key: string): Drawn<R> | undefined {
    return this.drawn.get(key);
  }

  has(key: string): boolean {
    return this.drawn.has(key);
  }

  /** The row that contains an element. */
  around(element: Element): Drawn<R> | undefined {
    for (const drawn of this) if (drawn.row.element.contains(element)) return drawn;
    return undefined;
  }

  /** Infinity if there is none. */
  get firstIndex(): number {
    let first = Infinity;
    for (const { index } of this) first = Math.min(first, index);
    return first;
  }

  add(key: string, index: number, row: R): Drawn<R> {
    const added: Drawn<R> = { key, row, index, top: Number.NaN };
    let next: Drawn<R> | undefined;
    for (const other of this) {
      if (other.index > index && (!next || other.index < next.index)) next = other;
    }
    this.element.insertBefore(row.element, next?.row.element ?? null);
    this.drawn.set(key, added);
    return added;
  }

  /**
   * Observes rows from the next frame on. Inside the observer's own call, the browser would report them as undelivered.
   */
  watch(added: readonly Drawn<R>[]): void {
    requestAnimationFrame(() => {
      for (const drawn of added) if (this.drawn.get(drawn.key) === drawn) this.observer.observe(drawn.row.element);
    });
  }

  remove(drawn: Drawn<R>): void {
    this.observer.unobserve(drawn.row.element);
    drawn.row.element.remove();
    this.drawn.delete(drawn.key);
  }

  put(drawn: Drawn<R>, top: number): void {
    if (drawn.top === top) return;
    drawn.top = top;
    drawn.row.element.style.top = `${String(top)}px`;
  }

  /** Sets the height of the whole list, in pixels. */
  setHeight(pixels: number): void {
    const height = `${String(pixels)}px`;
    if (this.element.style.height !== height) this.element.style.height = height;
  }
}

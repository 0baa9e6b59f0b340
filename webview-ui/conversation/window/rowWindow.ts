import { DrawnRows, type Drawn, type Row } from './drawnRows';
import { ReadingLine } from './readingLine';
import { RowHeights } from './rowHeights';

/** How near the end counts as at the end, in pixels, when the reader comes from above. */
const NEAR = 32;
/** What is kept ready above and below what is seen, in pixels; filled in when the browser has time. */
const AHEAD = 400;
/** What is left in place beyond that, so that a small movement back and forth builds nothing. */
const LINGER = 200;
/**
 * Rows built before they are measured: estimates err, and a row that turns out not to be seen was built for nothing.
 */
const BATCH = 4;
/** So many rounds always suffice, as each one builds a row; a guard against a row that never stops changing. */
const ROUNDS = 200;
const SETTLE_MS = 150;
/** What building one row may take, so that a frame is not missed for rows that nobody sees yet. */
const ROW_MS = 12;

/** What a row is known by: unique, and the same as long as it is the same row. */
interface Keyed {
  readonly key: string;
}

/** The rows as their owner knows them. */
export interface RowSource<R extends Row> {
  /** In order. What did not change had better be the same object as before: comparing is cheap then. */
  rows(): readonly Keyed[];
  /** A first guess in pixels, cheap: the row is measured once it is built. */
  estimateAt(index: number): number;
  build(index: number): R;
}

/** Where the reader is: a row, and its line that stays in place whatever happens around it. */
interface Anchor {
  readonly key: string;
  readonly line: ReadingLine | undefined;
}

export interface RowOffset {
  readonly key: string;
  /** How far the row's top is below the top of what is seen. */
  readonly offset: number;
}

/**
 * Of a long list of rows, the ones that are seen. While the reader is at the end it follows the end; else the line
 * being read stays where it is.
 *
 * Corrections do not touch the scroll position: a row above the line that turns out higher than it was guessed moves
 * the rows (`shift`), not the scrollbar, so a wheel or a held key is never interrupted and moves as far as it says. The
 * shift goes into the scroll position when the reader pauses.
 */
export class RowWindow<R extends Row> {
  private readonly heights = new RowHeights();
  private rows: readonly Keyed[] = [];
  private following = true;
  private shift = 0;
  private anchor: Anchor | undefined;
  private lastTop = 0;
  /** Where the scroller itself stands in the page; undefined before it is there. */
  private scrollerTop: number | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private fillScheduled = false;
  private readonly observer = new ResizeObserver(() => this.layout());
  private readonly drawn = new DrawnRows<R>(this.observer);

  /**
   * @param tail what stands below the rows in the same scroller.
   * @param changed whether it follows the end, when that changes.
   * @param settled the reader has come to rest.
   */
  constructor(
    private readonly scroller: HTMLElement,
    private readonly tail: HTMLElement,
    private readonly source: RowSource<R>,
    private readonly on: { readonly followingChanged: () => void; readonly settled: () => void },
  ) {
    scroller.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.observer.observe(scroller);
    this.observer.observe(tail);
    // Opening a fold is reading: the line that was pressed stays where it is.
    scroller.addEventListener(
      'click',
      (event) => {
        const summary = event.target instanceof Element ? event.target.closest('summary') : null;
        if (summary) this.hold(summary);
      },
      { capture: true },
    );
    // What opens and closes again within a frame never changed its size for the observer, but was measured in between.
    scroller.addEventListener('toggle', () => this.layout(), { capture: true });
  }

  /** Holds the rows. */
  get element(): HTMLElement {
    return this.drawn.element;
  }

  get isFollowing(): boolean {
    return this.following;
  }

  /** The list has changed. @param update brings a row that is there in step with what stands at its index now. */
  refresh(update: (row: R, index: number) => void): void {
    this.updateRows();
    for (const { row, index } of this.drawn) update(row, index);
    this.layout();
  }

  toEnd(): void {
    this.follow(true);
    this.layout();
  }

  /** Puts a row's top so far below the top of what is seen. False if there is no such row. */
  show({ key, offset }: RowOffset): boolean {
    const index = this.indexOf(key);
    if (index < 0) return false;
    this.follow(false);
    this.shift = 0;
    this.scrollerTop = undefined;
    // Measuring the rows around it can make room that was not there: at the second time it comes to stand where it
    // shall.
    for (let time = 0; time < 2; time++) {
      this.anchor = { key, line: undefined };
      this.size();
      this.scrollTo(this.lead() + this.heights.topOf(index) + this.shift - offset);
      this.build();
    }
    this.layout();
    return true;
  }

  /** The first row that is seen. */
  place(): RowOffset | undefined {
    const y = this.scroller.scrollTop - this.lead() - this.shift;
    const index = this.heights.at(y);
    const key = this.rows[index]?.key;
    return key === undefined ? undefined : { key, offset: this.heights.topOf(index) - y };
  }

  /** A row that is there now. */
  rowOf(key: string): R | undefined {
    return this.drawn.get(key)?.row;
  }

  /** Keys come and go in one place of the list in nearly every case: at its end, or before its beginning. */
  private updateRows(): void {
    const before = this.rows;
    const rows = this.source.rows();
    if (rows === before) return;
    const anchorTop = this.anchorTop();
    const shorter = Math.min(before.length, rows.length);
    let start = 0;
    while (start < shorter && isSame(before[start], rows[start])) start++;
    let end = 0;
    while (end < shorter - start && isSame(before[before.length - 1 - end], rows[rows.length - 1 - end])) end++;
    this.rows = rows;
    if (start === rows.length && start === before.length) return;
    const changedTo = rows.length - end;
    this.heights.splice(
      start,
      before.length - start - end,
      rows.slice(start, changedTo).map((_, index) => this.source.estimateAt(start + index)),
    );
    for (const drawn of [...this.drawn]) {
      if (drawn.index < start) continue;
      const index =
        drawn.index >= before.length - end
          ? drawn.index + rows.length - before.length
          : rows.findIndex(({ key }, at) => at >= start && at < changedTo && key === drawn.key);
      if (index < 0) this.drawn.remove(drawn);
      else drawn.index = index;
    }
    const now = this.anchorTop();
    if (anchorTop === undefined || now === undefined || this.following) return;
    this.shift += anchorTop - now;
    // What was put before it is there to be scrolled to at once.
    this.normalize();
  }

  private anchorTop(): number | undefined {
    const index = this.anchorIndex();
    return index === undefined ? undefined : this.heights.topOf(index);
  }

  private anchorIndex(): number | undefined {
    if (!this.anchor) return undefined;
    const { key } = this.anchor;
    const index = this.drawn.get(key)?.index ?? this.indexOf(key);
    return this.rows[index]?.key === key ? index : undefined;
  }

  private indexOf(key: string): number {
    return this.rows.findIndex((row) => row.key === key);
  }

  private scrolled(): void {
    if (!this.notice()) return;
    this.layout();
    this.settleSoon();
  }

  private settleSoon(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** Whether the reader has scrolled since it was last looked at; the event that tells so can come after a layout. */
  private notice(): boolean {
    const top = this.scroller.scrollTop;
    const moved = top - this.lastTop;
    if (Math.abs(moved) < 1) return false;
    this.lastTop = top;
    const left = this.scroller.scrollHeight - top - this.scroller.clientHeight;
    if (moved < 0 && left > 1) this.follow(false);
    else if (left <= (moved > 0 ? NEAR : 1)) this.follow(true);
    const isJump = Math.abs(moved) > 4 * this.scroller.clientHeight;
    if (!this.following && top <= 0) this.leap(0);
    else if (!this.following && isJump) this.leap(top - this.lead() - this.shift);
    return true;
  }

  /** Far away nothing that was seen is seen: whatever row the place belongs to is where the reader is. */
  private leap(place: number): void {
    if (place <= 0) this.shift = 0;
    const key = this.rows[this.heights.at(place)]?.key;
    this.anchor = key === undefined ? undefined : { key, line: undefined };
  }

  private settle(): void {
    this.normalize();
    this.layout();
    this.on.settled();
  }

  private follow(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.anchor = undefined;
    if (!following) this.remember();
    this.on.followingChanged();
  }

  private hold(element: Element): void {
    const drawn = this.drawn.around(element);
    if (!drawn) return;
    this.follow(false);
    this.anchor = { key: drawn.key, line: ReadingLine.of(drawn.row.element, element) };
  }

  /** Brings everything in step: heights, which rows are there, where they stand, and the scroll position. */
  layout(): void {
    if (this.following) this.shift = 0;
    if (this.notice()) this.settleSoon();
    this.holdOnScreen();
    this.measure();
    this.build();
    this.prune();
    // Scrolling goes by whole pixels: with an end between two of them, what is seen would tremble while rows come above
    // it.
    if (this.following && this.seen().from > 0) this.shift = Math.ceil(this.heights.total) - this.heights.total;
    this.size();
    // The beginning of the list is where the scrolling ends: there the shift shows.
    const first = this.drawn.firstIndex;
    if (first === 0 || this.heights.topOf(first) + this.shift < 0) this.normalize();
    if (this.following) this.scrollTo(this.scroller.scrollHeight);
    else if (this.scroller.scrollHeight <= this.scroller.clientHeight + 1) this.follow(true);
    this.lastTop = this.scroller.scrollTop;
    if (!this.following) this.remember();
    this.fillWhenIdle();
  }

  /** What comes or goes above the scroller, such as a banner, moves it in the page; the line being read stays. */
  private holdOnScreen(): void {
    const before = this.scrollerTop;
    this.scrollerTop = this.scroller.getBoundingClientRect().top;
    if (before !== undefined && !this.following) this.shift -= this.scrollerTop - before;
  }

  /** What is seen, in the rows' coordinates. */
  private seen(): { readonly from: number; readonly to: number } {
    const view = this.scroller.clientHeight;
    if (this.following) {
      const end = this.heights.total + this.tail.offsetHeight;
      return { from: end - view, to: end };
    }
    const from = this.scroller.scrollTop - this.lead() - this.shift;
    return { from, to: from + view };
  }

  /** Builds what is seen and not there yet, measuring as it goes. */
  private build(): void {
    for (let round = 0; round < ROUNDS; round++) {
      const { from, to } = this.seen();
      if (!this.buildBetween(from, to, BATCH)) return;
    }
  }

  /** Builds some of the rows that are missing there, nearest to the line being read first. False if all are there. */
  private buildBetween(from: number, to: number, batch: number): boolean {
    if (this.rows.length === 0 || to < 0) return false;
    const wanted: number[] = [];
    const first = this.heights.at(from);
    const last = this.heights.at(to);
    for (let index = first; index <= last; index++) {
      if (!this.drawn.has(this.rows[index]?.key ?? '')) wanted.push(index);
    }
    if (wanted.length === 0) return false;
    const anchored = this.following ? last : (this.anchorIndex() ?? first);
    wanted.sort((a, b) => Math.abs(a - anchored) - Math.abs(b - anchored));
    const added = wanted
      .slice(0, batch)
      .sort((a, b) => a - b)
      .map((index) => this.drawn.add(this.rows[index]?.key ?? '', index, this.source.build(index)));
    for (const drawn of added) this.put(drawn);
    this.measure();
    this.drawn.watch(added);
    return true;
  }

  /** Takes over how high the rows are, and lets the line being read stay where it is. */
  private measure(): void {
    const anchorIndex = this.anchorIndex();
    const sizes = [...this.drawn].map(({ index, row }) => [index, row.element.getBoundingClientRect().height] as const);
    for (const [index, height] of sizes) {
      const difference = height - this.heights.heightOf(index);
      if (Math.abs(difference) < 0.05) continue;
      this.heights.set(index, height);
      if (anchorIndex !== undefined && index < anchorIndex && !this.following) this.shift -= difference;
    }
    if (this.following || !this.anchor?.line) return;
    const moved = this.anchor.line.moved();
    if (Math.abs(moved) < 0.05) return;
    this.shift -= moved;
    this.anchor = { key: this.anchor.key, line: undefined };
  }

  private prune(): void {
    const { from, to } = this.seen();
    const focused = document.activeElement;
    for (const drawn of [...this.drawn]) {
      const top = this.heights.topOf(drawn.index);
      const isNear = top + this.heights.heightOf(drawn.index) >= from - AHEAD - LINGER && top <= to + AHEAD + LINGER;
      // The keyboard must not lose its place.
      if (!isNear && !drawn.row.element.contains(focused)) this.drawn.remove(drawn);
    }
  }

  /** Puts everything where it belongs. */
  private size(): void {
    for (const drawn of this.drawn) this.put(drawn);
    this.drawn.setHeight(Math.max(0, this.heights.total + this.shift));
  }

  private put(drawn: Drawn<R>): void {
    this.drawn.put(drawn, this.heights.topOf(drawn.index) + this.shift);
  }

  /** Puts the shift into the scroll position: nothing moves on the screen. */
  private normalize(): void {
    if (Math.abs(this.shift) < 1) return;
    const wanted = this.scroller.scrollTop - this.shift;
    this.shift = 0;
    this.size();
    this.scrollTo(wanted);
    // Scrolling goes by whole pixels of the screen; what is left over stays in the shift.
    const rest = this.scroller.scrollTop - wanted;
    if (Math.abs(rest) < 1) this.shift = rest;
    this.size();
  }

  private scrollTo(top: number): void {
    if (this.scroller.scrollTop !== top) this.scroller.scrollTop = top;
    this.lastTop = this.scroller.scrollTop;
  }

  private remember(): void {
    const { from } = this.seen();
    const drawn = this.drawn.get(this.rows[this.heights.at(from)]?.key ?? '');
    this.anchor = drawn && {
      key: drawn.key,
      line: ReadingLine.at(drawn.row.element, this.scroller.getBoundingClientRect().top),
    };
  }

  private fillWhenIdle(): void {
    if (this.fillScheduled) return;
    this.fillScheduled = true;
    requestIdleCallback(
      (deadline) => {
        this.fillScheduled = false;
        const { from, to } = this.seen();
        let isNew = false;
        do {
          if (!this.buildBetween(from - AHEAD, to + AHEAD, 1)) break;
          isNew = true;
        } while (deadline.timeRemaining() > ROW_MS);
        if (isNew) this.layout();
      },
      { timeout: 300 },
    );
  }

  /** Where the rows begin in the scroller. */
  private lead(): number {
    return this.element.offsetTop;
  }
}

const isSame = (a: Keyed | undefined, b: Keyed | undefined): boolean => a === b || a?.key === b?.key;

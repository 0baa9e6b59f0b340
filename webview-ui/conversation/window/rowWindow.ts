import { DrawnRows, type Drawn, type Row } from './drawnRows';
import { ReadingLine } from './readingLine';
import { RowHeights } from './rowHeights';

/** How close to the end counts as at the end, in pixels, when the reader scrolls down. */
const NEAR = 32;
/** How far above and below the visible area rows are built in advance, in pixels, when the browser is idle. */
const AHEAD = 400;
/** How much farther rows stay before they are removed, so that small movements build nothing. */
const LINGER = 200;
/**
 * How many rows are built before they are measured. Estimates can be wrong, and then rows were built that are not
 * visible.
 */
const BATCH = 4;
/** More rounds than ever needed, as each builds a row. Guards against a row that never stops changing. */
const ROUNDS = 200;
const SETTLE_MS = 150;
/** How long building one row can take. Without that much idle time, an early row could cost a frame. */
const ROW_MS = 12;

/** Identifies a row: unique, and stable for the same row. */
interface Keyed {
  readonly key: string;
}

/** Gives access to all rows, drawn or not. */
export interface RowSource<R extends Row> {
  /** All rows in order. Unchanged rows should be the same objects, because that makes comparing cheap. */
  rows(): readonly Keyed[];
  /** A cheap estimate in pixels. The row is measured once it is built. */
  estimateAt(index: number): number;
  build(index: number): R;
}

/** The reading position: a row, and the line in it that must not move. */
interface Anchor {
  readonly key: string;
  readonly line: ReadingLine | undefined;
}

export interface RowOffset {
  readonly key: string;
  /** How far the row's top is below the top of the visible area, in pixels. */
  readonly offset: number;
}

/**
 * Draws the visible rows of a long list. At the end of the list it follows the end. Elsewhere, the line that the reader
 * reads does not move.
 *
 * Corrections do not touch the scroll position. If a row above the line is higher than estimated, the rows move
 * (`shift`) and not the scrollbar. So a wheel or a key that stays down is never interrupted. The shift moves into the
 * scroll position when the reader pauses.
 */
export class RowWindow<R extends Row> {
  private readonly heights = new RowHeights();
  private rows: readonly Keyed[] = [];
  private following = true;
  private shift = 0;
  private anchor: Anchor | undefined;
  private lastTop = 0;
  /** The top of the scroller in the page; undefined before it is in the page. */
  private scrollerTop: number | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private fillScheduled = false;
  private readonly observer = new ResizeObserver(() => this.layout());
  private readonly drawn = new DrawnRows<R>(this.observer);

  /**
   * @param tail the element below the rows in the same scroller.
   * @param on `followingChanged`: it started or stopped following the end. `settled`: the reader stopped scrolling.
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
    // A reader who opens a fold reads there, so that line must not move.
    scroller.addEventListener(
      'click',
      (event) => {
        const summary = event.target instanceof Element ? event.target.closest('summary') : null;
        if (summary) this.anchorAt(summary);
      },
      { capture: true },
    );
    // A fold that opens and closes within a frame does not trigger the observer. But it was measured in between.
    scroller.addEventListener('toggle', () => this.layout(), { capture: true });
  }

  /** The element that contains the rows. */
  get element(): HTMLElement {
    return this.drawn.element;
  }

  get isFollowing(): boolean {
    return this.following;
  }

  /**
   * Draws the list again after it changed.
   * @param update updates a drawn row with what is at its index now.
   */
  refresh(update: (row: R, index: number) => void): void {
    this.updateRows();
    for (const { row, index } of this.drawn) update(row, index);
    this.layout();
  }

  toEnd(): void {
    this.follow(true);
    this.layout();
  }

  /** Scrolls a row's top to an offset below the top of the visible area. False if there is no such row. */
  show({ key, offset }: RowOffset): boolean {
    const index = this.indexOf(key);
    if (index < 0) return false;
    this.follow(false);
    this.shift = 0;
    this.scrollerTop = undefined;
    // Drawing it measures the rows around it, which can move it. The second round corrects that.
    for (let time = 0; time < 2; time++) {
      this.anchor = { key, line: undefined };
      this.size();
      this.scrollTo(this.lead() + this.heights.topOf(index) + this.shift - offset);
      this.build();
    }
    this.layout();
    return true;
  }

  /** The first visible row. */
  firstVisible(): RowOffset | undefined {
    const y = this.scroller.scrollTop - this.lead() - this.shift;
    const index = this.heights.at(y);
    const key = this.rows[index]?.key;
    return key === undefined ? undefined : { key, offset: this.heights.topOf(index) - y };
  }

  /** A row that is drawn now. */
  rowOf(key: string): R | undefined {
    return this.drawn.get(key)?.row;
  }

  /** Takes the new list. Nearly always, keys change in one range: at the end, or before the beginning. */
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
    // The reader can scroll to the new rows above at once.
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
    if (!this.noticeScroll()) return;
    this.layout();
    this.settleSoon();
  }

  private settleSoon(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), SETTLE_MS);
  }

  /** True if the reader has scrolled since the last call. The scroll event can come after a layout. */
  private noticeScroll(): boolean {
    const top = this.scroller.scrollTop;
    const moved = top - this.lastTop;
    if (Math.abs(moved) < 1) return false;
    this.lastTop = top;
    const left = this.scroller.scrollHeight - top - this.scroller.clientHeight;
    if (moved < 0 && left > 1) this.follow(false);
    else if (left <= (moved > 0 ? NEAR : 1)) this.follow(true);
    const isJump = Math.abs(moved) > 4 * this.scroller.clientHeight;
    if (!this.following && top <= 0) this.jumpTo(0);
    else if (!this.following && isJump) this.jumpTo(top - this.lead() - this.shift);
    return true;
  }

  /** After a far jump, no earlier row is visible. The row at this offset is the new reading position. */
  private jumpTo(offset: number): void {
    if (offset <= 0) this.shift = 0;
    const key = this.rows[this.heights.at(offset)]?.key;
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

  private anchorAt(element: Element): void {
    const drawn = this.drawn.around(element);
    if (!drawn) return;
    this.follow(false);
    this.anchor = { key: drawn.key, line: ReadingLine.of(drawn.row.element, element) };
  }

  /** Updates everything: heights, drawn rows, their positions and the scroll position. */
  layout(): void {
    if (this.following) this.shift = 0;
    if (this.noticeScroll()) this.settleSoon();
    this.stayOnScreen();
    this.measure();
    this.build();
    this.prune();
    // The scroll position is a whole number of pixels. If the end is between two, the visible rows shake while rows are
    // added above.
    if (this.following && this.seen().from > 0) this.shift = Math.ceil(this.heights.total) - this.heights.total;
    this.size();
    // At the beginning of the list, the shift would be visible.
    const first = this.drawn.firstIndex;
    if (first === 0 || this.heights.topOf(first) + this.shift < 0) this.normalize();
    if (this.following) this.scrollTo(this.scroller.scrollHeight);
    else if (this.scroller.scrollHeight <= this.scroller.clientHeight + 1) this.follow(true);
    this.lastTop = this.scroller.scrollTop;
    if (!this.following) this.remember();
    this.fillWhenIdle();
  }

  /** Something above the scroller, such as a banner, can move it in the page. The line that the reader reads stays. */
  private stayOnScreen(): void {
    const before = this.scrollerTop;
    this.scrollerTop = this.scroller.getBoundingClientRect().top;
    if (before !== undefined && !this.following) this.shift -= this.scrollerTop - before;
  }

  /** The visible area, in the rows' coordinates. */
  private seen(): { readonly from: number; readonly to: number } {
    const view = this.scroller.clientHeight;
    if (this.following) {
      const end = this.heights.total + this.tail.offsetHeight;
      return { from: end - view, to: end };
    }
    const from = this.scroller.scrollTop - this.lead() - this.shift;
    return { from, to: from + view };
  }

  /** Builds visible rows that are missing, and measures them in between. */
  private build(): void {
    for (let round = 0; round < ROUNDS; round++) {
      const { from, to } = this.seen();
      if (!this.buildBetween(from, to, BATCH)) return;
    }
  }

  /** Builds some missing rows between two offsets, nearest to the reader's line first. False if none is missing. */
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

  /** Measures the drawn rows, without moving the line that the reader reads. */
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
      // A row that has the focus stays.
      if (!isNear && !drawn.row.element.contains(focused)) this.drawn.remove(drawn);
    }
  }

  /** Positions the drawn rows and sets the height of the list. */
  private size(): void {
    for (const drawn of this.drawn) this.put(drawn);
    this.drawn.setHeight(Math.max(0, this.heights.total + this.shift));
  }

  private put(drawn: Drawn<R>): void {
    this.drawn.put(drawn, this.heights.topOf(drawn.index) + this.shift);
  }

  /** Moves the shift into the scroll position. Nothing moves on screen. */
  private normalize(): void {
    if (Math.abs(this.shift) < 1) return;
    const wanted = this.scroller.scrollTop - this.shift;
    this.shift = 0;
    this.size();
    this.scrollTo(wanted);
    // The scroll position is a whole number of screen pixels. The shift keeps the rest.
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

  /** The offset of the rows in the scroller, in pixels. */
  private lead(): number {
    return this.element.offsetTop;
  }
}

const isSame = (a: Keyed | undefined, b: Keyed | undefined): boolean => a === b || a?.key === b?.key;

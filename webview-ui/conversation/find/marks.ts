import type { Matcher } from '../../../src/core/conversation/find/matcher';
import { SeenText } from './seenText';

/** The most marks in one row. Nobody counts more by eye. */
const MAX_IN_ROW = 3_000;

/**
 * Marks matches in the drawn rows with the browser's highlights, so the document does not change. New rows and redrawn
 * parts get their marks in the next frame.
 */
export class Marks {
  private readonly observer = new MutationObserver((records) => this.changed(records));
  private ranges = new WeakMap<Element, readonly StaticRange[]>();
  private matcher: Matcher | undefined;
  private scheduled = false;

  /** @param redrawn called after rows came or changed: the current match can be elsewhere now. */
  constructor(
    private readonly root: HTMLElement,
    private readonly redrawn: () => void,
  ) {}

  /** Marks all matches; undefined removes all marks. */
  show(matcher: Matcher | undefined): void {
    this.ranges = new WeakMap();
    this.observer.disconnect();
    this.matcher = matcher && !matcher.isEmpty ? matcher : undefined;
    if (this.matcher) this.observer.observe(this.root, { childList: true, characterData: true, subtree: true });
    else this.setCurrent(undefined);
    this.draw();
  }

  setCurrent(range: AbstractRange | undefined): void {
    if (!range) {
      CSS.highlights.delete('find-current');
      return;
    }
    const highlight = new Highlight(range);
    highlight.priority = 1;
    CSS.highlights.set('find-current', highlight);
  }

  private changed(records: readonly MutationRecord[]): void {
    for (const { target } of records) {
      const row = (target instanceof Element ? target : target.parentElement)?.closest('.row');
      if (row) this.ranges.delete(row);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      if (!this.matcher) return;
      this.draw();
      this.redrawn();
    });
  }

  private draw(): void {
    const { matcher } = this;
    if (!matcher) {
      CSS.highlights.delete('find');
      return;
    }
    const all: StaticRange[] = [];
    for (const row of this.root.querySelectorAll('.row')) {
      let own = this.ranges.get(row);
      if (!own) {
        own = [...row.querySelectorAll(':scope > .message > .content')].flatMap((content) =>
          rangesIn(content, matcher),
        );
        this.ranges.set(row, own);
      }
      for (const range of own) all.push(range);
    }
    const highlight = new Highlight();
    for (const range of all) highlight.add(range);
    CSS.highlights.set('find', highlight);
  }
}

function rangesIn(content: Element, matcher: Matcher): readonly StaticRange[] {
  const seen = new SeenText(content);
  const ranges: StaticRange[] = [];
  for (const match of seen.matches(matcher).slice(0, MAX_IN_ROW)) {
    const range = seen.range(match);
    if (range) ranges.push(range);
  }
  return ranges;
}

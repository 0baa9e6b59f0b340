import { setAttribute } from '../../shared/dom';

/**
 * Gives access to all messages by index; most of them are not in the page. The prompts of the outbox follow the last
 * message, and all of them are in the page.
 */
export interface MessageSource {
  /** The number of messages, without prompts. */
  readonly count: () => number;
  readonly pending: () => readonly HTMLElement[];
  /** The first visible index from here on, or back from here. */
  readonly nearest: (index: number, direction: 1 | -1) => number | undefined;
  /** Builds a message that is not visible and scrolls to it. */
  readonly bringIntoSight: (index: number) => void;
  /** The first visible message, and whether its beginning is visible. */
  readonly firstSeen: () => { readonly index: number; readonly isWhole: boolean };
}

/**
 * The message or outbox prompt that has the focus. Tab stops once in the messages: at this one, or at the whole list if
 * there is none. `aria-posinset` says which message an element shows.
 */
export class CurrentMessage {
  private marked: HTMLElement | undefined;
  /** Tab cannot stop at a message that has left the page. */
  private readonly rows = new MutationObserver(() => {
    if (this.marked?.isConnected === false) this.mark(undefined);
  });

  constructor(
    private readonly scroller: HTMLElement,
    private readonly source: MessageSource,
  ) {
    scroller.addEventListener('focusin', () => {
      const { element } = this;
      if (element) this.mark(element);
    });
  }

  /** Its element; undefined while no message has the focus. */
  get element(): HTMLElement | undefined {
    return document.activeElement?.closest<HTMLElement>('.timeline :is([aria-posinset], .pending)') ?? undefined;
  }

  /** Its index; undefined while no message has the focus. */
  get index(): number | undefined {
    const { element } = this;
    if (!element) return undefined;
    const pending = this.source.pending().indexOf(element);
    return pending < 0 ? Number(element.getAttribute('aria-posinset')) - 1 : this.source.count() + pending;
  }

  /** Moves one message on or back. Without a current message, goes to the first visible one. */
  move(by: 1 | -1): void {
    const { index } = this;
    if (index !== undefined) {
      this.goTo(this.source.nearest(index + by, by) ?? index);
      return;
    }
    const seen = this.source.firstSeen();
    const first = seen.index + (by > 0 && !seen.isWhole ? 1 : 0);
    this.goTo(first, this.source.nearest(first, 1) === undefined ? -1 : 1);
  }

  /** Goes to a message. If the filter hides it, goes to the next one in this direction. */
  goTo(wanted: number, direction: 1 | -1 = 1): void {
    const index = this.source.nearest(wanted, direction);
    if (index === undefined) return;
    const there = this.elementOf(index);
    if (!there || !isInSight(there, this.scroller)) this.source.bringIntoSight(index);
    const element = this.elementOf(index);
    if (!element) return;
    this.mark(element);
    element.focus({ preventScroll: true });
  }

  /** Moves the focus to the message that had it, else to the list. */
  focus(): void {
    (this.marked?.isConnected ? this.marked : this.scroller).focus({ preventScroll: true });
  }

  private elementOf(index: number): HTMLElement | null {
    const pending = this.source.pending()[index - this.source.count()];
    if (pending) return pending;
    // A long message has several elements. Its first one may not be in the page.
    return this.scroller.querySelector<HTMLElement>(`[aria-posinset="${String(index + 1)}"]:not(.continued)`);
  }

  private mark(element: HTMLElement | undefined): void {
    if (element === this.marked) return;
    this.marked?.removeAttribute('tabindex');
    if (this.marked) setStops(this.marked, false);
    this.rows.disconnect();
    this.marked = element;
    if (element) {
      setStops(element, true);
      setAttribute(element, 'tabindex', '0');
      this.rows.observe(element.closest('.rows, .outbox') ?? this.scroller, { childList: true });
    }
    setAttribute(this.scroller, 'tabindex', element ? '-1' : '0');
  }
}

/** Tab stops at the quiet buttons of the current message only. */
function setStops(message: HTMLElement, isStop: boolean): void {
  for (const button of message.querySelectorAll<HTMLElement>('button.quiet')) button.tabIndex = isStop ? 0 : -1;
}

/** True if the element is visible: all of it, or its beginning in the upper third. */
function isInSight(element: HTMLElement, scroller: HTMLElement): boolean {
  const box = element.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  return box.top >= view.top - 1 && (box.bottom <= view.bottom + 1 || box.top <= view.top + view.height / 3);
}

import { setAttribute } from '../../shared/dom';

/**
 * The messages as their owner knows them, by their index, most of them not in the page. The prompts on their way, which
 * all are, count on after the last.
 */
export interface MessageSource {
  /** Of the messages alone. */
  readonly count: () => number;
  readonly pending: () => readonly HTMLElement[];
  /** The first one that is shown, from an index on or back from it. */
  readonly nearest: (index: number, direction: 1 | -1) => number | undefined;
  /** Builds a message that is out of sight and scrolls to it. */
  readonly bringIntoSight: (index: number) => void;
  /** The first message in sight, and whether its beginning is. */
  readonly firstSeen: () => { readonly index: number; readonly isWhole: boolean };
}

/**
 * The message, or prompt on its way, that the keyboard is at. The messages are one stop for Tab: this message, or the
 * whole list while there is none. What tells which element is which message is its `aria-posinset`.
 */
export class CurrentMessage {
  private marked: HTMLElement | undefined;
  /** A message that is out of sight, and not in the page any more, is no stop. */
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

  /** Its element; undefined while the keyboard is at no message. */
  get element(): HTMLElement | undefined {
    return document.activeElement?.closest<HTMLElement>('.timeline :is([aria-posinset], .pending)') ?? undefined;
  }

  /** Undefined while the keyboard is at no message. */
  get index(): number | undefined {
    const { element } = this;
    if (!element) return undefined;
    const pending = this.source.pending().indexOf(element);
    return pending < 0 ? Number(element.getAttribute('aria-posinset')) - 1 : this.source.count() + pending;
  }

  /** Goes so many messages on, or back; from nowhere, to the first that is in sight. */
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

  /** Goes to a message; where it is not shown, to the nearest one from there on, or back. */
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

  /** Puts the keyboard to the message where it was, else to the list. */
  focus(): void {
    (this.marked?.isConnected ? this.marked : this.scroller).focus({ preventScroll: true });
  }

  private elementOf(index: number): HTMLElement | null {
    const pending = this.source.pending()[index - this.source.count()];
    if (pending) return pending;
    // A long message has several; it begins with the first, which may not be in the page.
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

/** What is offered quietly is a stop for Tab in the message that the keyboard is at, and nowhere else. */
function setStops(message: HTMLElement, isStop: boolean): void {
  for (const button of message.querySelectorAll<HTMLElement>('button.quiet')) button.tabIndex = isStop ? 0 : -1;
}

/** All of it, or as much as there is room for from its beginning on. */
function isInSight(element: HTMLElement, scroller: HTMLElement): boolean {
  const box = element.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  return box.top >= view.top - 1 && (box.bottom <= view.bottom + 1 || box.top <= view.top + view.height / 3);
}

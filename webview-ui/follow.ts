/** How near the end counts as at the end, in pixels. */
const NEAR = 32;

/**
 * Keeps the end in sight while the reader is there, and lets go as soon as they scroll up or fold something. What is being read is held in its
 * place by the browser's own scroll anchoring.
 */
export class EndFollower {
  private following = true;
  private lastTop = 0;
  private lastHeight = 0;

  constructor(private readonly scroller: HTMLElement, content: HTMLElement, private readonly changed: (following: boolean) => void) {
    scroller.addEventListener('scroll', () => { this.scrolled(); }, { passive: true });
    const observer = new ResizeObserver(() => { this.resized(); });
    observer.observe(content);
    observer.observe(scroller);
    // Opening a fold is reading: the line that was pressed stays where it is.
    content.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('summary')) this.set(false);
    }, { capture: true });
  }

  get isFollowing(): boolean {
    return this.following;
  }

  toEnd(): void {
    this.set(true);
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.remember();
  }

  /** For a place that was kept: what comes next must not pull the reader away. */
  letGo(): void {
    this.set(false);
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight } = this.scroller;
    // Content that grows below is no scrolling by the reader.
    const movedUp = scrollTop < this.lastTop && scrollHeight >= this.lastHeight;
    if (this.isAtEnd()) this.set(true);
    else if (movedUp || !this.following) this.set(false);
    this.remember();
  }

  private resized(): void {
    if (this.following) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (this.scroller.scrollHeight <= this.scroller.clientHeight + 1) this.set(true);
    this.remember();
  }

  private remember(): void {
    this.lastTop = this.scroller.scrollTop;
    this.lastHeight = this.scroller.scrollHeight;
  }

  private isAtEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight <= NEAR;
  }

  private set(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.changed(following);
  }
}

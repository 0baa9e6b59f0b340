import type { Disposable } from '../base/events';
import { timerMs } from '../base/timers';

/**
 * Reads again and again, one read at a time, at a pace that is decided anew after each.
 * `read` must not throw: what failed is for it to keep and for `nextReadMs` to weigh.
 */
export class Poller implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading: Promise<void> | undefined;
  private isDisposed = false;

  /**
   * @param nextReadMs milliseconds until the next read, undefined: none until {@link readNow} or {@link reconsider}.
   */
  constructor(
    private readonly read: () => Promise<void>,
    private readonly nextReadMs: () => number | undefined,
  ) {}

  /** Reads at once, or shares the read that is under way. */
  readNow(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isDisposed) return Promise.resolve();
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
      this.reconsider();
    });
    return this.reading;
  }

  /** To be called when something that the pace depends on has changed. */
  reconsider(): void {
    clearTimeout(this.timer);
    if (this.isDisposed || this.reading) return;
    const delay = this.nextReadMs();
    if (delay !== undefined) this.timer = setTimeout(() => void this.readNow(), timerMs(delay));
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
  }
}

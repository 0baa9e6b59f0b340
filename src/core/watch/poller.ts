import type { Disposable } from '../base/events';
import { timerMs } from '../base/timers';

/**
 * Reads again and again, one read at a time. After each read it decides when the next one is due. `read` must not
 * throw: it keeps its failure, and `nextReadMs` takes that into account.
 */
export class Poller implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private reading: Promise<void> | undefined;
  private isDisposed = false;

  /**
   * @param nextReadMs milliseconds until the next read. Undefined: no read until {@link readNow} or {@link reconsider}.
   */
  constructor(
    private readonly read: () => Promise<void>,
    private readonly nextReadMs: () => number | undefined,
  ) {}

  /** Reads at once. If a read is running, its promise is returned. */
  readNow(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isDisposed) return Promise.resolve();
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
      this.reconsider();
    });
    return this.reading;
  }

  /** Call this when something changed that `nextReadMs` depends on. */
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

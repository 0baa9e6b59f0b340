import type { Host } from './host';

/** How long after a message from the panel the page sends a ping. */
const PAUSE_MS = 4_000;
/** How long a busy extension host may take to answer. */
const PATIENCE_MS = 6_000;
/** If a timer is this late, the machine slept or the page was throttled. Then the answer can still arrive. */
const LATE_MS = 2_000;

/**
 * Finds out whether the extension host answers. When one dies, VS Code restarts it silently and drops what the page
 * sends. So a visible page asks every few seconds.
 */
export class Connection {
  private lost = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: Pick<Host, 'post'>,
    private readonly changed: () => void,
  ) {}

  /** The extension host has not answered for seconds. */
  get isLost(): boolean {
    return this.lost;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) clearTimeout(this.timer);
      else this.ask();
    });
    this.ask();
  }

  /** Any message came from the panel: the extension host is alive. */
  heard(): void {
    this.wait(PAUSE_MS, () => this.ask());
    if (!this.lost) return;
    this.lost = false;
    this.changed();
  }

  private ask(): void {
    this.host.post({ type: 'ping' });
    const dueAt = performance.now() + PATIENCE_MS;
    this.wait(PATIENCE_MS, () => {
      if (performance.now() - dueAt < LATE_MS && !this.lost) {
        this.lost = true;
        this.changed();
      }
      this.ask();
    });
  }

  private wait(delayMs: number, then: () => void): void {
    clearTimeout(this.timer);
    if (!document.hidden) this.timer = setTimeout(then, delayMs);
  }
}

import type { Host } from './host';

/** How long after a sign of life the next one is asked for. */
const PAUSE_MS = 4_000;
/** How long a busy extension host may take to answer. */
const PATIENCE_MS = 6_000;
/**
 * A timer that is this late says that the machine slept or the page was throttled: then the answer may be on its way.
 */
const LATE_MS = 2_000;

/**
 * Whether the extension host answers. When it dies, VS Code restarts it without a word and drops all that the page
 * sends, so a page that is visible asks every few seconds.
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

  /** A message came from the panel, whatever it says. */
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

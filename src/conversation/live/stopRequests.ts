import type { Clock } from '../../core/base/clock';

/** How long the header says “Stopping…” after the user last pressed Stop. */
const STOP_GRACE_MS = 30_000;

/** The user's last press on Stop, until the run has ended or the stop was refused. */
export class StopRequests {
  private last: { readonly atMs: number } | undefined;

  constructor(private readonly clock: Clock) {}

  /** The user presses Stop now. Call the returned function when the server refuses this stop. */
  press(): () => void {
    const pressed = { atMs: this.clock.monotonicMs() };
    this.last = pressed;
    return () => {
      // A later press still waits for its answer.
      if (this.last === pressed) this.last = undefined;
    };
  }

  /** The run has ended. */
  runEnded(): void {
    this.last = undefined;
  }

  /** Whether Stop was pressed a short time ago and the run has not ended. */
  get isStopping(): boolean {
    return this.last !== undefined && this.clock.monotonicMs() - this.last.atMs < STOP_GRACE_MS;
  }
}

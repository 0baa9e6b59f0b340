import type { WallClock } from '../base/clock';

/** From this difference on, clocks "differ by minutes" (docs/api/contract.md, "Calling it"). */
const MIN_SKEW_MS = 2 * 60_000;

/**
 * The server's time as far as we know it: this machine's time, until a refusal shows that it is wrong. We keep only an
 * offset with which the server accepted a signature, because any proxy can set a `Date` header.
 */
export class ServerClock {
  private offset = 0;

  constructor(
    private readonly clock: WallClock,
    private readonly onSkew?: (offsetMs: number) => void,
  ) {}

  /** The server's time minus this machine's, in milliseconds. */
  get offsetMs(): number {
    return this.offset;
  }

  /**
   * The offset that an answer's `Date` shows.
   * @param usedMs the offset with which the refused request was signed.
   * @returns undefined if the request was signed with the right time, within two minutes. Then the clock is not the
   * reason.
   */
  offsetShownBy(date: string | undefined, usedMs: number): number | undefined {
    const serverNow = Date.parse(date ?? '');
    if (Number.isNaN(serverNow)) return undefined;
    const offset = serverNow - this.clock.now();
    if (Math.abs(offset - usedMs) < MIN_SKEW_MS) return undefined;
    // The header has only seconds, so a small offset counts as none.
    return Math.abs(offset) < MIN_SKEW_MS ? 0 : offset;
  }

  /** Keeps an offset that worked, and reports it if it is new. */
  confirm(offsetMs: number): void {
    const isNews = offsetMs !== 0 && Math.abs(offsetMs - this.offset) >= MIN_SKEW_MS;
    this.offset = offsetMs;
    if (isNews) this.onSkew?.(offsetMs);
  }
}

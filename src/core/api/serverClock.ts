import type { WallClock } from '../base/clock';

/** From here on clocks "differ by minutes" (docs/api/contract.md, "Calling it"). */
const MIN_SKEW_MS = 2 * 60_000;

/**
 * The server's time, as far as known: this machine's, until a refusal shows that it is wrong. Only an offset that made
 * the server accept a signature is kept, because a `Date` header can come from any proxy on the way.
 */
export class ServerClock {
  private offset = 0;

  constructor(
    private readonly clock: WallClock,
    private readonly onSkew?: (offsetMs: number) => void,
  ) {}

  /** Server's time minus this machine's, in milliseconds. */
  get offsetMs(): number {
    return this.offset;
  }

  /**
   * The offset that an answer's `Date` shows.
   * @param usedMs the offset that the refused request was signed with.
   * @returns undefined when the request was signed with the right time, give or take a minute, so that the clock is not
   * to blame.
   */
  offsetShownBy(date: string | undefined, usedMs: number): number | undefined {
    const serverNow = Date.parse(date ?? '');
    if (Number.isNaN(serverNow)) return undefined;
    const offset = serverNow - this.clock.now();
    if (Math.abs(offset - usedMs) < MIN_SKEW_MS) return undefined;
    // The header has seconds only: an offset that is none must not turn into one of half a second.
    return Math.abs(offset) < MIN_SKEW_MS ? 0 : offset;
  }

  /** Keeps an offset that has proved right, and tells of it when it is news. */
  confirm(offsetMs: number): void {
    const isNews = offsetMs !== 0 && Math.abs(offsetMs - this.offset) >= MIN_SKEW_MS;
    this.offset = offsetMs;
    if (isNews) this.onSkew?.(offsetMs);
  }
}

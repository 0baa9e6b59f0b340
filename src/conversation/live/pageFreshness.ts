import { momentOf, msWithSleep, type Clock, type Moment } from '../../core/base/clock';
import type { Change, Freshness } from '../../core/pages/conversation/protocol';

/** How far the time on the page may lag behind while nothing else is sent. The page shows minutes. */
const FRESHNESS_GRAIN_MS = 60_000;

/** How current the conversation on screen is, and which of that the page already knows. */
export class PageFreshness {
  private latest: Freshness;
  /** What was last sent to the page. */
  private sent: Freshness;
  /** The last two times when the server confirmed, in this session, what is shown. */
  private confirmed: Moment | undefined;
  private confirmedBefore: Moment | undefined;
  /** The confirmation that was last sent to the page. */
  private sentConfirmed: Moment | undefined;

  /** @param confirmedAt when an earlier session read what is shown. */
  constructor(
    private readonly clock: Clock,
    confirmedAt: number | undefined,
  ) {
    this.latest = { loading: true, ...present(confirmedAt) };
    this.sent = this.latest;
  }

  get current(): Freshness {
    return this.latest;
  }

  /** A read begins. After a read that failed the page shows that another one is under way. */
  readBegins(): void {
    if (this.latest.problem) this.latest = { ...this.latest, loading: true };
  }

  /** A read went well just now. */
  readWentWell(): void {
    this.confirmedBefore = this.confirmed;
    this.confirmed = momentOf(this.clock);
    this.latest = { confirmedAt: this.confirmed.wallMs, loading: false };
  }

  readFailed(problem: NonNullable<Freshness['problem']>): void {
    this.latest = { loading: false, ...present(this.latest.confirmedAt), problem };
  }

  /** Adds the freshness in front of other changes, unless the page already has it. */
  with(changes: readonly Change[]): readonly Change[] {
    return changes.length === 0 || this.latest === this.sent ? changes : [this.toSend(), ...changes];
  }

  /**
   * The freshness to send when there are no other changes. A new time alone is not sent, so an unchanged read sends
   * nothing.
   * @param isLate see {@link isLate}.
   */
  news(isLate = false): readonly Change[] {
    const { latest, sent } = this;
    const isNews =
      isLate ||
      sent.loading !== latest.loading ||
      sent.problem?.message !== latest.problem?.message ||
      sent.confirmedAt === undefined;
    return isNews && latest !== sent ? [this.toSend()] : [];
  }

  /**
   * Whether the time on the page lags too far behind. Call it after a read that succeeded.
   * @param isSettled no further read follows by itself. While reads follow, the next change brings the time along.
   */
  isLate(isSettled: boolean): boolean {
    const now = this.confirmed;
    const since = isSettled ? this.sentConfirmed : this.confirmedBefore;
    if (!now || !since) return false;
    // Also true if the clock was set back, because the page then shows a time in the future.
    return Math.max(msWithSleep(since, now), Math.abs(now.wallMs - since.wallMs)) > FRESHNESS_GRAIN_MS;
  }

  private toSend(): Change {
    this.sent = this.latest;
    this.sentConfirmed = this.confirmed;
    return { kind: 'freshness', freshness: this.latest };
  }
}

function present(confirmedAt: number | undefined): Pick<Freshness, 'confirmedAt'> {
  return confirmedAt === undefined ? {} : { confirmedAt };
}

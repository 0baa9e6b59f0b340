import { momentOf, msWithSleep, type Clock, type Moment } from '../../core/base/clock';
import type { Change, Freshness } from '../../core/pages/conversation/protocol';

/** How much older than the truth the time on the page may be while nothing else is sent. The page shows minutes. */
const FRESHNESS_GRAIN_MS = 60_000;

/** How far what is on screen can be trusted, and which of this the page knows. */
export class PageFreshness {
  private latest: Freshness;
  /** What the page was sent last. */
  private sent: Freshness;
  /** When the server confirmed what is shown, in this session: the last time, and the time before that. */
  private confirmed: Moment | undefined;
  private confirmedBefore: Moment | undefined;
  /** The same, as the page was sent it last. */
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

  /** Takes other changes to the page, with the freshness before them where the page has an older one. */
  with(changes: readonly Change[]): readonly Change[] {
    return changes.length === 0 || this.latest === this.sent ? changes : [this.toSend(), ...changes];
  }

  /**
   * What the page is sent without other changes. The time alone is no news: an unchanged read sends nothing.
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
   * Whether the page shows a time that is long past. Call it after a read that went well.
   * @param isSettled no further read follows by itself. While reading goes on, the next change brings the time along.
   */
  isLate(isSettled: boolean): boolean {
    const now = this.confirmed;
    const since = isSettled ? this.sentConfirmed : this.confirmedBefore;
    if (!now || !since) return false;
    // Where the clock was set back, too: then the page shows a time in the future.
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

import type { Deployment } from '../../core/api/model';
import { momentOf, msWithSleep, type Clock, type Moment } from '../../core/base/clock';
import type { Outbox } from '../../core/conversation/queue/outbox';
import { isInQueue } from '../../core/conversation/queue/outbox';
import type { IdleTimes } from '../../core/conversation/queue/promptQueue';
import { hasEnded } from '../../core/organization/status/runState';
import { UNWATCHED_MS } from '../../core/watch/pace';

/** How long after a prompt the run may still look ended before it starts again. */
const PROMPT_GRACE_MS = 30_000;

/**
 * What this window has seen of one run, and when the user asked for each prompt. With it, the queue decides whether the
 * run is idle, and whether anyone was watching when it ended.
 */
export class SeenRun {
  /** When a prompt was last sent, on the monotonic clock. */
  private promptedAt: number | undefined;
  /**
   * The last prompt that was sent, until the run starts on it: when it was sent, and the end of the run that was known
   * then.
   */
  private unnoticedPrompt: { readonly at: number; readonly ended: number | undefined } | undefined;
  private ended: number | undefined;
  private idleSince: number | undefined;
  private seenAt: Moment | undefined;
  /** When this window's prompts were last queued or sent. */
  private readonly addedAt = new Map<string, Moment>();
  /** Queued prompts of an earlier window or panel, until the first read of the run. */
  private fromEarlierWindow: ReadonlySet<string>;

  constructor(
    private readonly clock: Clock,
    { entries }: Outbox,
  ) {
    // The prompts of an earlier window may still start the run again.
    if (entries.length > 0) this.promptedAt = clock.monotonicMs();
    this.fromEarlierWindow = new Set(entries.filter(isInQueue).map(({ clientId }) => clientId));
  }

  /** Whether a prompt was sent so recently that the run may still start on it. */
  get mayStartAgain(): boolean {
    return this.promptedAt !== undefined && this.clock.monotonicMs() - this.promptedAt <= PROMPT_GRACE_MS;
  }

  /** The user sent or queued this prompt, or the queue sends it now. */
  askedFor(clientId: string, at = momentOf(this.clock)): void {
    this.addedAt.set(clientId, at);
  }

  /**
   * A prompt is being sent. Call the returned function when the server has it, or may have it. From then on, the end
   * that the run had before the request counts as old.
   */
  promptLeaves(): () => void {
    const { ended } = this;
    return () => {
      this.promptedAt = this.clock.monotonicMs();
      this.unnoticedPrompt = { at: this.promptedAt, ended };
      this.idleSince = undefined;
    };
  }

  /** The run was read just now. */
  look(deployment: Deployment, now: Moment): void {
    const { unnoticedPrompt } = this;
    this.ended = deployment.ended;
    const isNoticed =
      unnoticedPrompt &&
      (!hasEnded(deployment) ||
        deployment.ended !== unnoticedPrompt.ended ||
        now.monotonicMs - unnoticedPrompt.at > PROMPT_GRACE_MS);
    if (isNoticed) this.unnoticedPrompt = undefined;
    this.idleSince = hasEnded(deployment) && !this.unnoticedPrompt ? (this.idleSince ?? now.monotonicMs) : undefined;
  }

  /** Everything seen until now counts as watched. Call it when the queue has been decided after a {@link look}. */
  watchedUntil(now: Moment): void {
    this.seenAt = now;
    this.fromEarlierWindow = new Set();
  }

  /** How long the run has been idle, in milliseconds. Undefined: it is busy, or may be. */
  idle(nowMs: number): IdleTimes | undefined {
    return this.idleSince === undefined ? undefined : { idleMs: nowMs - this.idleSince, sentMs: this.sentMs(nowMs) };
  }

  /** How long ago the user asked for the prompts. For those of an earlier window: long ago. */
  sentMs(nowMs: number): IdleTimes['sentMs'] {
    return (clientId) => nowMs - (this.addedAt.get(clientId)?.monotonicMs ?? Number.NEGATIVE_INFINITY);
  }

  /** The queued prompts whose run may have ended hours ago while nobody watched. The user may not want them now. */
  unwatched({ entries }: Outbox, now: Moment): ReadonlySet<string> {
    const unseenMs = this.seenAt ? msWithSleep(this.seenAt, now) : Number.POSITIVE_INFINITY;
    const isUnwatched = (clientId: string): boolean => {
      const asked = this.addedAt.get(clientId);
      const sinceAskedMs = asked ? msWithSleep(asked, now) : Number.POSITIVE_INFINITY;
      return this.fromEarlierWindow.has(clientId) || Math.min(unseenMs, sinceAskedMs) > UNWATCHED_MS;
    };
    return new Set(
      entries
        .filter(isInQueue)
        .map(({ clientId }) => clientId)
        .filter(isUnwatched),
    );
  }
}

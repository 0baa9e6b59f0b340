import { describeError } from '../../core/api/describeError';
import { isApiError } from '../../core/api/errors';
import type { Deployment } from '../../core/api/model';
import { momentOf, msWithSleep, type Clock, type Moment } from '../../core/base/clock';
import {
  accepted,
  failed,
  held,
  isWaiting,
  leaving,
  queued,
  resumed,
  sending,
  sentAgain,
  uncertain,
  type Outbox,
} from '../../core/conversation/queue/outbox';
import { queueStep, waitsForOthers, type Waiting } from '../../core/conversation/queue/promptQueue';
import { hasEnded, runStateOf } from '../../core/organization/status/runState';
import type { Message } from '../../core/conversation/transcript/transcript';
import { MAX_QUEUED_PROMPTS } from '../../core/base/limits';
import { Obstacle } from '../../core/words/obstacle';
import type { AgentsSession } from '../../core/organization/session';
import { UNWATCHED_MS } from '../../core/watch/pace';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import type { ConversationMemory } from './conversationMemory';
import type { Written } from './keptConversations';

/** How long after a prompt the run may still look ended before it starts again. */
const PROMPT_GRACE_MS = 30_000;

/** The conversation as its reader knows it. */
export interface ConversationReader {
  /** Undefined until it has been read. */
  readonly messages: readonly Message[] | undefined;
  /** The last read failed: in words, why. */
  readonly problem: string | undefined;
  /** Reads at once, or shares the read that is under way. */
  readNow(): Promise<void>;
  /** A prompt may have left: the run may begin again, and the end that was seen is none. */
  prompted(): void;
}

/** A prompt that the user gave. */
export interface Taken {
  /** Whether it is on the disk. If so, its text is safe. */
  readonly written: Promise<Written>;
  /**
   * Resolves when it was sent, or waits, or failed: the outbox says which. Rejects with an {@link Obstacle} when there
   * is no room for it.
   */
  readonly done: Promise<void>;
}

/**
 * Sends the prompts of one deployment, each once: at once, or from the queue when the run is done. Every prompt is on
 * the disk, marked `sending`, before its request leaves: after a crash it is uncertain, and nobody sends it again by
 * themselves. What becomes of a prompt is in the outbox.
 */
export class PromptSender {
  /** When a prompt left last, on the monotonic clock. */
  private promptedAt: number | undefined;
  /** The last prompt that was sent, until the run is seen to have taken it up: with when the run had ended by then. */
  private untaken: { readonly at: number; readonly ended: number | undefined } | undefined;
  private seenEnded: number | undefined;
  private idleSince: number | undefined;
  /** When the run was seen last. */
  private seenAt: Moment | undefined;
  /** When this window's prompts were queued or sent last. */
  private readonly asked = new Map<string, Moment>();
  /** Queued prompts of an earlier window or panel, until the run has been seen. */
  private leftBehind: ReadonlySet<string>;

  constructor(
    private readonly session: AgentsSession,
    private readonly deploymentId: string,
    private readonly memory: ConversationMemory,
    private readonly clock: Clock,
    private readonly reader: ConversationReader,
  ) {
    const { entries } = this.outbox;
    // What the last window left behind may be about to start the run again.
    if (entries.length > 0) this.promptedAt = clock.monotonicMs();
    this.leftBehind = new Set(entries.filter(isWaiting).map(({ clientId }) => clientId));
  }

  get outbox(): Outbox {
    return this.memory.outbox(this.deploymentId);
  }

  get hasQueue(): boolean {
    return this.outbox.entries.some(({ state }) => state === 'queued');
  }

  /** Nothing is on its way, waits for the run, or may be about to start it again. */
  get isAtRest(): boolean {
    // Reading goes on until an accepted prompt shows up. `queueStep` stops waiting after five minutes.
    if (this.outbox.entries.some(({ state }) => state === 'queued' || state === 'sending' || state === 'accepted'))
      return false;
    return this.promptedAt === undefined || this.clock.monotonicMs() - this.promptedAt > PROMPT_GRACE_MS;
  }

  /** Takes a prompt, once per `clientId` whatever happens: to be sent at once, or when the run is done. */
  take(how: 'send' | 'queue', clientId: string, text: string): Taken {
    const before = this.outbox;
    const prompt = { clientId, text, at: this.clock.now() };
    const next =
      how === 'send' ? sending(before, prompt, this.reader.messages) : queued(before, prompt, this.reader.messages);
    if (next === before) return { written: this.memory.lastWrite(this.deploymentId), done: Promise.resolve() };
    const problem =
      how === 'queue' && before.entries.filter(isWaiting).length >= MAX_QUEUED_PROMPTS
        ? `${String(MAX_QUEUED_PROMPTS)} prompts wait in this queue, and there is no room for another one. Send it later, or remove one that waits.`
        : this.memory.takeIn(this.deploymentId, next, text);
    if (problem !== undefined) return refused(problem);
    this.asked.set(clientId, momentOf(this.clock));
    const written = this.memory.lastWrite(this.deploymentId);
    return { written, done: this.afterTaking(how, clientId, written) };
  }

  /** Sends a prompt that waits now. One that has left already is not sent again. */
  async sendNow(clientId: string): Promise<void> {
    if (!this.reader.messages) await this.reader.readNow();
    const { messages } = this.reader;
    const entry = this.entry(clientId);
    if (!entry || !isWaiting(entry)) return;
    if (!messages) {
      await this.keep(held(this.outbox, this.unread('It was not sent, because the conversation could not be read.')));
      return;
    }
    await this.markAndDeliver(clientId, messages);
  }

  /**
   * Lets a queue that was stopped go on, whatever stopped it: its first prompt leaves now if the run is done, the
   * others wait for that again.
   */
  async resumeQueue(): Promise<void> {
    await this.reader.readNow();
    const { messages, problem } = this.reader;
    if (!messages || problem !== undefined) return;
    await this.keep(resumed(this.outbox, messages));
    const head = this.outbox.entries.find(isWaiting);
    const waiting = this.waiting(this.clock.monotonicMs());
    if (head && waiting && !waitsForOthers(this.outbox, waiting)) await this.sendNow(head.clientId);
  }

  /** Sends a failed or uncertain prompt again, after a look at whether it has arrived. */
  async sendAgain(clientId: string): Promise<void> {
    await this.reader.readNow();
    const { messages, problem } = this.reader;
    const entry = this.entry(clientId);
    if (entry?.state !== 'failed' && entry?.state !== 'uncertain') return;
    if (!messages || (entry.state === 'uncertain' && problem !== undefined)) {
      const kept = entry.state === 'failed' ? failed : uncertain;
      await this.keep(
        kept(
          this.outbox,
          clientId,
          this.unread('It was not sent again, because nobody could look whether it had arrived.'),
        ),
      );
      return;
    }
    await this.markAndDeliver(clientId, messages);
  }

  /**
   * Call this after each read of run and conversation that went well. A prompt that was accepted and never came is
   * given up, or the next of the queue leaves, if it is time.
   */
  async runSeen(deployment: Deployment, messages: readonly Message[]): Promise<void> {
    const now = momentOf(this.clock);
    const { untaken } = this;
    this.seenEnded = deployment.ended;
    const isTaken =
      untaken &&
      (!hasEnded(deployment) || deployment.ended !== untaken.ended || now.monotonicMs - untaken.at > PROMPT_GRACE_MS);
    if (isTaken) this.untaken = undefined;
    this.idleSince = hasEnded(deployment) && !this.untaken ? (this.idleSince ?? now.monotonicMs) : undefined;
    const { outbox, leaves } = queueStep(this.outbox, {
      idleMs: undefined,
      ...this.waiting(now.monotonicMs),
      sentMs: this.sentMs(now.monotonicMs),
      kind: runStateOf(deployment).kind,
      messages,
      unwatched: this.unwatched(now),
      now: now.wallMs,
    });
    this.seenAt = now;
    this.leftBehind = new Set();
    if (leaves) this.asked.set(leaves.clientId, now);
    const written = this.memory.keepOutbox(this.deploymentId, outbox);
    if (leaves) await this.deliverWhenWritten(leaves.clientId, written);
  }

  private async afterTaking(how: 'send' | 'queue', clientId: string, written: Promise<Written>): Promise<void> {
    const { isWritten } = await written;
    if (how === 'queue') {
      if (isWritten) await this.reader.readNow();
      else await this.giveUp(clientId, await written);
      return;
    }
    if (isWritten && !this.reader.messages) {
      // Without the transcript an older prompt of the same text could be taken for this one.
      await this.reader.readNow();
      const { messages } = this.reader;
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `readNow` changes it
      if (!messages) {
        await this.keep(
          failed(this.outbox, clientId, this.unread('It was not sent, because the conversation could not be read.')),
        );
        return;
      }
      await this.deliverWhenWritten(clientId, this.keep(leaving(this.outbox, clientId, messages)));
      return;
    }
    await this.deliverWhenWritten(clientId, written);
  }

  private async markAndDeliver(clientId: string, messages: readonly Message[]): Promise<void> {
    const before = this.outbox;
    const next = sentAgain(before, clientId, this.clock.now(), messages);
    if (next === before) return;
    this.asked.set(clientId, momentOf(this.clock));
    await this.deliverWhenWritten(clientId, this.keep(next));
  }

  /** Nothing leaves before it is on the disk as `sending`. */
  private async deliverWhenWritten(clientId: string, writing: Promise<Written>): Promise<void> {
    const written = await writing;
    const entry = this.entry(clientId);
    // Its deployment was deleted meanwhile.
    if (entry?.state !== 'sending') return;
    if (!written.isWritten) {
      await this.giveUp(clientId, written);
      return;
    }
    await this.deliver(clientId, entry.text);
  }

  private async giveUp(clientId: string, written: Written): Promise<void> {
    const why = written.isWritten ? '' : ` ${written.problem}`;
    await this.keep(failed(this.outbox, clientId, `It was not sent, because it could not be saved first.${why}`));
  }

  private async deliver(clientId: string, text: string): Promise<void> {
    const ended = this.seenEnded;
    const left = (): void => {
      this.promptedAt = this.clock.monotonicMs();
      this.untaken = { at: this.promptedAt, ended };
      this.idleSince = undefined;
      this.reader.prompted();
    };
    try {
      await this.session.store.promptDeployment(this.deploymentId, text);
      left();
      void this.keep(accepted(this.outbox, clientId));
    } catch (error) {
      const message = render(describeError(error, say('send the prompt')).message, 'page');
      if (isApiError(error) && error.mayHaveHappened) {
        left();
        // Look before anything is said: the conversation may hold it.
        await this.reader.readNow();
        void this.keep(uncertain(this.outbox, clientId, message));
      } else {
        void this.keep(failed(this.outbox, clientId, message));
      }
    }
    await this.reader.readNow();
    await this.memory.lastWrite(this.deploymentId);
  }

  private waiting(now: number): Waiting | undefined {
    return this.idleSince === undefined ? undefined : { idleMs: now - this.idleSince, sentMs: this.sentMs(now) };
  }

  private sentMs(now: number): Waiting['sentMs'] {
    return (clientId) => now - (this.asked.get(clientId)?.monotonicMs ?? Number.NEGATIVE_INFINITY);
  }

  /**
   * The queued prompts whose run may have ended long before it is seen now: asked for hours ago, they may be wanted no
   * more.
   */
  private unwatched(now: Moment): ReadonlySet<string> {
    const since = this.seenAt && msWithSleep(this.seenAt, now);
    return new Set(
      this.outbox.entries
        .filter(isWaiting)
        .map(({ clientId }) => clientId)
        .filter((clientId) => {
          const asked = this.asked.get(clientId);
          const unseenMs = Math.min(
            since ?? Number.POSITIVE_INFINITY,
            asked ? msWithSleep(asked, now) : Number.POSITIVE_INFINITY,
          );
          return this.leftBehind.has(clientId) || unseenMs > UNWATCHED_MS;
        }),
    );
  }

  private entry(clientId: string): Outbox['entries'][number] | undefined {
    return this.outbox.entries.find((candidate) => candidate.clientId === clientId);
  }

  private unread(what: string): string {
    return `${what} ${this.reader.problem ?? ''}`.trim();
  }

  private keep(outbox: Outbox): Promise<Written> {
    return this.memory.keepOutbox(this.deploymentId, outbox);
  }
}

function refused(problem: string): Taken {
  const done = Promise.reject(new Obstacle(problem));
  // Who waits for `written` alone hears of it there.
  done.catch(() => undefined);
  return { written: Promise.resolve({ isWritten: false, problem }), done };
}

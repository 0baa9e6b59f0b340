import { describeError } from '../../core/api/describeError';
import { isApiError } from '../../core/api/errors';
import type { Deployment } from '../../core/api/model';
import { momentOf, type Clock } from '../../core/base/clock';
import {
  markAccepted,
  markFailed,
  putOnHold,
  isInQueue,
  countBeforeSending,
  addQueued,
  resumeQueue,
  addSending,
  markSending,
  markUncertain,
  type Outbox,
} from '../../core/conversation/queue/outbox';
import { queueStep, hasPromptInFlight } from '../../core/conversation/queue/promptQueue';
import { runStateOf } from '../../core/organization/status/runState';
import type { Message } from '../../core/conversation/transcript/transcript';
import { MAX_QUEUED_PROMPTS } from '../../core/base/limits';
import { Obstacle } from '../../core/words/obstacle';
import type { AgentsSession } from '../../core/organization/session';
import { render } from '../../core/words/render';
import { count, joined, say, type Words } from '../../core/words/words';
import type { ConversationMemory } from './conversationMemory';
import type { Written } from './savedInputs';
import { SeenRun } from './seenRun';
import { TEXTS } from './texts';

/** The conversation as it was last read. */
export interface ConversationReader {
  /** Undefined until the first read that succeeded. */
  messages(): readonly Message[] | undefined;
  /** Why the last read failed, in words for the user. Undefined: it succeeded. */
  problem(): string | undefined;
  /** Reads now, or joins a read that has begun. */
  readNow(): Promise<void>;
  /** A prompt may have reached the server. It can start the run again, so the known end may not be the last. */
  prompted(): void;
}

/** A prompt that was added to the outbox. */
export interface AddedPrompt {
  /** Whether it is on the disk. Then its text is safe. */
  readonly written: Promise<Written>;
  /**
   * Resolves when it was sent, queued or failed. The outbox says which. Rejects with an {@link Obstacle} if it does not
   * fit.
   */
  readonly done: Promise<void>;
}

/**
 * Sends the prompts of one deployment, each once: now, or from the queue when the run is done. Every prompt is on the
 * disk, marked `sending`, before its request is sent. After a crash it is uncertain, and only the user sends it again.
 * The outbox shows the result of each prompt.
 */
export class PromptSender {
  private readonly run: SeenRun;

  constructor(
    private readonly session: AgentsSession,
    private readonly deploymentId: string,
    private readonly memory: ConversationMemory,
    private readonly clock: Clock,
    private readonly reader: ConversationReader,
  ) {
    this.run = new SeenRun(clock, this.outbox);
  }

  get outbox(): Outbox {
    return this.memory.outbox(this.deploymentId);
  }

  get hasQueue(): boolean {
    return this.outbox.entries.some(({ state }) => state === 'queued');
  }

  /** Whether no prompt is being sent, waits for the run, or may still start it again. */
  get isAtRest(): boolean {
    // Reading goes on until an accepted prompt shows up. `queueStep` stops waiting after five minutes.
    if (this.outbox.entries.some(({ state }) => state === 'queued' || state === 'sending' || state === 'accepted'))
      return false;
    return !this.run.mayStartAgain;
  }

  /** Adds a prompt at most once per `clientId`. Sends it now, or when the run is done. */
  add(how: 'send' | 'queue', clientId: string, text: string): AddedPrompt {
    const before = this.outbox;
    const prompt = { clientId, text, at: this.clock.now() };
    const next =
      how === 'send'
        ? addSending(before, prompt, this.reader.messages())
        : addQueued(before, prompt, this.reader.messages());
    if (next === before) return { written: this.memory.lastWrite(this.deploymentId), done: Promise.resolve() };
    const problem =
      how === 'queue' && before.entries.filter(isInQueue).length >= MAX_QUEUED_PROMPTS
        ? render(say(TEXTS.queueFull, count(MAX_QUEUED_PROMPTS, 'prompt')), 'page')
        : this.memory.addPrompt(this.deploymentId, next, text);
    if (problem !== undefined) return refused(problem);
    this.run.askedFor(clientId);
    const written = this.memory.lastWrite(this.deploymentId);
    return { written, done: this.afterAdding(how, clientId, written) };
  }

  /** Sends a queued prompt now. Ignores one that has been sent already. */
  async sendNow(clientId: string): Promise<void> {
    if (!this.reader.messages()) await this.reader.readNow();
    const messages = this.reader.messages();
    const entry = this.entry(clientId);
    if (!entry || !isInQueue(entry)) return;
    if (!messages) {
      await this.save(putOnHold(this.outbox, this.unread(say(TEXTS.notSentUnread))));
      return;
    }
    await this.markAndDeliver(clientId, messages);
  }

  /**
   * Queues all prompts on hold, for whatever reason. If the run is done, the first is sent now. The others wait for the
   * end of its run.
   */
  async resumeQueue(): Promise<void> {
    await this.reader.readNow();
    const messages = this.reader.messages();
    const problem = this.reader.problem();
    if (!messages || problem !== undefined) return;
    await this.save(resumeQueue(this.outbox, messages));
    const head = this.outbox.entries.find(isInQueue);
    const waiting = this.run.idle(this.clock.monotonicMs());
    if (head && waiting && !hasPromptInFlight(this.outbox, waiting)) await this.sendNow(head.clientId);
  }

  /** Sends a failed or uncertain prompt again, unless a new read shows that it has arrived. */
  async sendAgain(clientId: string): Promise<void> {
    await this.reader.readNow();
    const messages = this.reader.messages();
    const problem = this.reader.problem();
    const entry = this.entry(clientId);
    if (entry?.state !== 'failed' && entry?.state !== 'uncertain') return;
    if (!messages || (entry.state === 'uncertain' && problem !== undefined)) {
      const mark = entry.state === 'failed' ? markFailed : markUncertain;
      await this.save(mark(this.outbox, clientId, this.unread(say(TEXTS.notSentAgain))));
      return;
    }
    await this.markAndDeliver(clientId, messages);
  }

  /**
   * Call this after each successful read of run and conversation. It sends the next queued prompt when it is time, and
   * stops waiting for an accepted prompt that did not arrive.
   */
  async runSeen(deployment: Deployment, messages: readonly Message[]): Promise<void> {
    const now = momentOf(this.clock);
    this.run.look(deployment, now);
    const { outbox, send } = queueStep(this.outbox, {
      idleMs: undefined,
      ...this.run.idle(now.monotonicMs),
      sentMs: this.run.sentMs(now.monotonicMs),
      kind: runStateOf(deployment).kind,
      messages,
      unwatched: this.run.unwatched(this.outbox, now),
      now: now.wallMs,
    });
    this.run.watchedUntil(now);
    if (send) this.run.askedFor(send.clientId, now);
    const written = this.memory.saveOutbox(this.deploymentId, outbox);
    if (send) await this.deliverWhenWritten(send.clientId, written);
  }

  private async afterAdding(how: 'send' | 'queue', clientId: string, written: Promise<Written>): Promise<void> {
    const { isWritten } = await written;
    if (how === 'queue') {
      if (isWritten) await this.reader.readNow();
      else await this.giveUp(clientId, await written);
      return;
    }
    if (isWritten && !this.reader.messages()) {
      // Without the transcript, an older prompt with the same text could be mistaken for this one.
      await this.reader.readNow();
      const messages = this.reader.messages();
      if (!messages) {
        await this.save(markFailed(this.outbox, clientId, this.unread(say(TEXTS.notSentUnread))));
        return;
      }
      await this.deliverWhenWritten(clientId, this.save(countBeforeSending(this.outbox, clientId, messages)));
      return;
    }
    await this.deliverWhenWritten(clientId, written);
  }

  private async markAndDeliver(clientId: string, messages: readonly Message[]): Promise<void> {
    const before = this.outbox;
    const next = markSending(before, clientId, this.clock.now(), messages);
    if (next === before) return;
    this.run.askedFor(clientId);
    await this.deliverWhenWritten(clientId, this.save(next));
  }

  /** Sends nothing before it is on the disk as `sending`. */
  private async deliverWhenWritten(clientId: string, writing: Promise<Written>): Promise<void> {
    const written = await writing;
    const entry = this.entry(clientId);
    // The deployment was deleted in the meantime.
    if (entry?.state !== 'sending') return;
    if (!written.isWritten) {
      await this.giveUp(clientId, written);
      return;
    }
    await this.deliver(clientId, entry.text);
  }

  private async giveUp(clientId: string, written: Written): Promise<void> {
    const problem = joined([say(TEXTS.notSavedFirst), !written.isWritten && written.problem]);
    await this.save(markFailed(this.outbox, clientId, render(problem, 'page')));
  }

  private async deliver(clientId: string, text: string): Promise<void> {
    const reachedServer = this.run.promptLeaves();
    const left = (): void => {
      reachedServer();
      this.reader.prompted();
    };
    try {
      await this.session.store.promptDeployment(this.deploymentId, text);
      left();
      void this.save(markAccepted(this.outbox, clientId));
    } catch (error) {
      const message = render(describeError(error, say(TEXTS.toSend)).message, 'page');
      if (isApiError(error) && error.mayHaveHappened) {
        left();
        // Read before reporting it to the user, because the prompt may be in the conversation.
        await this.reader.readNow();
        void this.save(markUncertain(this.outbox, clientId, message));
      } else {
        void this.save(markFailed(this.outbox, clientId, message));
      }
    }
    await this.reader.readNow();
    await this.memory.lastWrite(this.deploymentId);
  }

  private entry(clientId: string): Outbox['entries'][number] | undefined {
    return this.outbox.entries.find((candidate) => candidate.clientId === clientId);
  }

  private unread(what: Words): string {
    return render(joined([what, this.reader.problem()]), 'page');
  }

  private save(outbox: Outbox): Promise<Written> {
    return this.memory.saveOutbox(this.deploymentId, outbox);
  }
}

function refused(problem: string): AddedPrompt {
  const done = Promise.reject(new Obstacle(problem));
  // Callers that wait only for `written` get the problem there.
  done.catch(() => undefined);
  return { written: Promise.resolve({ isWritten: false, problem }), done };
}

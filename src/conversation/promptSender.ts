import { describeError } from '../core/api/describeError';
import { isApiError } from '../core/api/errors';
import { hasEnded, type Deployment } from '../core/api/model';
import type { Clock } from '../core/clock';
import { accepted, failed, held, isWaiting, leaving, queued, resumed, sending, sentAgain, uncertain, type Outbox } from '../core/conversation/outbox';
import { queueStep, waitsForOthers } from '../core/conversation/promptQueue';
import { toneOf } from '../core/conversation/statusTone';
import type { Message } from '../core/conversation/transcript';
import type { AgentsSession } from '../core/organization/session';
import { UNWATCHED_MS } from '../core/watch/pace';
import { render } from '../core/words/render';
import { say } from '../core/words/words';
import type { ConversationMemory } from './conversationMemory';

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

/** Sends the prompts of one deployment, each once: at once, or from the queue when the run is done. What becomes of them is in the outbox; nothing here throws. */
export class PromptSender {
  private promptedAt: number | undefined;
  /** The last prompt that was sent, until the run is seen to have taken it up: with when the run had ended by then. */
  private untaken: { readonly at: number; readonly ended: number | undefined } | undefined;
  private seenEnded: number | undefined;
  private idleSince: number | undefined;
  /** When the run was seen last. */
  private seenAt: number | undefined;
  /** Queued prompts of an earlier window or panel, until the run has been seen. */
  private leftBehind: ReadonlySet<string>;

  constructor(
    private readonly session: AgentsSession, private readonly deploymentId: string, private readonly memory: ConversationMemory,
    private readonly clock: Clock, private readonly reader: ConversationReader,
  ) {
    const { entries } = this.outbox;
    // What the last window left behind may be about to start the run again.
    if (entries.length > 0) this.promptedAt = clock.now();
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
    // What was accepted is read for until it has come, or the step after a read gives it up.
    if (this.outbox.entries.some(({ state }) => state === 'queued' || state === 'sending' || state === 'accepted')) return false;
    return this.promptedAt === undefined || this.clock.now() - this.promptedAt > PROMPT_GRACE_MS;
  }

  /** Once per `clientId` whatever happens. */
  async send(clientId: string, text: string): Promise<void> {
    if (!this.takeIn(sending(this.outbox, { clientId, text, at: this.clock.now() }, this.reader.messages), text)) return;
    if (!this.reader.messages) {
      // Without the transcript an older prompt of the same text could be taken for this one.
      await this.reader.readNow();
      if (!this.reader.messages) {
        this.keep(failed(this.outbox, clientId, this.unread('It was not sent, because the conversation could not be read.')));
        return;
      }
      this.keep(leaving(this.outbox, clientId, this.reader.messages));
    }
    await this.deliver(clientId, text);
  }

  /** Keeps a prompt until the run is done, once per `clientId`; it leaves at once where that turns out to be so. */
  async queue(clientId: string, text: string): Promise<void> {
    if (this.takeIn(queued(this.outbox, { clientId, text, at: this.clock.now() }, this.reader.messages), text)) await this.reader.readNow();
  }

  /** Sends a prompt that waits now. One that has left already is not sent again. */
  async sendNow(clientId: string): Promise<void> {
    if (!this.reader.messages) await this.reader.readNow();
    const { messages } = this.reader;
    const entry = this.outbox.entries.find((candidate) => candidate.clientId === clientId);
    if (!entry || !isWaiting(entry)) return;
    if (!messages) {
      this.keep(held(this.outbox, this.unread('It was not sent, because the conversation could not be read.')));
      return;
    }
    this.keep(sentAgain(this.outbox, clientId, this.clock.now(), messages));
    await this.deliver(clientId, entry.text);
  }

  /** Lets a queue that was stopped go on, whatever stopped it: its first prompt leaves now if the run is done, the others wait for that again. */
  async resumeQueue(): Promise<void> {
    await this.reader.readNow();
    const { messages, problem } = this.reader;
    if (!messages || problem !== undefined) return;
    this.keep(resumed(this.outbox, messages));
    const head = this.outbox.entries.find(isWaiting);
    if (head && this.idleSince !== undefined && !waitsForOthers(this.outbox, this.idleSince, this.clock.now())) await this.sendNow(head.clientId);
  }

  /** Sends a failed or uncertain prompt again, after a look at whether it has arrived. */
  async sendAgain(clientId: string): Promise<void> {
    await this.reader.readNow();
    const { messages, problem } = this.reader;
    const entry = this.outbox.entries.find((candidate) => candidate.clientId === clientId);
    if (entry?.state !== 'failed' && entry?.state !== 'uncertain') return;
    if (!messages || (entry.state === 'uncertain' && problem !== undefined)) {
      const kept = entry.state === 'failed' ? failed : uncertain;
      this.keep(kept(this.outbox, clientId, this.unread('It was not sent again, because nobody could look whether it had arrived.')));
      return;
    }
    const next = sentAgain(this.outbox, clientId, this.clock.now(), messages);
    if (next === this.outbox) return;
    this.keep(next);
    await this.deliver(clientId, entry.text);
  }

  /** To be called after each read of run and conversation that went well: gives up what was accepted and never came, or lets the next of the queue leave, if it is time. */
  async runSeen(deployment: Deployment, messages: readonly Message[]): Promise<void> {
    const now = this.clock.now();
    const { untaken } = this;
    this.seenEnded = deployment.ended;
    if (untaken && (!hasEnded(deployment) || deployment.ended !== untaken.ended || now - untaken.at > PROMPT_GRACE_MS)) this.untaken = undefined;
    this.idleSince = hasEnded(deployment) && !this.untaken ? this.idleSince ?? now : undefined;
    const { outbox, leaves } = queueStep(this.outbox, {
      idleSince: this.idleSince, tone: toneOf(deployment.status, deployment.ended), messages, unwatched: this.unwatched(now), now,
    });
    this.seenAt = now;
    this.leftBehind = new Set();
    // Kept as on its way before it is: what may have been sent must not look after a crash as if it had not been.
    await this.memory.keepOutbox(this.deploymentId, outbox);
    if (leaves) await this.deliver(leaves.clientId, leaves.text);
  }

  /** The queued prompts whose run may have ended long before it is seen now: asked for hours ago, they may be wanted no more. */
  private unwatched(now: number): ReadonlySet<string> {
    const waiting = this.outbox.entries.filter(isWaiting);
    return new Set(waiting.filter(({ clientId, at }) => this.leftBehind.has(clientId) || now - Math.max(at, this.seenAt ?? at) > UNWATCHED_MS).map(({ clientId }) => clientId));
  }

  private async deliver(clientId: string, text: string): Promise<void> {
    const ended = this.seenEnded;
    const left = (): void => {
      this.promptedAt = this.clock.now();
      this.untaken = { at: this.promptedAt, ended };
      this.idleSince = undefined;
      this.reader.prompted();
    };
    try {
      await this.session.store.promptDeployment(this.deploymentId, text);
      left();
      this.keep(accepted(this.outbox, clientId));
    } catch (error) {
      const message = render(describeError(error, say('send the prompt')).message, 'page');
      if (isApiError(error) && error.mayHaveHappened) {
        left();
        // Look before anything is said: the conversation may hold it.
        await this.reader.readNow();
        this.keep(uncertain(this.outbox, clientId, message));
      } else {
        this.keep(failed(this.outbox, clientId, message));
      }
    }
    await this.reader.readNow();
  }

  /** True if it was not known: then it is kept before anything is waited for, as the text is in the box no more. What was typed since stays there. */
  private takeIn(next: Outbox, text: string): boolean {
    if (next === this.outbox) return false;
    if (this.memory.draft(this.deploymentId) === text) this.memory.keepDraft(this.deploymentId, '');
    this.keep(next);
    return true;
  }

  private unread(what: string): string {
    return `${what} ${this.reader.problem ?? ''}`.trim();
  }

  private keep(outbox: Outbox): void {
    void this.memory.keepOutbox(this.deploymentId, outbox);
  }
}

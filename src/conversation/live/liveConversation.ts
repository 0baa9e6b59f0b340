import { describeError } from '../../core/api/describeError';
import { isApiError, isCancelled, type ApiError } from '../../core/api/errors';
import type { ConversationAnswer } from '../../core/api/api';
import type { Conversation, Deployment } from '../../core/api/model';
import { momentOf, msWithSleep, type Clock, type Moment } from '../../core/base/clock';
import { changesBetween, keepIdentity } from '../../core/pages/conversation/diff';
import { itemsOf, reconciled, type Outbox } from '../../core/conversation/queue/outbox';
import { toTranscript } from '../../core/conversation/transcript/parseTranscript';
import type { PartTimes } from '../../core/conversation/times/partTimes';
import type { Change, ConversationState, Freshness, Header } from '../../core/pages/conversation/protocol';
import { hasEnded } from '../../core/organization/status/runState';
import type { Message } from '../../core/conversation/transcript/transcript';
import { Emitter, type Disposable } from '../../core/base/events';
import type { AgentsSession } from '../../core/organization/session';
import { nextConversationReadMs } from '../../core/watch/pace';
import { Poller } from '../../core/watch/poller';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import type { ConversationMemory } from './conversationMemory';
import { factsOf } from './factsOf';
import { PromptSender, type Taken } from './promptSender';
import { WatchedTimes } from './watchedTimes';

/** How long the header says “Stopping…” after the last press on Stop. */
const STOP_GRACE_MS = 30_000;

/** What an earlier session read of a conversation. */
export type Shown = Pick<ConversationState, 'messages' | 'freshness'>;

/** How much older than the truth the page's time may be while nothing else is told: it shows minutes. */
const FRESHNESS_GRAIN_MS = 60_000;

/**
 * One deployment's conversation as it is now: reads it while it is watched, sends prompts once, and says what changed.
 * Knows no `vscode`.
 */
export class LiveConversation implements Disposable {
  private transcript: readonly Message[] = [];
  private answer: ConversationAnswer | undefined;
  private freshness: Freshness = { loading: true };
  /** As the page was told last. */
  private toldFreshness: Freshness;
  /**
   * When the server confirmed last what is shown, and the same as the page was told last; undefined before this
   * session's first read.
   */
  private confirmed: Moment | undefined;
  private toldConfirmed: Moment | undefined;
  /** The last press on Stop, on the monotonic clock; undefined once the run has ended, or that stop was refused. */
  private stopAsked: { readonly atMs: number } | undefined;
  private isVisible = true;
  private unchangedReads = 0;
  private failures = 0;
  private lastFailure: ApiError | undefined;
  /**
   * The end after which the conversation was read last, and so was read whole; undefined: it may be going on. Not every
   * end has a time.
   */
  private endRead: { readonly at: number | undefined } | undefined;
  private lastHeader: Header;
  private readonly watched: WatchedTimes;
  private isDisposed = false;
  private readonly prompts: PromptSender;
  private readonly poller: Poller;
  private readonly changed = new Emitter<readonly Change[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly Disposable[];

  /** @param shown what an earlier session has read of it: stays until it is read anew. */
  constructor(
    readonly session: AgentsSession,
    readonly deploymentId: string,
    private readonly memory: ConversationMemory,
    private readonly clock: Clock,
    shown?: Shown,
  ) {
    if (shown) {
      const { confirmedAt } = shown.freshness;
      this.transcript = shown.messages;
      this.freshness = { loading: true, ...(confirmedAt === undefined ? {} : { confirmedAt }) };
    }
    this.toldFreshness = this.freshness;
    const problem = (): string | undefined => (this.failures > 0 ? (this.freshness.problem?.message ?? '') : undefined);
    const messages = (): readonly Message[] | undefined => this.answer && this.transcript;
    this.prompts = new PromptSender(session, deploymentId, memory, clock, {
      get messages() {
        return messages();
      },
      get problem() {
        return problem();
      },
      readNow: () => {
        this.unchangedReads = 0;
        return this.poller.readNow();
      },
      prompted: () => {
        this.endRead = undefined;
      },
    });
    this.lastHeader = this.header();
    this.watched = new WatchedTimes(memory, deploymentId, clock);
    this.poller = new Poller(
      () => this.read(),
      () =>
        nextConversationReadMs({
          // A queue is watched over in the background too, at leisure.
          isVisible: this.isVisible || this.prompts.hasQueue,
          isSettled: this.isSettled(),
          unchangedReads: this.isVisible ? this.unchangedReads : Number.POSITIVE_INFINITY,
          failures: this.failures,
          lastFailure: this.lastFailure?.failure,
        }),
    );
    this.subscriptions = [
      session.store.onDidChange(() => {
        this.headerChanged();
        this.poller.reconsider();
      }),
      memory.onDidChangeOutbox((changedId) => {
        if (changedId === deploymentId) this.tell([{ kind: 'outbox', outbox: itemsOf(this.outbox) }]);
      }),
    ];
    void this.poller.readNow();
  }

  get deployment(): Deployment | undefined {
    return this.session.store.deployment(this.deploymentId);
  }

  private get outbox(): Outbox {
    return this.memory.outbox(this.deploymentId);
  }

  get messages(): readonly Message[] {
    return this.transcript;
  }

  /** When its parts ran, as far as it was seen. */
  get times(): PartTimes {
    return this.watched.times;
  }

  /** As the API answered it last; undefined until it did. */
  get conversation(): Conversation | undefined {
    return this.answer?.conversation;
  }

  /** When the server confirmed last what is shown. */
  get confirmedAt(): number | undefined {
    return this.freshness.confirmedAt;
  }

  state(): ConversationState {
    return {
      header: this.header(),
      freshness: this.freshness,
      messages: this.transcript,
      outbox: itemsOf(this.outbox),
      draft: this.memory.draft(this.deploymentId),
      observed: [...this.times],
    };
  }

  visibilityChanged(isVisible: boolean): void {
    if (this.isVisible === isVisible) return;
    this.isVisible = isVisible;
    if (isVisible) void this.poller.readNow();
    else this.poller.reconsider();
  }

  readNow(): Promise<void> {
    return this.poller.readNow();
  }

  draftChanged(text: string): void {
    void this.memory.keepDraft(this.deploymentId, text);
  }

  /**
   * Takes a prompt, once per `clientId` whatever happens. One that there is no room for goes back into the prompt box.
   */
  take(how: 'send' | 'queue', clientId: string, text: string): Taken {
    const taken = this.prompts.take(how, clientId, text);
    taken.done.catch(() => this.tell([{ kind: 'draft', text: this.memory.giveBack(this.deploymentId, text) }]));
    return taken;
  }

  /** Sends a prompt. What became of it is in the outbox. Throws {@link Obstacle} when there is no room for it. */
  send(clientId: string, text: string): Promise<void> {
    return this.take('send', clientId, text).done;
  }

  /** Keeps a prompt until the run is done, and sends it then. Throws {@link Obstacle} when there is no room for it. */
  queue(clientId: string, text: string): Promise<void> {
    return this.take('queue', clientId, text).done;
  }

  /** Sends a prompt that waits now. */
  sendNow(clientId: string): Promise<void> {
    return this.prompts.sendNow(clientId);
  }

  /** Lets a queue that was stopped go on. */
  resumeQueue(): Promise<void> {
    return this.prompts.resumeQueue();
  }

  /** Sends a failed or uncertain prompt again, after a look at whether it has arrived. */
  sendAgain(clientId: string): Promise<void> {
    return this.prompts.sendAgain(clientId);
  }

  /** Takes a prompt that is not on its way back into the prompt box. False: it has left, or there is none. */
  takeBack(clientId: string): boolean {
    const text = this.memory.takeBack(this.deploymentId, clientId);
    if (text !== undefined) this.tell([{ kind: 'draft', text }]);
    return text !== undefined;
  }

  /**
   * Asks for the stop. Every call sends, also while an earlier one waits for its answer: a stop can be lost, and a
   * second one does no harm.
   * The header says “Stopping…” until the server confirms that the run has ended. Throws `ApiError`.
   */
  async stop(): Promise<void> {
    const asked = { atMs: this.clock.monotonicMs() };
    this.stopAsked = asked;
    this.headerChanged();
    try {
      await this.session.store.stopDeployment(this.deploymentId);
    } catch (error) {
      if (this.stopAsked === asked) this.stopAsked = undefined;
      this.headerChanged();
      throw error;
    }
    this.headerChanged();
    await this.poller.readNow();
  }

  dispose(): void {
    this.watched.dispose();
    this.isDisposed = true;
    this.poller.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private async read(): Promise<void> {
    const { store, client, signal } = this.session;
    const began = { end: this.end(), at: this.clock.now() };
    if (this.freshness.problem) {
      this.freshness = { ...this.freshness, loading: true };
      this.tellFreshness();
    }
    this.readNames();
    try {
      const [deployment, answer] = await Promise.all([
        store.readDeployment(this.deploymentId),
        client.readConversation(this.deploymentId, { signal, previous: this.answer }),
      ]);
      if (signal.aborted) return;
      const before = this.confirmed;
      const now = momentOf(this.clock);
      this.confirmed = now;
      this.freshness = { confirmedAt: now.wallMs, loading: false };
      this.takeOver(answer, began.at);
      this.endRead = began.end;
      this.failures = 0;
      this.lastFailure = undefined;
      // Reading that goes on tells with the next change; reading that rests, or has begun again after a pause, leaves
      // an old time on the page.
      const since = (this.isSettled() ? this.toldConfirmed : before) ?? now;
      // Where the clock was set back, too: then the page shows a time that is to come.
      this.tellFreshness(Math.max(msWithSleep(since, now), Math.abs(now.wallMs - since.wallMs)) > FRESHNESS_GRAIN_MS);
      // Of two panels that follow each other only the one that is there sends what is queued.
      if (!this.isDisposed) void this.prompts.runSeen(deployment, this.transcript);
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.failures++;
      this.lastFailure = isApiError(error) ? error : undefined;
      const { message, action } = describeError(error, say('read the conversation'));
      const { confirmedAt } = this.freshness;
      this.freshness = {
        loading: false,
        ...(confirmedAt === undefined ? {} : { confirmedAt }),
        problem: {
          message: render(message, 'page'),
          action: action === 'signIn' || action === 'showLog' ? action : 'retry',
        },
      };
      this.tellFreshness();
    }
  }

  /** The names of task and agent in the header: read when nobody has, and again with what else could not be read. */
  private readNames(): void {
    const { store } = this.session;
    const { tasks } = store.snapshot;
    if (!tasks.value && (!tasks.problem || this.failures > 0))
      void Promise.all([store.refreshTasks(), store.refreshAgents()]);
  }

  private takeOver(answer: ConversationAnswer, began: number): void {
    if (answer === this.answer) {
      this.unchangedReads++;
      this.tell(this.watch(began));
      this.headerChanged();
      return;
    }
    const before = this.transcript;
    const read = this.answer && { messages: this.answer.conversation.messages, transcript: before };
    this.answer = answer;
    this.transcript = keepIdentity(before, toTranscript(answer.conversation, read));
    const changes = changesBetween(before, this.transcript);
    this.unchangedReads = changes.length > 0 ? 0 : this.unchangedReads + 1;
    this.tell([...changes, ...this.watch(began)]);
    const next = reconciled(this.outbox, this.transcript);
    if (next !== this.outbox) void this.memory.keepOutbox(this.deploymentId, next);
    this.headerChanged();
  }

  private watch(began: number): readonly Change[] {
    return this.watched.read(this.transcript, began, this.deployment !== undefined && !hasEnded(this.deployment));
  }

  /** When the server confirmed it is told with whatever else is. */
  private tell(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const { freshness } = this;
    const isTold = freshness === this.toldFreshness;
    this.toldFreshness = freshness;
    this.toldConfirmed = this.confirmed;
    this.changed.fire(isTold ? changes : [{ kind: 'freshness', freshness }, ...changes]);
  }

  /** The end of the run as it is known now; undefined while it goes on. */
  private end(): { readonly at: number | undefined } | undefined {
    const { deployment } = this;
    return deployment && hasEnded(deployment) ? { at: deployment.ended } : undefined;
  }

  /**
   * A run may begin and end again between two reads, prompted from elsewhere: then what was read belongs to an older
   * end.
   */
  private isSettled(): boolean {
    const end = this.end();
    return end !== undefined && this.endRead !== undefined && end.at === this.endRead.at && this.prompts.isAtRest;
  }

  private get isStopping(): boolean {
    return this.stopAsked !== undefined && this.clock.monotonicMs() - this.stopAsked.atMs < STOP_GRACE_MS;
  }

  private header(): Header {
    const { deployment } = this;
    const facts = factsOf(this.session, this.deploymentId, this.answer?.conversation, this.lastHeader);
    const isActive = deployment !== undefined && !hasEnded(deployment);
    return {
      ...facts,
      canStop: isActive,
      stopping: this.isStopping && isActive,
    };
  }

  private headerChanged(): void {
    if (this.deployment && hasEnded(this.deployment)) this.stopAsked = undefined;
    const header = this.header();
    // Small and flat: its text tells whether it changed.
    if (JSON.stringify(header) === JSON.stringify(this.lastHeader)) return;
    this.lastHeader = header;
    this.tell([{ kind: 'header', header }]);
  }

  /**
   * The time alone is no news while all is well: an unchanged read tells nothing.
   * @param isLate the page would go on showing a time that is long past.
   */
  private tellFreshness(isLate = false): void {
    const { freshness, toldFreshness: told } = this;
    const isNews =
      isLate ||
      told.loading !== freshness.loading ||
      told.problem?.message !== freshness.problem?.message ||
      told.confirmedAt === undefined;
    if (!isNews || freshness === told) return;
    this.toldFreshness = freshness;
    this.toldConfirmed = this.confirmed;
    this.changed.fire([{ kind: 'freshness', freshness }]);
  }
}

import { describeError } from '../../core/api/describeError';
import { isApiError, isCancelled, type ApiError } from '../../core/api/errors';
import type { ConversationAnswer } from '../../core/api/api';
import type { Conversation, Deployment } from '../../core/api/model';
import type { Clock } from '../../core/base/clock';
import { changesBetween, keepIdentity } from '../../core/pages/conversation/diff';
import { pageItemsOf, removeArrived, type Outbox } from '../../core/conversation/queue/outbox';
import { toTranscript } from '../../core/conversation/transcript/parseTranscript';
import type { PartTimes } from '../../core/conversation/times/partTimes';
import type { Change, ConversationState, Header } from '../../core/pages/conversation/protocol';
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
import { PageFreshness } from './pageFreshness';
import { PromptSender, type AddedPrompt } from './promptSender';
import { StopRequests } from './stopRequests';
import { PartTimer } from './partTimer';
import { TEXTS } from './texts';

/** What an earlier session read of a conversation. */
export type Shown = Pick<ConversationState, 'messages' | 'freshness'>;

/**
 * One deployment's conversation while its session lasts. Reads it while someone watches, sends each prompt once, and
 * reports changes. Does not import `vscode`.
 */
export class LiveConversation implements Disposable {
  private transcript: readonly Message[] = [];
  private answer: ConversationAnswer | undefined;
  private readonly freshness: PageFreshness;
  private readonly stops: StopRequests;
  private isVisible = true;
  private unchangedReads = 0;
  private failures = 0;
  private lastFailure: ApiError | undefined;
  /**
   * The end of the run, if the last read came after it. Then no messages are missing. Undefined: the run may go on.
   * Some ends have no time.
   */
  private endRead: { readonly at: number | undefined } | undefined;
  private lastHeader: Header;
  private readonly watched: PartTimer;
  private isDisposed = false;
  private readonly prompts: PromptSender;
  private readonly poller: Poller;
  private readonly changed = new Emitter<readonly Change[]>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly Disposable[];

  /** @param shown what an earlier session read. It stays on screen until this session has read. */
  constructor(
    readonly session: AgentsSession,
    readonly deploymentId: string,
    private readonly memory: ConversationMemory,
    private readonly clock: Clock,
    shown?: Shown,
  ) {
    if (shown) this.transcript = shown.messages;
    this.freshness = new PageFreshness(clock, shown?.freshness.confirmedAt);
    this.stops = new StopRequests(clock);
    this.prompts = new PromptSender(session, deploymentId, memory, clock, {
      messages: () => this.answer && this.transcript,
      problem: () => (this.failures > 0 ? (this.freshness.current.problem?.message ?? '') : undefined),
      readNow: () => {
        this.unchangedReads = 0;
        return this.poller.readNow();
      },
      prompted: () => {
        this.endRead = undefined;
      },
    });
    this.lastHeader = this.header();
    this.watched = new PartTimer(memory, deploymentId, clock);
    this.poller = new Poller(
      () => this.read(),
      () =>
        nextConversationReadMs({
          // With queued prompts, reading goes on in the background at a slow pace.
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
        if (changedId === deploymentId) this.notify([{ kind: 'outbox', outbox: pageItemsOf(this.outbox) }]);
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

  /** When its parts ran, as measured between reads. */
  get times(): PartTimes {
    return this.watched.times;
  }

  /** The last answer of the API. Undefined until it came. */
  get conversation(): Conversation | undefined {
    return this.answer?.conversation;
  }

  /** When the server last confirmed what is shown. */
  get confirmedAt(): number | undefined {
    return this.freshness.current.confirmedAt;
  }

  state(): ConversationState {
    return {
      header: this.header(),
      freshness: this.freshness.current,
      messages: this.transcript,
      outbox: pageItemsOf(this.outbox),
      draft: this.memory.draft(this.deploymentId),
      partTimes: [...this.times],
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

  /** Adds a prompt at most once per `clientId`. If it does not fit, it returns to the prompt box. */
  add(how: 'send' | 'queue', clientId: string, text: string): AddedPrompt {
    const added = this.prompts.add(how, clientId, text);
    added.done.catch(() => this.notify([{ kind: 'draft', text: this.memory.returnToDraft(this.deploymentId, text) }]));
    return added;
  }

  /** Sends a prompt. The outbox shows the result. Throws {@link Obstacle} if the prompt does not fit. */
  send(clientId: string, text: string): Promise<void> {
    return this.add('send', clientId, text).done;
  }

  /** Queues a prompt: sends it when the run is done. Throws {@link Obstacle} if the prompt does not fit. */
  queue(clientId: string, text: string): Promise<void> {
    return this.add('queue', clientId, text).done;
  }

  /** Sends a queued prompt now. */
  sendNow(clientId: string): Promise<void> {
    return this.prompts.sendNow(clientId);
  }

  /** Resumes a queue that is on hold. */
  resumeQueue(): Promise<void> {
    return this.prompts.resumeQueue();
  }

  /** Sends a failed or uncertain prompt again, unless a new read shows that it has arrived. */
  sendAgain(clientId: string): Promise<void> {
    return this.prompts.sendAgain(clientId);
  }

  /** Moves a prompt back into the prompt box, unless it is being sent. False: it has been sent, or does not exist. */
  takeBack(clientId: string): boolean {
    const text = this.memory.takeBack(this.deploymentId, clientId);
    if (text !== undefined) this.notify([{ kind: 'draft', text }]);
    return text !== undefined;
  }

  /**
   * Asks the server to stop the run. Each press sends a request, even while an earlier one waits for its answer. A
   * request can be lost, and a second one does no harm. The header says “Stopping…” until the server confirms the end
   * of the run. Throws `ApiError`.
   */
  async stop(): Promise<void> {
    const refused = this.stops.press();
    this.headerChanged();
    try {
      await this.session.store.stopDeployment(this.deploymentId);
    } catch (error) {
      refused();
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
    this.freshness.readBegins();
    this.fire(this.freshness.news());
    this.readNames();
    try {
      const [deployment, answer] = await Promise.all([
        store.readDeployment(this.deploymentId),
        client.readConversation(this.deploymentId, { signal, previous: this.answer }),
      ]);
      if (signal.aborted) return;
      this.freshness.readWentWell();
      this.useAnswer(answer, began.at);
      this.endRead = began.end;
      this.failures = 0;
      this.lastFailure = undefined;
      this.fire(this.freshness.news(this.freshness.isLate(this.isSettled())));
      // A panel that was closed during the read sends nothing, because the next panel owns the queue.
      if (!this.isDisposed) void this.prompts.runSeen(deployment, this.transcript);
    } catch (error) {
      if (isCancelled(error) || signal.aborted) return;
      this.failures++;
      this.lastFailure = isApiError(error) ? error : undefined;
      const { message, action } = describeError(error, say(TEXTS.toRead));
      this.freshness.readFailed({
        message: render(message, 'page'),
        action: action === 'signIn' || action === 'showLog' ? action : 'retry',
      });
      this.fire(this.freshness.news());
    }
  }

  /** Reads the names of task and agent for the header, unless they are known. Tries again after a failure. */
  private readNames(): void {
    const { store } = this.session;
    const { tasks } = store.snapshot;
    if (!tasks.value && (!tasks.problem || this.failures > 0))
      void Promise.all([store.refreshTasks(), store.refreshAgents()]);
  }

  private useAnswer(answer: ConversationAnswer, began: number): void {
    if (answer === this.answer) {
      this.unchangedReads++;
      this.notify(this.watch(began));
      // The run may have ended since the last read, which also ends its last turn.
      this.session.store.observeConversation(this.deploymentId, this.transcript);
      this.headerChanged();
      return;
    }
    const before = this.transcript;
    const read = this.answer && { messages: this.answer.conversation.messages, transcript: before };
    this.answer = answer;
    this.transcript = keepIdentity(before, toTranscript(answer.conversation, read));
    const changes = changesBetween(before, this.transcript);
    this.unchangedReads = changes.length > 0 ? 0 : this.unchangedReads + 1;
    this.notify([...changes, ...this.watch(began)]);
    const next = removeArrived(this.outbox, this.transcript);
    if (next !== this.outbox) void this.memory.saveOutbox(this.deploymentId, next);
    this.session.store.observeConversation(this.deploymentId, this.transcript);
    this.headerChanged();
  }

  private watch(began: number): readonly Change[] {
    return this.watched.read(this.transcript, began, this.deployment !== undefined && !hasEnded(this.deployment));
  }

  /** Sends changes together with the time when the server confirmed them. */
  private notify(changes: readonly Change[]): void {
    this.fire(this.freshness.with(changes));
  }

  private fire(changes: readonly Change[]): void {
    if (changes.length > 0) this.changed.fire(changes);
  }

  /** The end of the run, if it has ended. */
  private end(): { readonly at: number | undefined } | undefined {
    const { deployment } = this;
    return deployment && hasEnded(deployment) ? { at: deployment.ended } : undefined;
  }

  /**
   * Whether no more messages can arrive by themselves. Someone else's prompt can start and end the run between two
   * reads. Then the end differs from the one that the last read came after.
   */
  private isSettled(): boolean {
    const end = this.end();
    return end !== undefined && this.endRead !== undefined && end.at === this.endRead.at && this.prompts.isAtRest;
  }

  private header(): Header {
    const { deployment } = this;
    const facts = factsOf(this.session, this.deploymentId, this.answer?.conversation, this.lastHeader);
    const isActive = deployment !== undefined && !hasEnded(deployment);
    return {
      ...facts,
      canStop: isActive,
      stopping: this.stops.isStopping && isActive,
    };
  }

  private headerChanged(): void {
    if (this.deployment && hasEnded(this.deployment)) this.stops.runEnded();
    const header = this.header();
    // It is small and flat, so comparing its JSON shows whether it changed.
    if (JSON.stringify(header) === JSON.stringify(this.lastHeader)) return;
    this.lastHeader = header;
    this.notify([{ kind: 'header', header }]);
  }
}

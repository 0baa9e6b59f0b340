import { dispatch, isMessageFor, type HandlersOf, type MessageOf } from '../../src/core/pages/channel/messages';
import type {
  ConversationState,
  Freshness,
  ReadingPosition,
  ToPageMessages,
} from '../../src/core/pages/conversation/protocol';
import type { OutboxItem } from '../../src/core/conversation/queue/outbox';
import { isActive } from '../../src/core/organization/status/runState';
import type { PartAddress } from '../../src/core/conversation/transcript/partAddress';
import { Announcer } from './timeline/announcer';
import { ReceivedConversation } from './connection/receivedConversation';
import { TakeBackRequests } from './prompt/takeBackRequests';
import { foldWhenLow } from './header/compactHeader';
import { Connection } from './connection/connection';
import { ConnectionBanner } from './connection/connectionBanner';
import { emptiness, emptyView, skeleton } from './timeline/emptyView';
import { FilesButton } from './files/filesButton';
import { FindControl } from './find/findControl';
import { Folds } from './view/folds';
import { HeaderView } from './header/header';
import type { Host } from './connection/host';
import { listenForKeys } from './keyboard/pageKeys';
import { handLinksToPanel } from './links';
import { text } from '../shared/texts';
import { menuButton } from '../shared/menu';
import { MessageView } from './timeline/messageView';
import { PartClock } from './view/partClock';
import { mayCome, PositionKeeper } from './timeline/positionKeeper';
import { PromptBox, type NewPrompt } from './prompt/promptBox';
import { ownPrompts } from './prompt/promptHistory';
import { RichText } from './rich/richText';
import { UnconfirmedPrompts } from './prompt/unconfirmedPrompts';
import { visibleAddress } from './timeline/visibleAddress';
import { Timeline } from './timeline/timeline';
import type { PageContext } from './view/view';

/** The page: receives messages from the panel, combines them into one state, and draws what changed. */
export class Page {
  private readonly arrived: ReceivedConversation;
  private readonly sent: UnconfirmedPrompts;
  private readonly takeBackRequests = new TakeBackRequests();
  private readonly rich: RichText;
  private readonly header: HeaderView;
  private readonly timeline: Timeline;
  private readonly prompt: PromptBox;
  private readonly files: FilesButton;
  private readonly find: FindControl;
  private readonly announcer = new Announcer();
  private readonly clock: PartClock;
  private readonly connection: Connection;
  private readonly banner: ConnectionBanner;
  private readonly positions: PositionKeeper;
  private beginsAt: ReadingPosition | undefined;
  private isDrawn = false;
  /** Markdown has loaded, or cannot load. */
  private isRichReady = false;
  /** The messages have been drawn. */
  private hasBegun = false;
  private noticeShown: string | undefined = 'skeleton';
  private readonly richLoaded: Promise<void>;

  /** One handler for each message of the panel. */
  private readonly handlers: HandlersOf<ToPageMessages> = {
    state: (message) => this.begin(message),
    changes: (message) => this.change(message),
    earlier: (message) => {
      this.arrived.piece(message);
      void this.draw();
    },
    undelivered: (message) => {
      this.arrived.notDelivered(message);
      void this.draw();
    },
    // Every message shows that the extension host is alive. This one says nothing else.
    pong: () => undefined,
    draftSaved: ({ revision }) => this.prompt.draftSaved(revision),
    promptsConfirmed: ({ clientIds }) => {
      this.sent.confirmed(clientIds);
      void this.draw();
    },
    alreadySent: ({ clientId }) => {
      this.takeBackRequests.cameTooLate(clientId);
      this.announcer.answer(text('said.tooLate'));
      void this.draw();
    },
    focusPrompt: () => this.prompt.focus(),
  };

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
    private readonly report: (error: unknown) => void,
  ) {
    const now = (): number => Date.now();
    this.rich = new RichText((text) => host.post({ type: 'copy', text }), report);
    this.richLoaded = this.rich.load();
    this.clock = new PartClock(root);
    const context: PageContext = {
      folds: new Folds(host),
      rich: this.rich,
      report,
      now,
      clock: this.clock,
      post: (message) => host.post(message),
      messageView: (message, depth) => new MessageView(message, context, depth),
    };
    this.arrived = new ReceivedConversation(context.post);
    this.sent = new UnconfirmedPrompts(host);
    this.connection = new Connection(host, () => this.connectionChanged());
    this.banner = new ConnectionBanner(host, () => host.post({ type: 'resync' }));
    this.header = new HeaderView({
      now,
      stop: () => this.stop(),
      stopGone: () => this.prompt.focus(),
      act: (action) => host.post({ type: 'action', action }),
    });
    this.files = new FilesButton({
      post: context.post,
      reveal: (call) => this.reveal(call),
    });
    this.positions = new PositionKeeper(host);
    this.timeline = new Timeline(context, {
      sendAgain: ({ clientId }) => host.post({ type: 'sendAgain', clientId }),
      edit: (item) => this.takeBack(item),
      sendNow: ({ clientId }) => host.post({ type: 'sendNow', clientId }),
      takeBack: (item) => this.askBack(item),
      resumeQueue: () => host.post({ type: 'resumeQueue' }),
      positionChanged: (position) => this.positions.changed(position),
    });
    this.prompt = new PromptBox(host, {
      send: (prompt) => this.send(prompt, 'send'),
      queue: (prompt) => this.send(prompt, 'queue'),
      canSend: () => this.canSend(),
      history: () => ownPrompts(this.state?.messages ?? [], this.outbox),
      leave: () => this.timeline.current.focus(),
      showShortcuts: () => this.showShortcuts(),
    });
    foldWhenLow(this.header.element);
    listenForKeys(root, {
      current: this.timeline.current,
      lastIndex: () => (this.state?.messages.length ?? 0) - 1,
      toEnd: () => this.timeline.toEnd(),
      copy: (index, element) => this.copyMessage(index, element),
      keepFolds: (index, open) => this.timeline.keepFolds(index, open),
      toPrompt: () => this.prompt.focus(),
      leaveFind: () => this.find.leave(),
      showShortcuts: () => this.showShortcuts(),
    });
    this.find = new FindControl({
      host,
      timeline: this.timeline,
      post: context.post,
      report,
      opening: () => this.files.close(false),
    });
    this.header.tools.append(
      this.files.element,
      this.find.button,
      menuButton('more', text('menu.more'), [
        {
          label: text('menu.export'),
          run: () => host.post({ type: 'wholeConversation', action: 'export' }),
        },
        {
          label: text('menu.transcript'),
          run: () => host.post({ type: 'wholeConversation', action: 'transcript' }),
        },
        {
          label: text('menu.compare'),
          run: () => host.post({ type: 'wholeConversation', action: 'compare' }),
        },
      ]),
    );
    this.header.element.append(this.banner.element, this.find.strip, this.files.listArea);
    handLinksToPanel(root, context.post, (link) => this.banner.owns(link));
  }

  /** Starts to check whether the extension host answers. */
  listen(): void {
    this.connection.start();
  }

  /** Receives a message from the panel. Ignores messages of others, such as browser extensions. */
  receive(message: unknown): void {
    if (!isMessageFor(this.handlers, message)) return;
    this.connection.heard();
    dispatch(this.handlers, message);
  }

  private begin(message: MessageOf<ToPageMessages, 'state'>): void {
    const {
      state: { draft },
      earlierDrafts = [],
      position,
    } = message;
    this.arrived.begin(message);
    this.prompt.offerDraft(draft, earlierDrafts);
    this.sent.ask();
    for (const text of this.takeBackRequests.settle(draft)) this.prompt.returnToDraft(text);
    if (!this.hasBegun) this.beginsAt = this.positions.first(position);
    void this.draw();
  }

  private change(message: MessageOf<ToPageMessages, 'changes'>): void {
    const changes = this.arrived.change(message);
    if (!changes) return;
    for (const change of changes) if (change.kind === 'draft') this.takeDraft(change.text);
    void this.draw();
  }

  private get state(): ConversationState | undefined {
    return this.arrived.state;
  }

  /** The outbox as the page shows it. */
  private get outbox(): readonly OutboxItem[] {
    return this.sent.shown(this.state?.outbox ?? NO_PROMPTS, this.connection.isLost);
  }

  private connectionChanged(): void {
    // Messages that were sent while the extension host did not answer can be lost.
    if (!this.connection.isLost) this.host.post({ type: 'resync' });
    void this.draw();
  }

  /** If one thing cannot be drawn, the others still show. */
  private safely(draw: () => void): void {
    try {
      draw();
    } catch (error) {
      this.report(error);
    }
  }

  private async draw(): Promise<void> {
    const {
      state,
      connection: { isLost },
    } = this;
    if (!state && !isLost) return;
    this.safely(() => this.banner.show(isLost, this.arrived.undelivered));
    if (state) {
      // Without messages, the notice in their place shows the problem.
      this.safely(() => {
        this.header.show(
          state.header,
          this.isEmpty(state) && state.freshness.problem ? UNTOLD : state.freshness,
          isLost,
        );
      });
      this.safely(() => this.prompt.show(isActive(state.header), this.isBusy(state)));
    }
    // The header shows at once. The messages wait for Markdown, so that they do not move afterwards.
    if (!this.isDrawn) {
      this.isDrawn = true;
      this.root.replaceChildren(
        this.header.element,
        this.timeline.element,
        this.prompt.element,
        this.announcer.element,
      );
      this.timeline.showNotice(skeleton());
      await this.richLoaded;
      this.isRichReady = true;
    }
    if (this.state && !this.hasBegun) this.beginAtPosition();
    else this.drawMessages();
    if (this.isRichReady) this.arrived.askForEarlier();
  }

  /**
   * Draws the messages for the first time: at the end, or at the saved reading position once its message has arrived.
   */
  private beginAtPosition(): void {
    const {
      beginsAt,
      state,
      arrived: { missing },
    } = this;
    if (!this.isRichReady || !state) return;
    const isEmpty = state.messages.length === 0;
    if ((isEmpty && missing > 0) || (beginsAt && mayCome(beginsAt, state, missing))) {
      // Without messages, show why.
      if (isEmpty) this.drawAround();
      return;
    }
    this.hasBegun = true;
    this.host.save({ begun: true });
    this.drawMessages();
    if (beginsAt) this.timeline.restore(beginsAt);
    else this.timeline.toEnd();
  }

  private drawMessages(): void {
    this.drawAround();
    const {
      state,
      outbox,
      arrived: { missing, awaitsMessages },
    } = this;
    if (!state || !this.isRichReady || awaitsMessages) return;
    const { header, messages } = state;
    this.safely(() => this.timeline.showMessages(messages));
    this.safely(() => this.find.observe(messages, missing > 0));
    this.safely(() => this.announcer.observe(header, messages, outbox));
    if (missing === 0) this.safely(() => this.files.observe(messages));
  }

  /** Draws what is around the messages: the outbox, the notice without messages, and whether the run goes on. */
  private drawAround(): void {
    if (!this.isRichReady) return;
    const {
      state,
      outbox,
      connection: { isLost },
    } = this;
    this.safely(() => this.timeline.showOutbox(outbox, this.takeBackRequests.tooLateIds));
    this.safely(() => this.drawNotice());
    if (!state) return;
    const { header, freshness } = state;
    const isLive = !isLost && isActive(header);
    const isOld = isLost || freshness.problem !== undefined;
    this.safely(() => this.clock.show(state.partTimes, isLive && !isOld));
    if (this.root.dataset['live'] !== String(isLive)) this.root.dataset['live'] = String(isLive);
    if (this.root.dataset['stale'] !== String(isOld)) this.root.dataset['stale'] = String(isOld);
    if (this.root.dataset['lost'] !== String(isLost)) this.root.dataset['lost'] = String(isLost);
  }

  /** Says why there are no messages. */
  private drawNotice(): void {
    const {
      state,
      arrived: { missing, undelivered },
      connection: { isLost },
    } = this;
    const isCutOff = isLost || undelivered !== undefined;
    const why = state
      ? this.isEmpty(state)
        ? emptiness(state, missing, isCutOff)
        : undefined
      : ({ kind: 'missing' } as const);
    const key = why && JSON.stringify(why);
    if (key === this.noticeShown) return;
    this.noticeShown = key;
    this.timeline.showNotice(why && emptyView(why, (message) => this.host.post(message)));
  }

  /**
   * Shows a tool call in the conversation and moves the focus to it. A sub-agent's call is shown by the call that
   * started the sub-agent.
   */
  private reveal({ messageId, partIndex }: PartAddress): void {
    const shown = this.state && visibleAddress(this.state.messages, messageId, partIndex);
    if (!shown) return;
    if (!this.timeline.shows(shown.messageId, shown.partIndex)) this.find.showAll();
    const part = this.timeline.reveal(shown.messageId, shown.partIndex);
    part?.querySelector('summary')?.focus({ preventScroll: true });
  }

  private isEmpty({ messages }: ConversationState): boolean {
    return messages.length === 0 && this.outbox.length === 0;
  }

  private stop(): void {
    this.host.post({ type: 'stop' });
    if (this.connection.isLost) this.announcer.answer(text('connection.stopNotConfirmed'));
  }

  private canSend(): boolean {
    if (!this.connection.isLost) return true;
    this.announcer.answer(text('connection.notSent'));
    return false;
  }

  private send({ clientId, text }: NewPrompt, how: 'send' | 'queue'): void {
    // Save it before sending, because it is no longer in the box.
    this.sent.add({ clientId, text, how, at: Date.now() });
    this.host.post({ type: how, clientId, text });
    this.beginsAt = undefined;
    this.find.showAll();
    this.timeline.toEnd();
    if (this.hasBegun) this.drawMessages();
    else this.beginAtPosition();
    this.timeline.toEnd();
  }

  /** The run goes on, or will when it receives the sent prompt. */
  private isBusy({ header }: ConversationState): boolean {
    return (
      header.canStop || header.stopping || this.outbox.some(({ state }) => state === 'sending' || state === 'accepted')
    );
  }

  /** A returned prompt is no longer in the outbox, even if the panel never received it. */
  private takeDraft(text: string): void {
    this.sent.returned(text);
    // The text in the box can be newer than the one that the panel put the returned text before.
    this.prompt.returnToDraft(this.takeBackRequests.cameBackWith(text) ?? text);
  }

  private takeBack({ clientId, text }: OutboxItem): void {
    this.host.post({ type: 'takeBack', clientId });
    this.prompt.returnToDraft(text);
  }

  /** A queued prompt can be sent at this very moment. Its text comes back when the panel returns it. */
  private askBack({ clientId, text }: OutboxItem): void {
    this.prompt.sendDraft();
    this.takeBackRequests.add(clientId, text);
    this.host.post({ type: 'takeBack', clientId });
  }

  private copyMessage(index: number, element: HTMLElement): void {
    const button = element.querySelector<HTMLElement>('button.copy-message');
    if (button) {
      button.click();
      return;
    }
    this.host.post({ type: 'copy', text: this.timeline.textAt(index) });
    this.announcer.answer(text('said.copied'));
  }

  private showShortcuts(): void {
    void import('./keyboard/shortcutsDialog').then(({ showShortcuts }) => showShortcuts(this.root));
  }
}

const NO_PROMPTS: readonly OutboxItem[] = [];

const UNTOLD: Freshness = { loading: false };

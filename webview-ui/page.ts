import { heldFrom, withChanges, withEarlier, type Held } from '../src/core/conversation/delivery';
import { isOpenableUrl } from '../src/core/conversation/links';
import type { ConversationState, Freshness, OutboxItem, StatusTone, ToPage } from '../src/core/conversation/protocol';
import { Announcer } from './announcer';
import { button } from './controls';
import { el, spoken } from './dom';
import { FindControl } from './find/findControl';
import { Folds } from './folds';
import { actionLabel, HeaderView } from './header';
import type { Host } from './host';
import { MessageView } from './messageView';
import { PromptBox, type NewPrompt } from './promptBox';
import { RichText } from './rich/richText';
import { Timeline } from './timeline';
import type { PageContext } from './view';

/** The page: takes in what the panel sends, keeps it as one state, and draws what changed in it. */
export class Page {
  private held: Held | undefined;
  private seq = 0;
  /** A gap was met: nothing is applied until the complete state has come. */
  private awaitsState = true;
  /** Sent here and not yet heard of from the panel: shown at once. */
  private sentHere: readonly OutboxItem[] = [];
  private drawnOutbox: { readonly of: readonly OutboxItem[]; readonly here: readonly OutboxItem[]; readonly all: readonly OutboxItem[] } | undefined;
  private readonly rich: RichText;
  private readonly header: HeaderView;
  private readonly timeline: Timeline;
  private readonly prompt: PromptBox;
  private readonly find: FindControl;
  private readonly announcer = new Announcer();
  private isDrawn = false;
  /** Markdown has come, or is known not to come. */
  private isRichReady = false;
  /** The messages have been drawn. */
  private hasBegun = false;
  /** What was asked for before this index is on its way; 0: nothing is. */
  private asksFor = 0;
  private noticeShown: string | undefined = 'skeleton';
  private readonly richLoaded: Promise<void>;

  constructor(private readonly root: HTMLElement, private readonly host: Host, report: (error: unknown) => void) {
    const now = (): number => Date.now();
    this.rich = new RichText((text) => { host.post({ type: 'copy', text }); }, report);
    this.richLoaded = this.rich.load();
    const context: PageContext = {
      folds: new Folds(host), rich: this.rich, now,
      post: (message) => { host.post(message); },
      messageView: (message, depth) => new MessageView(message, context, depth),
    };
    this.header = new HeaderView({ now, stop: () => { host.post({ type: 'stop' }); }, act: (action) => { host.post({ type: 'action', action }); } });
    this.timeline = new Timeline(context, {
      sendAgain: ({ clientId }) => { host.post({ type: 'sendAgain', clientId }); },
      edit: (item) => { this.takeBack(item); },
      placeChanged: (place) => { host.save({ place }); },
    });
    this.find = new FindControl({ host, timeline: this.timeline, post: context.post, report });
    this.header.tools.append(this.find.button);
    this.header.element.append(this.find.strip);
    this.prompt = new PromptBox(host, (prompt) => { this.send(prompt); });
    root.addEventListener('click', (event) => { this.followLink(event); });
    root.addEventListener('auxclick', (event) => { this.followLink(event); });
  }

  receive(message: ToPage): void {
    switch (message.type) {
      case 'state':
        this.seq = message.seq;
        this.awaitsState = false;
        this.sentHere = [];
        this.held = heldFrom(message.state, message.earlier ?? 0, this.held);
        this.asksFor = 0;
        this.prompt.offerDraft(message.state.draft);
        break;
      case 'change': {
        if (this.awaitsState) return;
        const next = this.held && message.seq === this.seq + 1 ? withChanges(this.held, message.changes) : undefined;
        if (!next) {
          this.awaitsState = true;
          this.host.post({ type: 'resync' });
          return;
        }
        this.seq = message.seq;
        this.held = next;
        for (const change of message.changes) if (change.kind === 'draft') this.takeDraft(change.text);
        break;
      }
      case 'earlier':
        if (this.held) this.held = withEarlier(this.held, message);
        this.asksFor = 0;
        break;
      case 'focusPrompt':
        this.prompt.focus();
        return;
    }
    void this.draw();
  }

  private get state(): ConversationState | undefined {
    return this.held?.state;
  }

  private async draw(): Promise<void> {
    if (!this.state) return;
    // With nothing to show, what went wrong stands where the messages would be.
    this.header.show(this.state.header, isEmpty(this.state) && this.state.freshness.problem ? UNTOLD : this.state.freshness);
    this.prompt.show(this.state.header.tone);
    // The header stands at once; the messages when Markdown can be drawn, so that they come to stand where they stay.
    if (!this.isDrawn) {
      this.isDrawn = true;
      this.root.replaceChildren(this.header.element, this.timeline.element, this.prompt.element, this.announcer.element);
      this.timeline.showNotice(skeleton());
      await this.richLoaded;
      this.isRichReady = true;
    }
    if (!this.hasBegun) this.beginAtPlace();
    else this.drawMessages();
    this.askForEarlier();
  }

  /** Draws for the first time: at the end, or where the reader was, once that has arrived. */
  private beginAtPlace(): void {
    const { place } = this.host.saved;
    if (!this.isRichReady || !this.held || (place && this.held.missing > 0 && !this.held.state.messages.some(({ id }) => id === place.messageId))) return;
    this.hasBegun = true;
    this.drawMessages();
    if (place) this.timeline.restore(place);
    else this.timeline.toEnd();
  }

  /** The next piece of what came before: when this one has been painted, and the browser has nothing better to do. */
  private askForEarlier(): void {
    const missing = this.held?.missing ?? 0;
    if (!this.isRichReady || missing === 0 || this.asksFor === missing) return;
    this.asksFor = missing;
    requestAnimationFrame(() => requestIdleCallback(() => {
      if (this.held?.missing === missing) this.host.post({ type: 'earlier', before: missing });
      else this.asksFor = 0;
    }, { timeout: 100 }));
  }

  private drawMessages(): void {
    if (!this.state) return;
    const { header, freshness, messages } = this.state;
    const outbox = this.outboxShown(this.state.outbox);
    this.timeline.showMessages(messages);
    this.timeline.showOutbox(outbox);
    this.find.observe(messages, (this.held?.missing ?? 0) > 0);
    const key = messages.length > 0 || outbox.length > 0 ? undefined : noticeKey(this.state);
    if (key !== this.noticeShown) {
      this.noticeShown = key;
      this.timeline.showNotice(key === undefined ? undefined : this.notice(this.state));
    }
    const isLive = header.ended === undefined && (header.tone === 'running' || header.tone === 'waiting');
    if (this.root.dataset['live'] !== String(isLive)) this.root.dataset['live'] = String(isLive);
    if (String(freshness.problem !== undefined) !== this.root.dataset['stale']) this.root.dataset['stale'] = String(freshness.problem !== undefined);
    this.announcer.observe(header, messages);
  }

  private notice({ header, freshness }: ConversationState): Node {
    if (freshness.problem) {
      const { message, action } = freshness.problem;
      return el('div', { class: 'empty' }, el('p', { class: 'title' }, 'The conversation could not be read'), el('p', {}, message),
        button(actionLabel(action ?? 'retry'), () => { this.host.post({ type: 'action', action: action ?? 'retry' }); }).element);
    }
    if (freshness.loading) return skeleton();
    return el('div', { class: 'empty' }, ...EMPTY[header.tone].map((text, index) => el('p', { class: index === 0 ? 'title' : 'muted' }, text)));
  }

  private send({ clientId, text }: NewPrompt): void {
    this.host.post({ type: 'send', clientId, text });
    this.sentHere = [...this.sentHere, { clientId, text, state: 'sending', at: Date.now() }];
    this.find.showAll();
    this.timeline.toEnd();
    if (this.hasBegun) this.drawMessages();
    this.timeline.toEnd();
  }

  /** A prompt that was given back is not on its way any more, also where the panel never took it up. */
  private takeDraft(text: string): void {
    this.sentHere = this.sentHere.filter((item) => !text.includes(item.text));
    this.prompt.giveBack(text);
  }

  private takeBack({ clientId, text }: OutboxItem): void {
    this.host.post({ type: 'takeBack', clientId });
    this.prompt.giveBack(text);
  }

  /** The panel's outbox, and after it what was sent here a moment ago; the same list, by identity, while both are. */
  private outboxShown(fromPanel: readonly OutboxItem[]): readonly OutboxItem[] {
    const known = new Set(fromPanel.map(({ clientId }) => clientId));
    if (this.sentHere.some(({ clientId }) => known.has(clientId))) this.sentHere = this.sentHere.filter(({ clientId }) => !known.has(clientId));
    if (this.sentHere.length === 0) return fromPanel;
    if (this.drawnOutbox?.of === fromPanel && this.drawnOutbox.here === this.sentHere) return this.drawnOutbox.all;
    this.drawnOutbox = { of: fromPanel, here: this.sentHere, all: [...fromPanel, ...this.sentHere] };
    return this.drawnOutbox.all;
  }

  /** No link is followed by the page, nor by VS Code's own handling of links in webviews: the panel checks it and opens it. */
  private followLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    const url = link.getAttribute('href') ?? '';
    if (event.button <= 1 && isOpenableUrl(url)) this.host.post({ type: 'openLink', url });
  }
}

const EMPTY: Readonly<Record<StatusTone, readonly string[]>> = {
  waiting: ['Waiting in the queue…', 'The agent starts as soon as a machine is free. Its work appears here by itself.'],
  running: ['The agent is starting…', 'Its first words appear here by themselves.'],
  completed: ['This run ended without a message.'],
  stopped: ['This run was stopped before the agent said anything.'],
  failed: ['This run failed before the agent said anything.'],
  unknown: ['There are no messages yet.'],
};

const UNTOLD: Freshness = { loading: false };

const isEmpty = ({ messages, outbox }: ConversationState): boolean => messages.length === 0 && outbox.length === 0;

const noticeKey = ({ header, freshness }: ConversationState): string =>
  JSON.stringify([header.tone, freshness.problem ?? null, freshness.problem === undefined && freshness.loading]);

function skeleton(): HTMLElement {
  return el('div', { class: 'skeleton', 'aria-busy': 'true' }, spoken('Loading the conversation…'), el('div'), el('div'), el('div'));
}

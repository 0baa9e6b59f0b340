import { heldFrom, withChanges, withEarlier, type Held } from '../src/core/conversation/delivery';
import { isOpenableUrl } from '../src/core/conversation/links';
import type { ConversationState, Freshness, OutboxItem, ReadingPlace, StatusTone, ToPage } from '../src/core/conversation/protocol';
import type { Message } from '../src/core/conversation/transcript';
import { findMessage } from '../src/core/conversation/toolText';
import { Announcer } from './announcer';
import { foldWhenLow } from './compactHeader';
import { button } from './controls';
import { el, spoken } from './dom';
import { FilesButton } from './files/filesButton';
import { FindControl } from './find/findControl';
import { Folds } from './folds';
import { actionLabel, HeaderView } from './header';
import type { Host } from './host';
import { listenForKeys } from './keyboard/pageKeys';
import { menuButton } from './menu';
import { MessageView } from './messageView';
import { PartClock } from './partClock';
import { mayCome, PlaceKeeper } from './placeKeeper';
import { PromptBox, standsIn, type NewPrompt } from './promptBox';
import { ownPrompts } from './promptHistory';
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
  /** Prompts that were asked back and have neither come back nor were too late, by their id. */
  private readonly askedBack = new Map<string, string>();
  private tooLate: ReadonlySet<string> = new Set();
  private drawnOutbox: { readonly of: readonly OutboxItem[]; readonly here: readonly OutboxItem[]; readonly all: readonly OutboxItem[] } | undefined;
  private readonly rich: RichText;
  private readonly header: HeaderView;
  private readonly timeline: Timeline;
  private readonly prompt: PromptBox;
  private readonly files: FilesButton;
  private readonly find: FindControl;
  private readonly announcer = new Announcer();
  private readonly clock: PartClock;
  private readonly places: PlaceKeeper;
  private beginsAt: ReadingPlace | undefined;
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
    this.clock = new PartClock(root);
    const context: PageContext = {
      folds: new Folds(host), rich: this.rich, now, clock: this.clock,
      post: (message) => { host.post(message); },
      messageView: (message, depth) => new MessageView(message, context, depth),
    };
    this.header = new HeaderView({ now, stop: () => { host.post({ type: 'stop' }); }, stopGone: () => { this.prompt.focus(); }, act: (action) => { host.post({ type: 'action', action }); } });
    this.files = new FilesButton({ post: context.post, reveal: (call) => { this.reveal(call); } });
    this.places = new PlaceKeeper(host);
    this.timeline = new Timeline(context, {
      sendAgain: ({ clientId }) => { host.post({ type: 'sendAgain', clientId }); },
      edit: (item) => { this.takeBack(item); },
      sendNow: ({ clientId }) => { host.post({ type: 'sendNow', clientId }); },
      takeBack: (item) => { this.askBack(item); },
      resumeQueue: () => { host.post({ type: 'resumeQueue' }); },
      placeChanged: (place) => { this.places.changed(place); },
    });
    this.prompt = new PromptBox(host, {
      send: (prompt) => { this.send(prompt, 'send'); },
      queue: (prompt) => { this.send(prompt, 'queue'); },
      history: () => ownPrompts(this.state?.messages ?? [], this.state ? this.outboxShown(this.state.outbox) : []),
      leave: () => { this.timeline.current.focus(); },
      showShortcuts: () => { this.showShortcuts(); },
    });
    foldWhenLow(this.header.element);
    listenForKeys(root, {
      current: this.timeline.current,
      lastIndex: () => (this.state?.messages.length ?? 0) - 1,
      toEnd: () => { this.timeline.toEnd(); },
      copy: (index, element) => { this.copyMessage(index, element); },
      keepFolds: (index, open) => { this.timeline.keepFolds(index, open); },
      toPrompt: () => { this.prompt.focus(); },
      leaveFind: () => this.find.leave(),
      showShortcuts: () => { this.showShortcuts(); },
    });
    this.find = new FindControl({ host, timeline: this.timeline, post: context.post, report, opening: () => { this.files.close(false); } });
    this.header.tools.append(this.files.element, this.find.button, menuButton('more', 'More', [
      { label: 'Export…', run: () => { host.post({ type: 'take', what: 'export' }); } },
      { label: 'Open Transcript', run: () => { host.post({ type: 'take', what: 'transcript' }); } },
      { label: 'Compare…', run: () => { host.post({ type: 'take', what: 'compare' }); } },
    ]));
    this.header.element.append(this.find.strip, this.files.place);
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
        this.prompt.offerDraft(message.state.draft, message.asides ?? []);
        for (const text of this.askedBack.values()) if (standsIn(text, message.state.draft)) this.prompt.giveBack(text);
        this.askedBack.clear();
        if (!this.hasBegun) this.beginsAt = this.places.first(message.place);
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
      case 'tooLate':
        this.tooLate = new Set([...this.tooLate, message.clientId]);
        this.askedBack.delete(message.clientId);
        this.announcer.tell('Too late to take the prompt back: it has been sent.');
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
    this.prompt.show(this.state.header.tone, this.isBusy(this.state));
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
    const { beginsAt: place, held } = this;
    if (!this.isRichReady || !held) return;
    if (place && mayCome(place, held.state, held.missing)) {
      // With nothing to show yet, why that is so.
      if (held.state.messages.length === 0) this.drawMessages();
      return;
    }
    this.hasBegun = true;
    this.host.save({ begun: true });
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
    const isLive = header.ended === undefined && (header.tone === 'running' || header.tone === 'waiting');
    this.clock.show(this.state.observed, isLive && !freshness.problem);
    this.timeline.showMessages(messages);
    this.timeline.showOutbox(outbox, this.tooLate);
    this.find.observe(messages, (this.held?.missing ?? 0) > 0);
    const key = messages.length > 0 || outbox.length > 0 ? undefined : noticeKey(this.state);
    if (key !== this.noticeShown) {
      this.noticeShown = key;
      this.timeline.showNotice(key === undefined ? undefined : this.notice(this.state));
    }
    if (this.root.dataset['live'] !== String(isLive)) this.root.dataset['live'] = String(isLive);
    if (String(freshness.problem !== undefined) !== this.root.dataset['stale']) this.root.dataset['stale'] = String(freshness.problem !== undefined);
    this.announcer.observe(header, messages, outbox);
    if (this.held?.missing === 0) this.files.observe(messages);
  }

  /** Shows a call in the conversation, with the keyboard on it; one of a sub-agent by the call that it works for. */
  private reveal({ messageId, partIndex }: CallPlace): void {
    const shown = this.state && shownPlace(this.state.messages, messageId, partIndex);
    if (!shown) return;
    if (!this.timeline.shows(shown.messageId, shown.partIndex)) this.find.showAll();
    const part = this.timeline.reveal(shown.messageId, shown.partIndex);
    part?.querySelector('summary')?.focus({ preventScroll: true });
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

  private send({ clientId, text }: NewPrompt, type: 'send' | 'queue'): void {
    this.host.post({ type, clientId, text });
    this.sentHere = [...this.sentHere, { clientId, text, state: type === 'send' ? 'sending' : 'queued', at: Date.now() }];
    this.beginsAt = undefined;
    this.find.showAll();
    this.timeline.toEnd();
    if (this.hasBegun) this.drawMessages();
    else this.beginAtPlace();
    this.timeline.toEnd();
  }

  /** The run goes on, or will as soon as it takes up what was sent. */
  private isBusy({ header, outbox }: ConversationState): boolean {
    return header.canStop || header.stopping || [...outbox, ...this.sentHere].some(({ state }) => state === 'sending' || state === 'accepted');
  }

  /** A prompt that was given back is not on its way any more, also where the panel never took it up. */
  private takeDraft(text: string): void {
    this.sentHere = this.sentHere.filter((item) => !standsIn(item.text, text));
    const [clientId, own] = [...this.askedBack].find(([, asked]) => standsIn(asked, text)) ?? [];
    if (clientId !== undefined) this.askedBack.delete(clientId);
    // What stands in the box can be newer than what the panel put its text before.
    this.prompt.giveBack(own ?? text);
  }

  private takeBack({ clientId, text }: OutboxItem): void {
    this.host.post({ type: 'takeBack', clientId });
    this.prompt.giveBack(text);
  }

  /** A prompt that waits may leave at this very moment: its text comes back when the panel gives it back. */
  private askBack({ clientId, text }: OutboxItem): void {
    this.prompt.tellDraft();
    this.askedBack.set(clientId, text);
    this.host.post({ type: 'takeBack', clientId });
  }

  private copyMessage(index: number, element: HTMLElement): void {
    const button = element.querySelector<HTMLElement>('button.copy-message');
    if (button) {
      button.click();
      return;
    }
    this.host.post({ type: 'copy', text: this.timeline.textAt(index) });
    this.announcer.tell('Message copied.');
  }

  private showShortcuts(): void {
    void import('./keyboard/shortcutsDialog').then(({ showShortcuts }) => { showShortcuts(this.root); });
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

interface CallPlace {
  readonly messageId: string;
  readonly partIndex: number;
}

/** Where the timeline shows a part: sub-agents' messages stand inside of the part that asked them. */
function shownPlace(messages: readonly Message[], messageId: string, partIndex: number): CallPlace | undefined {
  for (const { id, parts } of messages) {
    if (id === messageId) return { messageId, partIndex };
    const asking = parts.findIndex((part) => 'messages' in part && part.messages && findMessage(part.messages, messageId));
    if (asking >= 0) return { messageId: id, partIndex: asking };
  }
  return undefined;
}

const UNTOLD: Freshness = { loading: false };

const isEmpty = ({ messages, outbox }: ConversationState): boolean => messages.length === 0 && outbox.length === 0;

const noticeKey = ({ header, freshness }: ConversationState): string =>
  JSON.stringify([header.tone, freshness.problem ?? null, freshness.problem === undefined && freshness.loading]);

function skeleton(): HTMLElement {
  return el('div', { class: 'skeleton', 'aria-busy': 'true' }, spoken('Loading the conversation…'), el('div'), el('div'), el('div'));
}

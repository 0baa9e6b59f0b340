import type { OutboxItem } from '../src/core/conversation/protocol';
import type { Message } from '../src/core/conversation/transcript';
import { el, setAttribute, setChildren } from './dom';
import { CurrentMessage } from './currentMessage';
import type { ReadingPlace } from './host';
import { icon } from './icons';
import { MessageRow } from './messageRow';
import { outboxRows, outboxView, type OutboxIntents, type OutboxRow } from './outboxView';
import { isSameDay } from './time';
import type { PageContext, View } from './view';
import { estimateHeight } from './window/estimate';
import { RowWindow } from './window/rowWindow';

const NONE: ReadonlySet<string> = new Set();
/** What is left free above a message that the keyboard goes to, in pixels. */
const ABOVE = 8;
/** Beside the text: who speaks, and the gutters. */
const ASIDE = 130;

export interface TimelineOptions extends OutboxIntents {
  /** The reader came to rest elsewhere; undefined at the end. */
  readonly placeChanged: (place: ReadingPlace | undefined) => void;
}

/** The messages, of which only those in sight are drawn, and the prompts on their way after them. */
export class Timeline {
  readonly element: HTMLElement;
  private readonly outboxElement = el('div', { class: 'outbox' });
  private readonly notice = el('div', { class: 'notice' });
  private readonly scroller: HTMLElement;
  private readonly latest: HTMLButtonElement;
  private readonly latestText = el('span');
  private readonly rows: RowWindow<MessageRow>;
  /** The message that the keyboard is at. */
  readonly current: CurrentMessage;
  private readonly pending = new Map<string, View<OutboxRow>>();
  private messages: readonly Message[] = [];
  private outbox: readonly OutboxItem[] = [];
  private tooLate: ReadonlySet<string> = NONE;
  private unseen = 0;

  constructor(private readonly context: PageContext, private readonly options: TimelineOptions) {
    const tail = el('div', { class: 'tail' }, this.outboxElement, this.notice);
    const content = el('div', { class: 'timeline-content' });
    // A log that is not live: what arrives is told, in short, by the announcer.
    this.scroller = el('div', { class: 'timeline', role: 'log', 'aria-live': 'off', 'aria-label': 'Messages', tabindex: '0' }, content);
    this.rows = new RowWindow(this.scroller, tail, {
      count: () => this.messages.length,
      keyAt: (index) => this.messages[index]?.id ?? '',
      estimateAt: (index) => this.estimateAt(index),
      build: (index) => this.build(index),
    }, {
      followingChanged: () => {
        this.drawLatest();
        if (this.rows.isFollowing) this.options.placeChanged(undefined);
      },
      settled: () => { this.options.placeChanged(this.place()); },
    });
    this.current = new CurrentMessage(this.scroller, {
      count: () => this.messages.length,
      bringIntoSight: (index) => { this.bringIntoSight(index); },
      firstSeen: () => {
        const place = this.rows.isFollowing ? undefined : this.rows.place();
        const index = this.messages.findIndex(({ id }) => id === place?.key);
        return index < 0 ? { index: this.messages.length - 1, isWhole: true } : { index, isWhole: (place?.offset ?? 0) >= 0 };
      },
    });
    content.append(this.rows.element, tail);
    this.latest = el('button', { class: 'latest', type: 'button' }, this.latestText, icon('down'));
    setAttribute(this.latest, 'hidden', true);
    this.latest.addEventListener('click', () => {
      this.toEnd();
      this.scroller.focus({ preventScroll: true });
    });
    this.element = el('main', { 'aria-label': 'Conversation' }, this.scroller, this.latest);
  }

  /** Shows the messages; what is the same object as before is not touched. Earlier messages may come later: they do not count as new. */
  showMessages(messages: readonly Message[]): void {
    if (messages === this.messages) return;
    if (this.messages.length > 0 && !this.rows.isFollowing) this.unseen += countNew(this.messages, messages);
    this.messages = messages;
    this.rows.refresh((row, index) => { this.bringInStep(row, index); });
    this.drawLatest();
  }

  /** @param tooLate prompts that were to be taken back and had left. */
  showOutbox(outbox: readonly OutboxItem[], tooLate: ReadonlySet<string> = NONE): void {
    if (outbox === this.outbox && tooLate === this.tooLate) return;
    this.outbox = outbox;
    this.tooLate = tooLate;
    const ids = new Set(outbox.map(({ clientId }) => clientId));
    for (const id of this.pending.keys()) if (!ids.has(id)) this.pending.delete(id);
    setChildren(this.outboxElement, outboxRows(outbox, tooLate).map((row) => {
      const known = this.pending.get(row.item.clientId);
      known?.update(row);
      const view = known ?? outboxView(row, this.options);
      this.pending.set(row.item.clientId, view);
      return view.element;
    }));
  }

  /** What stands in place of messages: that there are none yet, or why they could not be read. */
  showNotice(notice: Node | undefined): void {
    setChildren(this.notice, notice ? [notice] : []);
  }

  toEnd(): void {
    this.rows.toEnd();
  }

  /** Back to where the reader was before the page went away; to the end, where that message is no more. */
  restore({ messageId, offset }: ReadingPlace): void {
    if (!this.rows.show({ key: messageId, offset })) this.toEnd();
  }

  /** The message as it stands in the conversation. */
  messageAt(index: number): Message | undefined {
    return this.messages[index];
  }

  private bringIntoSight(index: number): void {
    const message = this.messages[index];
    if (!message) return;
    this.rows.show({ key: message.id, offset: ABOVE });
    // Where the last messages are all in sight, the reader is at the end and follows it.
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight <= 1) this.toEnd();
    else this.options.placeChanged(this.place());
  }

  private build(index: number): MessageRow {
    const message = this.messages[index];
    if (!message) throw new Error('There is no such message.');
    const row = new MessageRow(message, this.context);
    this.bringInStep(row, index);
    return row;
  }

  private bringInStep(row: MessageRow, index: number): void {
    const message = this.messages[index];
    if (!message) return;
    const startsDay = message.time !== undefined && !isSameDayAs(this.messages[index - 1], message.time);
    row.show(message, { startsDay, position: index + 1, count: this.messages.length });
  }

  private estimateAt(index: number): number {
    const message = this.messages[index];
    return message ? estimateHeight(message, this.scroller.clientWidth - ASIDE) : 0;
  }

  private drawLatest(): void {
    const { isFollowing } = this.rows;
    if (isFollowing) this.unseen = 0;
    setAttribute(this.latest, 'hidden', isFollowing);
    const text = this.unseen > 0 ? `${String(this.unseen)} new` : 'Latest';
    if (this.latestText.textContent !== text) this.latestText.textContent = text;
    this.latest.classList.toggle('has-new', this.unseen > 0);
  }

  private place(): ReadingPlace | undefined {
    const place = this.rows.isFollowing ? undefined : this.rows.place();
    return place && { messageId: place.key, offset: place.offset };
  }
}

function isSameDayAs(before: Message | undefined, time: number): boolean {
  return before?.time !== undefined && isSameDay(before.time, time);
}

/** Messages and parts that were not there before, as a reader counts them: what is put before the first message was there all along. */
function countNew(before: readonly Message[], after: readonly Message[]): number {
  const first = before[0]?.id;
  const start = Math.max(0, after[0]?.id === first ? 0 : after.findIndex(({ id }) => id === first));
  let count = 0;
  for (let index = start; index < after.length; index++) {
    const message = after[index];
    const old = before[index - start];
    if (!message || old === message) continue;
    count += old === undefined ? 1 : message.parts.slice(old.parts.length).filter(({ kind }) => kind !== 'step').length;
  }
  return count;
}

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
import { rowKey, rowOf, RowsOfMessages, type PartChoice, type TimelineRow } from './window/rows';
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
  private readonly window: RowWindow<MessageRow>;
  private readonly rowsOfMessages = new RowsOfMessages();
  /** The message that the keyboard is at. */
  readonly current: CurrentMessage;
  private readonly pending = new Map<string, View<OutboxRow>>();
  private messages: readonly Message[] = [];
  private rows: readonly TimelineRow[] = [];
  private choice: PartChoice;
  private outbox: readonly OutboxItem[] = [];
  private tooLate: ReadonlySet<string> = NONE;
  private unseen = 0;

  constructor(private readonly context: PageContext, private readonly options: TimelineOptions) {
    const tail = el('div', { class: 'tail' }, this.outboxElement, this.notice);
    const content = el('div', { class: 'timeline-content' });
    // A log that is not live: what arrives is told, in short, by the announcer.
    this.scroller = el('div', { class: 'timeline', role: 'log', 'aria-live': 'off', 'aria-label': 'Messages', tabindex: '0' }, content);
    this.window = new RowWindow(this.scroller, tail, {
      rows: () => this.rows,
      estimateAt: (index) => this.estimateAt(index),
      build: (index) => this.build(index),
    }, {
      followingChanged: () => {
        this.drawLatest();
        if (this.window.isFollowing) this.options.placeChanged(undefined);
      },
      settled: () => { this.options.placeChanged(this.place()); },
    });
    this.current = new CurrentMessage(this.scroller, {
      count: () => this.messages.length,
      bringIntoSight: (index) => { this.bringIntoSight(index); },
      firstSeen: () => {
        const place = this.place();
        const index = this.messages.findIndex(({ id }) => id === place?.messageId);
        return index < 0 ? { index: this.messages.length - 1, isWhole: true } : { index, isWhole: (place?.offset ?? 0) >= 0 && place?.segment === undefined };
      },
    });
    content.append(this.window.element, tail);
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
    if (this.messages.length > 0 && !this.window.isFollowing) this.unseen += countNew(this.messages, messages);
    this.messages = messages;
    this.showRows();
    this.drawLatest();
  }

  /** Shows only some parts; undefined: all. What was at the top of what is seen stays there as nearly as what is left allows. */
  showOnly(choice: PartChoice): void {
    if (choice === this.choice) return;
    this.choice = choice;
    const { isFollowing } = this.window;
    const place = this.place();
    this.showRows();
    if (isFollowing) this.window.toEnd();
    else if (place) this.showNear(place);
  }

  /** Puts a part a little below the top of what is seen. The element that shows it; undefined where it is not shown. */
  reveal(messageId: string, partIndex?: number): HTMLElement | undefined {
    const row = rowOf(this.rows, messageId, partIndex);
    if (!row) return undefined;
    const room = this.scroller.clientHeight;
    this.window.show({ key: row.key, offset: room / 4 });
    const element = this.window.rowOf(row.key)?.element;
    const part = element?.querySelector<HTMLElement>(`:scope > .message > .content > [data-part="${String(partIndex ?? row.parts[0])}"]`) ?? element;
    if (element && part && part !== element) {
      this.window.show({ key: row.key, offset: room / 4 - (part.getBoundingClientRect().top - element.getBoundingClientRect().top) });
    }
    return part;
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
    this.window.toEnd();
  }

  /** Back to where the reader was before the page went away; to the end, where that message is no more. */
  restore({ messageId, segment = 0, offset }: ReadingPlace): void {
    if (this.window.show({ key: rowKey(messageId, segment), offset })) return;
    if (!this.window.show({ key: messageId, offset: 0 })) this.toEnd();
  }

  /** The message as it stands in the conversation. */
  messageAt(index: number): Message | undefined {
    return this.messages[index];
  }

  private showRows(): void {
    this.rows = this.rowsOfMessages.of(this.messages, this.choice);
    this.window.refresh((row, index) => { this.bringInStep(row, index); });
  }

  /** The first row from that place on that is shown. */
  private showNear({ messageId, offset }: ReadingPlace): void {
    const from = this.messages.findIndex(({ id }) => id === messageId);
    const row = this.rows.find(({ index }) => index >= from);
    if (row) this.window.show({ key: row.key, offset: row.message.id === messageId ? Math.max(0, offset) : 0 });
    else this.window.toEnd();
  }

  /** The message's first row, or the one after it where a filter leaves it out. */
  private bringIntoSight(index: number): void {
    const row = this.rows.find((candidate) => candidate.index >= index) ?? this.rows.at(-1);
    if (!row) return;
    this.window.show({ key: row.key, offset: ABOVE });
    // Where the last messages are all in sight, the reader is at the end and follows it.
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight <= 1) this.toEnd();
    else this.options.placeChanged(this.place());
  }

  private build(index: number): MessageRow {
    const row = this.rows[index];
    if (!row) throw new Error('There is no such row.');
    const view = new MessageRow(row, this.context);
    this.bringInStep(view, index);
    return view;
  }

  private bringInStep(view: MessageRow, index: number): void {
    const row = this.rows[index];
    if (!row) return;
    const { time } = row.message;
    const startsDay = row.segment === 0 && time !== undefined && !isSameDayAs(this.rows[index - 1]?.message, time);
    view.show(row, { startsDay, count: this.messages.length });
  }

  private estimateAt(index: number): number {
    const row = this.rows[index];
    return row ? estimateHeight(row, this.scroller.clientWidth - ASIDE) : 0;
  }

  private drawLatest(): void {
    const { isFollowing } = this.window;
    if (isFollowing) this.unseen = 0;
    setAttribute(this.latest, 'hidden', isFollowing);
    const text = this.unseen > 0 ? `${String(this.unseen)} new` : 'Latest';
    if (this.latestText.textContent !== text) this.latestText.textContent = text;
    this.latest.classList.toggle('has-new', this.unseen > 0);
  }

  private place(): ReadingPlace | undefined {
    const place = this.window.isFollowing ? undefined : this.window.place();
    const row = place && this.rows.find(({ key }) => key === place.key);
    return row && { messageId: row.message.id, ...(row.segment > 0 && { segment: row.segment }), offset: place.offset };
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

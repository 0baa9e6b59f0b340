import type { OutboxItem } from '../src/core/conversation/protocol';
import type { Message } from '../src/core/conversation/transcript';
import { el, setAttribute, setChildren } from './dom';
import { EndFollower } from './follow';
import type { ReadingPlace } from './host';
import { icon } from './icons';
import { MessageView } from './messageView';
import { outboxView, type OutboxIntents } from './outboxView';
import { dayText, isSameDay, timeElement } from './time';
import type { PageContext, View } from './view';

/** Drawn at once, from the end; earlier messages follow while the browser is idle. */
const FIRST_ROWS = 24;
const ROWS_PER_IDLE = 12;

/** One message with the date above it where the day changes: one element, so that rows can come and go whole. */
interface Row {
  readonly element: HTMLElement;
  readonly view: MessageView;
  day: number | undefined;
}

export interface TimelineOptions extends OutboxIntents {
  /** The reader came to rest elsewhere; undefined at the end. */
  readonly placeChanged: (place: ReadingPlace | undefined) => void;
}

/** The messages, keyed by their ids, and the prompts on their way after them. */
export class Timeline {
  readonly element: HTMLElement;
  private readonly rowsElement = el('div', { class: 'rows' });
  private readonly outboxElement = el('div', { class: 'outbox' });
  private readonly notice = el('div', { class: 'notice' });
  private readonly scroller: HTMLElement;
  private readonly latest: HTMLButtonElement;
  private readonly latestText = el('span');
  private readonly follower: EndFollower;
  private readonly rows = new Map<string, Row>();
  private readonly pending = new Map<string, View<OutboxItem>>();
  private messages: readonly Message[] = [];
  private outbox: readonly OutboxItem[] = [];
  /** Index of the first message that is drawn. */
  private from = 0;
  private unseen = 0;
  private settle: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: PageContext, private readonly options: TimelineOptions) {
    const content = el('div', { class: 'timeline-content' }, this.rowsElement, this.outboxElement, this.notice);
    // A log that is not live: what arrives is told, in short, by the announcer.
    this.scroller = el('div', { class: 'timeline', role: 'log', 'aria-live': 'off', 'aria-label': 'Messages', tabindex: '0' }, content);
    this.latest = el('button', { class: 'latest', type: 'button' }, this.latestText, icon('down'));
    setAttribute(this.latest, 'hidden', true);
    this.latest.addEventListener('click', () => {
      this.toEnd();
      this.scroller.focus({ preventScroll: true });
    });
    this.element = el('main', { 'aria-label': 'Conversation' }, this.scroller, this.latest);
    this.follower = new EndFollower(this.scroller, content, (following) => { this.followingChanged(following); });
    this.scroller.addEventListener('scroll', () => { this.scrolled(); }, { passive: true });
  }

  /** Draws the messages; what is the same object as before is not touched. */
  showMessages(messages: readonly Message[]): void {
    if (messages === this.messages) return;
    const isFirst = this.messages.length === 0;
    if (!isFirst) this.unseen += countNew(this.messages, messages);
    this.messages = messages;
    this.from = isFirst ? Math.max(0, messages.length - FIRST_ROWS) : Math.min(this.from, messages.length);
    this.drawRows();
    this.drawLatest();
    if (this.from > 0) this.drawEarlierWhenIdle();
  }

  showOutbox(outbox: readonly OutboxItem[]): void {
    if (outbox === this.outbox) return;
    this.outbox = outbox;
    const ids = new Set(outbox.map(({ clientId }) => clientId));
    for (const id of this.pending.keys()) if (!ids.has(id)) this.pending.delete(id);
    setChildren(this.outboxElement, outbox.map((item) => {
      const known = this.pending.get(item.clientId);
      known?.update(item);
      const view = known ?? outboxView(item, this.options);
      this.pending.set(item.clientId, view);
      return view.element;
    }));
  }

  /** What stands in place of messages: that there are none yet, or why they could not be read. */
  showNotice(notice: Node | undefined): void {
    setChildren(this.notice, notice ? [notice] : []);
  }

  toEnd(): void {
    this.follower.toEnd();
  }

  /** Back to where the reader was before the page went away. */
  restore(place: ReadingPlace): void {
    const index = this.messages.findIndex(({ id }) => id === place.messageId);
    if (index < 0) return;
    this.follower.letGo();
    this.from = Math.min(this.from, index);
    this.drawRows();
    const row = this.rows.get(place.messageId);
    if (row) this.scroller.scrollTop += row.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - place.offset;
  }

  private drawRows(): void {
    const drawn = this.messages.slice(this.from);
    const ids = new Set(drawn.map(({ id }) => id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      row.element.remove();
      this.rows.delete(id);
    }
    let expected: ChildNode | null = this.rowsElement.firstChild;
    drawn.forEach((message, index) => {
      const row = this.rowFor(message, this.messages[this.from + index - 1]);
      if (row.element === expected) expected = expected.nextSibling;
      else this.rowsElement.insertBefore(row.element, expected);
    });
  }

  private rowFor(message: Message, before: Message | undefined): Row {
    const known = this.rows.get(message.id);
    const day = startsDay(message, before) ? message.time : undefined;
    if (known) {
      known.view.update(message);
      if (known.day !== day) this.drawDay(known, day);
      return known;
    }
    const view = new MessageView(message, this.context);
    const row: Row = { element: el('div', { class: 'row' }, view.element), view, day: undefined };
    if (day !== undefined) this.drawDay(row, day);
    this.rows.set(message.id, row);
    return row;
  }

  private drawDay(row: Row, day: number | undefined): void {
    if (row.day !== undefined) row.element.firstElementChild?.remove();
    row.day = day;
    if (day !== undefined) row.element.prepend(el('p', { class: 'day' }, timeElement(day, dayText(day, this.context.now()))));
  }

  private drawEarlierWhenIdle(): void {
    requestIdleCallback(() => {
      if (this.from === 0) return;
      const { scrollTop, scrollHeight } = this.scroller;
      this.from = Math.max(0, this.from - ROWS_PER_IDLE);
      this.drawRows();
      // At the very top the browser anchors nothing.
      if (scrollTop === 0 && !this.follower.isFollowing) this.scroller.scrollTop = this.scroller.scrollHeight - scrollHeight;
      this.drawEarlierWhenIdle();
    }, { timeout: 200 });
  }

  private followingChanged(following: boolean): void {
    if (following) this.unseen = 0;
    this.drawLatest();
  }

  private drawLatest(): void {
    if (this.follower.isFollowing) this.unseen = 0;
    setAttribute(this.latest, 'hidden', this.follower.isFollowing);
    const text = this.unseen > 0 ? `${String(this.unseen)} new` : 'Latest';
    if (this.latestText.textContent !== text) this.latestText.textContent = text;
    this.latest.classList.toggle('has-new', this.unseen > 0);
  }

  private scrolled(): void {
    clearTimeout(this.settle);
    this.settle = setTimeout(() => { this.options.placeChanged(this.follower.isFollowing ? undefined : this.place()); }, 150);
  }

  private place(): ReadingPlace | undefined {
    const top = this.scroller.getBoundingClientRect().top;
    for (const { id } of this.messages.slice(this.from)) {
      const box = this.rows.get(id)?.element.getBoundingClientRect();
      if (box && box.bottom > top) return { messageId: id, offset: box.top - top };
    }
    return undefined;
  }
}

function startsDay(message: Message, before: Message | undefined): boolean {
  return message.time !== undefined && (before?.time === undefined || !isSameDay(before.time, message.time));
}

/** Messages and parts that were not there before, as a reader counts them. */
function countNew(before: readonly Message[], after: readonly Message[]): number {
  return after.reduce((count, message, index) => {
    const old = before[index];
    if (old === undefined) return count + 1;
    return old === message ? count : count + message.parts.slice(old.parts.length).filter(({ kind }) => kind !== 'step').length;
  }, 0);
}

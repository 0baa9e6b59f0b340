import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import { isSameAddress, partKey, type PartAddress } from '../../../src/core/conversation/transcript/partAddress';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { el, setAttribute, setChildren, setText } from '../../shared/dom';
import { CurrentMessage } from './currentMessage';
import type { ReadingPosition } from '../connection/host';
import { icon } from '../../shared/icons';
import { MessageRow } from './messageRow';
import { foldKeys } from '../parts/partView';
import { outboxRows, outboxView, type OutboxIntents, type OutboxRow } from '../prompt/outboxView';
import { isSameDay } from '../../shared/time';
import type { PageContext, View } from '../view/view';
import { estimateHeight } from '../window/estimate';
import { rowKey, rowOf, RowsOfMessages, type PartChoice, type TimelineRow } from '../window/rows';
import { RowWindow } from '../window/rowWindow';
import { text } from '../../shared/texts';

const NONE: ReadonlySet<string> = new Set();
/** The gap above a message that gets the focus, in pixels. */
const ABOVE = 8;
/** The width beside the text, in pixels: authors and gutters. */
const ASIDE = 130;

export interface TimelineOptions extends OutboxIntents {
  /** The reader stopped scrolling. Undefined: at the end. */
  readonly positionChanged: (position: ReadingPosition | undefined) => void;
}

/** Draws the visible messages, and the prompts of the outbox after them. */
export class Timeline {
  readonly element: HTMLElement;
  private readonly outboxElement = el('div', { class: 'outbox' });
  private readonly notice = el('div', { class: 'notice' });
  /** Says that the filter shows nothing. */
  private readonly nothing = el('p', { class: 'nothing' });
  private readonly scroller: HTMLElement;
  private readonly latest: HTMLButtonElement;
  private readonly latestText = el('span');
  private readonly window: RowWindow<MessageRow>;
  private readonly rowsOfMessages = new RowsOfMessages();
  /** The message that has the focus. */
  readonly current: CurrentMessage;
  private readonly pending = new Map<string, View<OutboxRow>>();
  private messages: readonly Message[] = [];
  private rows: readonly TimelineRow[] = [];
  private choice: PartChoice;
  private outbox: readonly OutboxItem[] = [];
  private tooLate: ReadonlySet<string> = NONE;
  private unseen = 0;
  /** The reading position before the filter (undefined: at the end), and the first visible part right after it. */
  private beforeChoice:
    | { readonly from: (PartAddress & { readonly top: number }) | undefined; readonly then: PartAddress | undefined }
    | undefined;

  constructor(
    private readonly context: PageContext,
    private readonly options: TimelineOptions,
  ) {
    const tail = el('div', { class: 'tail' }, this.nothing, this.outboxElement, this.notice);
    const content = el('div', { class: 'timeline-content' });
    // Not live for screen readers: the announcer reads out what is new, in brief.
    this.scroller = el(
      'div',
      { class: 'timeline', role: 'log', 'aria-live': 'off', 'aria-label': text('timeline.messages'), tabindex: '0' },
      content,
    );
    this.window = new RowWindow(
      this.scroller,
      tail,
      {
        rows: () => this.rows,
        estimateAt: (index) => this.estimateAt(index),
        build: (index) => this.build(index),
      },
      {
        followingChanged: () => {
          this.drawLatest();
          if (this.window.isFollowing) this.options.positionChanged(undefined);
        },
        settled: () => this.options.positionChanged(this.readingPosition()),
      },
    );
    this.current = new CurrentMessage(this.scroller, {
      count: () => this.messages.length,
      pending: () => this.pendingElements,
      nearest: (index, direction) => this.nearest(index, direction),
      bringIntoSight: (index) => this.bringIntoSight(index),
      firstSeen: () => {
        const position = this.readingPosition();
        const index = this.messages.findIndex(({ id }) => id === position?.messageId);
        return index < 0
          ? { index: this.messages.length - 1, isWhole: true }
          : { index, isWhole: (position?.offset ?? 0) >= 0 && position?.segment === undefined };
      },
    });
    content.append(this.window.element, tail);
    this.latest = el('button', { class: 'latest', type: 'button' }, this.latestText, icon('down'));
    setAttribute(this.latest, 'hidden', true);
    setAttribute(this.nothing, 'hidden', true);
    this.latest.addEventListener('click', () => {
      this.toEnd();
      this.scroller.focus({ preventScroll: true });
    });
    this.element = el('main', { 'aria-label': text('title') }, this.scroller, this.latest);
  }

  /**
   * Shows the messages. Does not touch those that are the same objects as before. Earlier messages can arrive later and
   * do not count as new.
   */
  showMessages(messages: readonly Message[]): void {
    if (messages === this.messages) return;
    if (this.messages.length > 0 && !this.window.isFollowing)
      this.unseen += countNew(this.messages, messages, this.choice);
    this.messages = messages;
    this.showRows();
    this.drawLatest();
  }

  /**
   * Shows only some parts; undefined shows all. The top of the visible area stays as close as possible to where it was.
   * @param nothing the text to show if no part is left.
   */
  showOnly(choice: PartChoice, nothing = ''): void {
    if (choice === this.choice) return;
    this.choice = choice;
    setText(this.nothing, nothing);
    // A reader who has not scrolled since the last filter returns to the position before it.
    const isUnmoved = this.beforeChoice && isSameAddress(this.beforeChoice.then, this.firstSeen());
    const from = isUnmoved ? this.beforeChoice?.from : this.window.isFollowing ? undefined : this.partSeen();
    this.showRows();
    if (from) this.showNear(from, from.top);
    else this.window.toEnd();
    this.beforeChoice = choice && { from, then: this.firstSeen() };
  }

  /** Scrolls a part to a little below the top. Returns the element that shows it; undefined if the part is hidden. */
  reveal(messageId: string, partIndex?: number): HTMLElement | undefined {
    const row = rowOf(this.rows, messageId, partIndex);
    if (!row) return undefined;
    const room = this.scroller.clientHeight;
    this.window.show({ key: row.key, offset: room / 4 });
    const element = this.window.rowOf(row.key)?.element;
    const part = partIn(element, partIndex ?? row.parts[0] ?? 0) ?? element;
    if (element && part && part !== element) {
      this.window.show({
        key: row.key,
        offset: room / 4 - (part.getBoundingClientRect().top - element.getBoundingClientRect().top),
      });
    }
    return part;
  }

  /** True if the filter shows a part, drawn or not. */
  shows(messageId: string, partIndex: number): boolean {
    return rowOf(this.rows, messageId, partIndex)?.parts.includes(partIndex) ?? false;
  }

  /** The element that shows a part, if it is drawn now. */
  partElement(messageId: string, partIndex: number): HTMLElement | undefined {
    const row = rowOf(this.rows, messageId, partIndex);
    return row && partIn(this.window.rowOf(row.key)?.element, partIndex);
  }

  /** The first part that is at least partly visible. */
  firstSeen(): PartAddress | undefined {
    const first = this.window.firstVisible();
    const row = first && this.rows.find(({ key }) => key === first.key);
    if (!row) return undefined;
    const { top } = this.scroller.getBoundingClientRect();
    const element = this.window.rowOf(row.key)?.element;
    const partIndex = row.parts.find(
      (index) => (partIn(element, index)?.getBoundingClientRect().bottom ?? 0) > top + 1,
    );
    return { messageId: row.message.id, partIndex: partIndex ?? row.parts[0] ?? 0 };
  }

  /**
   * Scrolls until a box in a drawn part is a third below the top of the visible area. Does not scroll if it is visible.
   * @param box the current position of the box.
   * @param covered how many pixels at the top are covered.
   * @param isNew the part has just been drawn, so its current position does not matter.
   */
  bringToSight(messageId: string, partIndex: number, box: () => DOMRect, { covered = 0, isNew = false } = {}): void {
    const row = rowOf(this.rows, messageId, partIndex);
    const element = row && this.window.rowOf(row.key)?.element;
    const seen = this.scroller.getBoundingClientRect();
    const isInSight = (): boolean => box().top >= seen.top + covered && box().bottom <= seen.bottom;
    // Drawing it measures the rows around it, which can move it. The second round corrects that.
    for (let time = 0; time < 2 && row && element && (isNew || !isInSight()); time++) {
      this.window.show({
        key: row.key,
        offset: Math.max(covered, seen.height / 3) - (box().top - element.getBoundingClientRect().top),
      });
    }
  }

  focus(): void {
    this.scroller.focus({ preventScroll: true });
  }

  /** @param tooLate prompts that the user wanted to take back after they were sent. */
  showOutbox(outbox: readonly OutboxItem[], tooLate: ReadonlySet<string> = NONE): void {
    if (outbox === this.outbox && tooLate === this.tooLate) return;
    this.outbox = outbox;
    this.tooLate = tooLate;
    const ids = new Set(outbox.map(({ clientId }) => clientId));
    for (const id of this.pending.keys()) if (!ids.has(id)) this.pending.delete(id);
    const hadFocus = this.outboxElement.contains(document.activeElement);
    setChildren(
      this.outboxElement,
      outboxRows(outbox, tooLate).map((row) => {
        const known = this.pending.get(row.item.clientId);
        known?.update(row);
        const view = known ?? outboxView(row, this.options);
        this.pending.set(row.item.clientId, view);
        return view.element;
      }),
    );
    // The focus must not leave the page with a prompt that arrived in the conversation.
    if (hadFocus && !this.outboxElement.contains(document.activeElement)) this.focus();
  }

  /** The notice in place of messages: that there are none yet, or why they could not be read. */
  showNotice(notice: Node | undefined): void {
    setChildren(this.notice, notice ? [notice] : []);
  }

  toEnd(): void {
    this.window.toEnd();
  }

  /** Returns to the saved reading position, or to the end if that message is gone. */
  restore({ messageId, segment = 0, offset }: ReadingPosition): void {
    if (this.window.show({ key: rowKey(messageId, segment), offset })) return;
    if (!this.window.show({ key: messageId, offset: 0 })) this.toEnd();
  }

  /** The text of a message. Indexes after the last message are prompts of the outbox. */
  textAt(index: number): string {
    const prompt = this.outbox[index - this.messages.length];
    return (
      prompt?.text ??
      this.messages[index]?.parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n') ??
      ''
    );
  }

  /** Opens or closes the folds of a message that is drawn later. */
  keepFolds(index: number, open: boolean): void {
    const keys = this.rows
      .filter((row) => row.index === index)
      .flatMap(({ message, parts }) =>
        parts.flatMap((partIndex) => {
          const part = message.parts[partIndex];
          return part ? foldKeys(part, partKey({ messageId: message.id, partIndex })) : [];
        }),
      );
    this.context.folds.setAll(keys, open);
  }

  private showRows(): void {
    this.rows = this.rowsOfMessages.of(this.messages, this.choice);
    this.window.refresh((row, index) => this.bringInStep(row, index));
    setAttribute(
      this.nothing,
      'hidden',
      this.choice === undefined || this.rows.length > 0 || this.messages.length === 0,
    );
  }

  /** The first visible part and its top in the page. The height above the timeline can change. */
  private partSeen(): (PartAddress & { readonly top: number }) | undefined {
    this.window.layout();
    const seen = this.firstSeen();
    const part = seen && this.partElement(seen.messageId, seen.partIndex);
    return seen && { ...seen, top: (part ?? this.scroller).getBoundingClientRect().top };
  }

  /** Scrolls that part, or the first part after it that is shown, to that height in the page. */
  private showNear({ messageId, partIndex }: PartAddress, top: number): void {
    const from = this.messages.findIndex(({ id }) => id === messageId);
    const row = this.rows.find(
      ({ index, parts }) => index > from || (index === from && (parts.at(-1) ?? 0) >= partIndex),
    );
    if (!row) {
      this.window.toEnd();
      return;
    }
    const part = row.index === from ? (row.parts.find((index) => index >= partIndex) ?? 0) : (row.parts[0] ?? 0);
    const below = top - this.scroller.getBoundingClientRect().top;
    // Show another part from its beginning.
    const offset = row.index === from && part === partIndex ? below : Math.max(0, below);
    // The position of the part in its row is known after the first round drew it.
    for (let time = 0; time < 2; time++) {
      const element = this.window.rowOf(row.key)?.element;
      const inRow = element && partIn(element, part);
      this.window.show({
        key: row.key,
        offset: offset - (inRow ? inRow.getBoundingClientRect().top - element.getBoundingClientRect().top : 0),
      });
    }
  }

  private get pendingElements(): readonly HTMLElement[] {
    return [...this.outboxElement.children].filter((element) => element instanceof HTMLElement);
  }

  /**
   * The first message that the filter shows, from an index on or back from it. The prompts of the outbox follow the
   * last message.
   */
  private nearest(index: number, direction: 1 | -1): number | undefined {
    const {
      messages: { length: count },
      outbox,
    } = this;
    if (index >= count) return index < count + outbox.length ? index : undefined;
    const row =
      direction > 0
        ? this.rows.find((candidate) => candidate.index >= index)
        : this.rows.findLast((candidate) => candidate.index <= index);
    return row?.index ?? (direction > 0 && outbox.length > 0 ? count : undefined);
  }

  private bringIntoSight(index: number): void {
    const pending = this.pendingElements[index - this.messages.length];
    if (pending) {
      this.toEnd();
      const above = pending.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - ABOVE;
      if (above < 0) this.scroller.scrollTop += above;
      return;
    }
    const row = this.rows.find((candidate) => candidate.index === index);
    if (!row) return;
    this.window.show({ key: row.key, offset: ABOVE });
    // If all last messages are visible, the reader is at the end and follows it.
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight <= 1) this.toEnd();
    else this.options.positionChanged(this.readingPosition());
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
    setText(this.latestText, this.unseen > 0 ? text('timeline.new', this.unseen) : text('timeline.latest'));
    this.latest.classList.toggle('has-new', this.unseen > 0);
  }

  private readingPosition(): ReadingPosition | undefined {
    const first = this.window.isFollowing ? undefined : this.window.firstVisible();
    const row = first && this.rows.find(({ key }) => key === first.key);
    return row && { messageId: row.message.id, ...(row.segment > 0 && { segment: row.segment }), offset: first.offset };
  }
}

function partIn(row: HTMLElement | undefined, partIndex: number): HTMLElement | undefined {
  return (
    row?.querySelector<HTMLElement>(`:scope > .message > .content > [data-part="${String(partIndex)}"]`) ?? undefined
  );
}

function isSameDayAs(before: Message | undefined, time: number): boolean {
  return before?.time !== undefined && isSameDay(before.time, time);
}

/**
 * The number of new messages and parts for a reader. Those before the first message existed already, and hidden parts
 * do not count.
 */
function countNew(before: readonly Message[], after: readonly Message[], choice: PartChoice): number {
  const first = before[0]?.id;
  const start = Math.max(0, after[0]?.id === first ? 0 : after.findIndex(({ id }) => id === first));
  let count = 0;
  for (let index = start; index < after.length; index++) {
    const message = after[index];
    const old = before[index - start];
    if (!message || old === message) continue;
    const shown = choice ? choice(message) : [...message.parts.keys()];
    const known = old?.parts.length ?? 0;
    if (old === undefined) count += choice && shown.length === 0 ? 0 : 1;
    else count += shown.filter((part) => part >= known && message.parts[part]?.kind !== 'step').length;
  }
  return count;
}

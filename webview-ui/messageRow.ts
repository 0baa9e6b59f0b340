import { el, setAttribute } from './dom';
import { MessageView } from './messageView';
import { dayText, timeElement } from './time';
import type { PageContext } from './view';
import type { TimelineRow } from './window/rows';

/** Where a row stands in the conversation. */
export interface RowPosition {
  /** It is the first one of its day. */
  readonly startsDay: boolean;
  /** How many messages there are. */
  readonly count: number;
}

/** One message, or a segment of it, with the date above it where the day changes: one element, so that rows can come and go whole. */
export class MessageRow {
  readonly element: HTMLElement;
  private readonly view: MessageView;
  private day: number | undefined;

  constructor(row: TimelineRow, private readonly context: PageContext) {
    this.view = new MessageView(row.message, context, 0, row);
    this.element = el('div', { class: 'row' }, this.view.element);
  }

  show(row: TimelineRow, { startsDay, count }: RowPosition): void {
    const { message, index } = row;
    this.view.update(message, row);
    // Most messages are not in the document: only this tells how many there are.
    setAttribute(this.view.element, 'aria-posinset', String(index + 1));
    setAttribute(this.view.element, 'aria-setsize', String(count));
    this.showDay(startsDay ? message.time : undefined);
  }

  private showDay(day: number | undefined): void {
    if (this.day === day) return;
    if (this.day !== undefined) this.element.firstElementChild?.remove();
    this.day = day;
    if (day !== undefined) this.element.prepend(el('p', { class: 'day' }, timeElement(day, dayText(day, this.context.now()))));
  }
}

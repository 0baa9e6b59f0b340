import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { brokenMessage } from './brokenMessage';
import { el, setAttribute } from '../../shared/dom';
import { MessageView, type Segment } from './messageView';
import { dayText, timeElement } from '../../shared/time';
import type { PageContext } from '../view/view';
import type { TimelineRow } from '../window/rows';

/** The position of a row in the conversation. */
export interface RowIndex {
  /** It is the first one of its day. */
  readonly startsDay: boolean;
  /** How many messages there are. */
  readonly count: number;
}

interface RowView {
  readonly element: HTMLElement;
  update(message: Message, segment: Segment): void;
}

/**
 * One message or a segment of it, with the date above it where the day changes. It is one element, so that it comes and
 * goes as a whole.
 */
export class MessageRow {
  readonly element: HTMLElement;
  private view: RowView;
  private day: number | undefined;

  constructor(
    row: TimelineRow,
    private readonly context: PageContext,
  ) {
    this.view = this.viewOf(row);
    this.element = el('div', { class: 'row' }, this.view.element);
  }

  show(row: TimelineRow, { startsDay, count }: RowIndex): void {
    const { message, index } = row;
    this.update(row);
    // Most messages are not in the document. Only this attribute says how many there are.
    setAttribute(this.view.element, 'aria-posinset', String(index + 1));
    setAttribute(this.view.element, 'aria-setsize', String(count));
    try {
      this.showDay(startsDay ? message.time : undefined);
    } catch (error) {
      this.context.report(error);
    }
  }

  /** If a message cannot be drawn, shows an error in its position. The other messages are not affected. */
  private viewOf(row: TimelineRow): RowView {
    try {
      return new MessageView(row.message, this.context, 0, row);
    } catch (error) {
      this.context.report(error);
      return brokenMessage(row, error, this.context);
    }
  }

  private update(row: TimelineRow): void {
    try {
      this.view.update(row.message, row);
    } catch (error) {
      this.context.report(error);
      const broken = brokenMessage(row, error, this.context);
      this.view.element.replaceWith(broken.element);
      this.view = broken;
    }
  }

  private showDay(day: number | undefined): void {
    if (this.day === day) return;
    if (this.day !== undefined) this.element.firstElementChild?.remove();
    this.day = day;
    if (day !== undefined)
      this.element.prepend(el('p', { class: 'day' }, timeElement(day, dayText(day, this.context.now()))));
  }
}

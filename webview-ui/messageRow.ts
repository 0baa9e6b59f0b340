import type { Message } from '../src/core/conversation/transcript';
import { el, setAttribute } from './dom';
import { MessageView } from './messageView';
import { dayText, timeElement } from './time';
import type { PageContext } from './view';

/** Where a message stands in the conversation. */
export interface MessagePosition {
  /** It is the first one of its day. */
  readonly startsDay: boolean;
  /** From 1. */
  readonly position: number;
  readonly count: number;
}

/** One message with the date above it where the day changes: one element, so that rows can come and go whole. */
export class MessageRow {
  readonly element: HTMLElement;
  private readonly view: MessageView;
  private day: number | undefined;

  constructor(message: Message, private readonly context: PageContext) {
    this.view = new MessageView(message, context);
    this.element = el('div', { class: 'row' }, this.view.element);
  }

  show(message: Message, { startsDay, position, count }: MessagePosition): void {
    this.view.update(message);
    // Most messages are not in the document: only this tells how many there are.
    setAttribute(this.view.element, 'aria-posinset', String(position));
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

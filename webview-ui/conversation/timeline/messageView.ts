import { partKey } from '../../../src/core/conversation/transcript/partAddress';
import type { Message, Part } from '../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../src/core/words/plain';
import { errorName } from './brokenMessage';
import { copyMessage } from './copyMessage';
import { copyButton } from '../../shared/copyButton';
import { el, setAttribute, setText } from '../../shared/dom';
import { canShow, partView } from '../parts/partView';
import { setTime, timeText } from '../../shared/time';
import type { PageContext, PartView, View } from '../view/view';
import type { TimelineRow } from '../window/rows';
import { text } from '../../shared/texts';

interface ShownPart {
  part: Part;
  readonly index: number;
  readonly view: PartView;
}

/** Some parts of a message. A long message has several segments, which are drawn separately. */
export type Segment = Pick<TimelineRow, 'parts' | 'segment' | 'isLast'>;

/**
 * One message or a segment of it: author, time and parts. Each part has its own view, which changes only with the part.
 */
export class MessageView implements View<Message> {
  readonly element: HTMLElement;
  private readonly author = el('h2', { class: 'author' });
  private readonly time = el('time');
  private readonly byline = el('header', { class: 'byline' });
  private readonly content = el('div', { class: 'content' });
  private shown: ShownPart[] = [];
  private current: Message | undefined;
  private parts: readonly number[] | undefined;

  constructor(
    message: Message,
    private readonly context: PageContext,
    private readonly depth = 0,
    segment?: Segment,
  ) {
    const copy = copyButton(
      text('message.copy'),
      () => (this.current ? copyMessage(this.current, context.rich) : undefined),
      'quiet',
    );
    copy.classList.add('copy-message');
    this.byline.append(this.author, this.time, copy);
    this.element = el('article', { class: 'message', 'data-role': message.role }, this.byline, this.content);
    this.update(message, segment);
  }

  /** @param segment which parts; all if left out. */
  update(message: Message, segment?: Segment): void {
    if (message === this.current && segment?.parts === this.parts) return;
    setText(
      this.author,
      segment && segment.segment > 0 ? text('message.continued', authorOf(message.role)) : authorOf(message.role),
    );
    if (message.time !== undefined) setTime(this.time, message.time, timeText(message.time));
    setAttribute(this.time, 'hidden', message.time === undefined);
    if (segment) this.showAs(segment);
    const parts = segment?.parts ?? message.parts.map((_, index) => index);
    parts.forEach((index, position) => {
      const part = message.parts[index];
      if (part) this.updatePart(message.id, part, index, position);
    });
    for (const { view } of this.shown.splice(parts.length)) view.element.remove();
    this.current = message;
    this.parts = segment?.parts;
  }

  private showAs({ segment, isLast }: Segment): void {
    this.element.classList.toggle('continued', segment > 0);
    this.element.classList.toggle('continues', !isLast);
    // The first segment shows the author. It may not be in the page, so screen readers get the author again.
    this.byline.classList.toggle('visually-hidden', segment > 0);
  }

  private updatePart(messageId: string, part: Part, index: number, position: number): void {
    const shown = this.shown[position];
    if (shown?.part === part && shown.index === index) return;
    if (shown?.index === index && canShow(shown.part, part) && this.canUpdate(shown, part)) return;
    const view = this.viewOf(messageId, part, index);
    view.element.dataset['part'] = String(index);
    if (shown) shown.view.element.replaceWith(view.element);
    else this.content.append(view.element);
    this.shown[position] = { part, index, view };
  }

  /** False if the update failed. Then the part needs a new view. */
  private canUpdate(shown: ShownPart, part: Part): boolean {
    try {
      shown.view.update(part);
      shown.part = part;
      return true;
    } catch (error) {
      this.context.report(error);
      return false;
    }
  }

  /** If one part cannot be drawn, the others still show. */
  private viewOf(messageId: string, part: Part, partIndex: number): PartView {
    const address = { messageId, partIndex };
    const target = { ...address, key: partKey(address), depth: this.depth };
    try {
      return partView(part, target, this.context);
    } catch (error) {
      this.context.report(error);
      const problem = text('broken.part', errorName(error));
      return partView({ kind: 'unknown', type: part.kind, raw: part, problem }, target, this.context);
    }
  }
}

export function authorOf(role: string): string {
  switch (role) {
    case 'user':
      return text('author.you');
    case 'assistant':
      return text('author.agent');
    case 'system':
      return text('author.system');
    default:
      return plainLine(role) || text('author.unknown');
  }
}

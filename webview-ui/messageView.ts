import type { Message, Part } from '../src/core/conversation/transcript';
import { plainLine } from '../src/core/conversation/format';
import { copyButton, copyMessage } from './copy';
import { el, setAttribute, setText } from './dom';
import { canShow, partView } from './parts/partView';
import { setTime, timeText } from './time';
import type { PageContext, PartView, View } from './view';

interface ShownPart {
  part: Part;
  readonly view: PartView;
}

/** One message: who, when, and its parts, each with a view of its own that is touched only when that part changes. */
export class MessageView implements View<Message> {
  readonly element: HTMLElement;
  private readonly author = el('h2', { class: 'author' });
  private readonly time = el('time');
  private readonly content = el('div', { class: 'content' });
  private shown: ShownPart[] = [];
  private current: Message | undefined;

  constructor(message: Message, private readonly context: PageContext, private readonly depth = 0) {
    const copy = copyButton('Copy message', () => (this.current ? copyMessage(this.current, context.rich) : undefined), 'quiet');
    this.element = el('article', { class: 'message', 'data-role': message.role }, el('header', { class: 'byline' }, this.author, this.time, copy), this.content);
    this.update(message);
  }

  update(message: Message): void {
    if (message === this.current) return;
    setText(this.author, authorOf(message.role));
    if (message.time !== undefined) setTime(this.time, message.time, timeText(message.time));
    setAttribute(this.time, 'hidden', message.time === undefined);
    message.parts.forEach((part, index) => { this.updatePart(message.id, part, index); });
    for (const { view } of this.shown.splice(message.parts.length)) view.element.remove();
    this.current = message;
  }

  private updatePart(messageId: string, part: Part, index: number): void {
    const shown = this.shown[index];
    if (shown?.part === part) return;
    if (shown && canShow(shown.part, part)) {
      shown.part = part;
      shown.view.update(part);
      return;
    }
    const view = this.viewOf(messageId, part, index);
    if (shown) shown.view.element.replaceWith(view.element);
    else this.content.append(view.element);
    this.shown[index] = { part, view };
  }

  /** One part that cannot be drawn must not take the conversation with it. */
  private viewOf(messageId: string, part: Part, partIndex: number): PartView {
    const place = { messageId, partIndex, key: `${messageId}/${String(partIndex)}`, depth: this.depth };
    try {
      return partView(part, place, this.context);
    } catch (error) {
      const problem = `This part could not be drawn (${error instanceof Error ? error.name : 'error'}).`;
      return partView({ kind: 'unknown', type: part.kind, raw: part, problem }, place, this.context);
    }
  }
}

export function authorOf(role: string): string {
  switch (role) {
    case 'user': return 'You';
    case 'assistant': return 'Agent';
    case 'system': return 'System';
    default: return plainLine(role) || 'Unknown';
  }
}

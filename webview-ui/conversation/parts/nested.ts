import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { el, setAttribute, setChildren } from '../../shared/dom';
import type { PageContext, View } from '../view/view';

/** A sub-agent's own conversation, indented. */
export function nestedMessages(context: PageContext, depth: number): View<readonly Message[]> {
  const element = el('div', { class: 'nested' });
  let views = new Map<string, View<Message>>();
  const update = (messages: readonly Message[]): void => {
    const next = new Map<string, View<Message>>();
    for (const message of messages) {
      const known = views.get(message.id);
      known?.update(message);
      next.set(message.id, known ?? context.messageView(message, depth + 1));
    }
    views = next;
    setAttribute(element, 'hidden', next.size === 0);
    setChildren(
      element,
      [...next.values()].map((view) => view.element),
    );
  };
  return { element, update };
}

import { partKey } from '../../../src/core/conversation/transcript/partAddress';
import type { Message } from '../../../src/core/conversation/transcript/transcript';
import { el } from '../../shared/dom';
import { rawView } from '../parts/raw';
import type { PageContext } from '../view/view';
import type { TimelineRow } from '../window/rows';
import { text } from '../../shared/texts';

/** Replaces a message, or a segment of it, that cannot be drawn. It shows the message's JSON. */
export function brokenMessage(
  { message, parts }: TimelineRow,
  error: unknown,
  context: PageContext,
): { readonly element: HTMLElement; update(message: Message): void } {
  const partIndex = parts[0] ?? 0;
  const problem = text('broken.message', errorName(error));
  const address = { messageId: message.id, partIndex };
  const target = { ...address, key: `${partKey(address)}/broken`, depth: 0 };
  const broken = (raw: Message) => ({ kind: 'unknown', type: 'message', raw, problem }) as const;
  const view = rawView(broken(message), target, context);
  const element = el(
    'article',
    { class: 'message', 'data-role': 'unknown' },
    el('header', { class: 'byline' }, el('h2', { class: 'author' }, text('message.title'))),
    el('div', { class: 'content' }, view.element),
  );
  return {
    element,
    update: (next) => view.update(broken(next)),
  };
}

export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : text('broken.error');
}

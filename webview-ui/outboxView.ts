import type { OutboxItem } from '../src/core/conversation/protocol';
import { button, progressRing, type Button } from './controls';
import { el, setAttribute, setText } from './dom';
import { icon } from './icons';
import { setTime, timeText } from './time';
import type { View } from './view';

export interface OutboxIntents {
  readonly sendAgain: (item: OutboxItem) => void;
  readonly edit: (item: OutboxItem) => void;
}

/** A prompt on its way: shown at once, marked as such, and with a way back when it failed. */
export function outboxView(item: OutboxItem, intents: OutboxIntents): View<OutboxItem> {
  let current = item;
  const time = el('time');
  const text = el('div', { class: 'prose plain', dir: 'auto' });
  const mark = el('span', { class: 'state' });
  const words = el('span');
  const again: Button = button('Send Again', () => { intents.sendAgain(current); });
  const edit: Button = button('Edit', () => { intents.edit(current); });
  const actions = el('span', { class: 'actions' }, again.element, edit.element);
  const element = el('article', { class: 'message pending', 'data-role': 'user' },
    el('header', { class: 'byline' }, el('h2', { class: 'author' }, 'You'), time),
    el('div', { class: 'content' }, el('div', { class: 'part text' }, text), el('p', { class: 'delivery' }, mark, words, actions)));
  let state: OutboxItem['state'] | undefined;
  const update = (next: OutboxItem): void => {
    current = next;
    setTime(time, next.at, timeText(next.at));
    setText(text, next.text);
    setText(words, wordsFor(next));
    if (state === next.state) return;
    state = next.state;
    element.dataset['state'] = state;
    mark.replaceChildren(state === 'sending' ? progressRing() : icon(state === 'accepted' ? 'check' : state === 'failed' ? 'cross' : 'warning'));
    setAttribute(actions, 'hidden', state === 'sending' || state === 'accepted');
  };
  update(item);
  return { element, update };
}

function wordsFor({ state, problem }: OutboxItem): string {
  switch (state) {
    case 'sending': return 'Sending…';
    case 'accepted': return 'Sent. Waiting for the agent to take it up.';
    case 'failed': return `Not sent. ${problem ?? ''}`.trim();
    case 'uncertain': return problem ?? 'It is not certain that this was sent. Look for its effect before you send it again.';
  }
}

import { isInQueue } from '../../../src/core/conversation/queue/outbox';
import type { OutboxItem } from '../../../src/core/conversation/queue/outbox';
import { button, progressRing, type Button } from '../../shared/controls';
import { el, setAttribute, setText } from '../../shared/dom';
import { icon, type IconName } from '../../shared/icons';
import { text } from '../../shared/texts';
import { setTime, timeText } from '../../shared/time';
import type { View } from '../view/view';

export interface OutboxIntents {
  readonly sendAgain: (item: OutboxItem) => void;
  readonly edit: (item: OutboxItem) => void;
  readonly sendNow: (item: OutboxItem) => void;
  readonly takeBack: (item: OutboxItem) => void;
  readonly resumeQueue: () => void;
}

/** A prompt in the outbox, and its position among the queued ones. */
export interface OutboxRow {
  readonly item: OutboxItem;
  readonly queue?: { readonly position: number; readonly count: number };
  /** The user wanted to take it back, but it was sent already. */
  readonly tooLate: boolean;
}

/** The rows of an outbox, with positions for the queued prompts. */
export function outboxRows(outbox: readonly OutboxItem[], tooLate: ReadonlySet<string>): readonly OutboxRow[] {
  const count = outbox.filter(isInQueue).length;
  let position = 0;
  return outbox.map((item) => ({
    item,
    tooLate: tooLate.has(item.clientId),
    ...(isInQueue(item) && { queue: { position: ++position, count } }),
  }));
}

/**
 * Shows a prompt of the outbox and what the user can do with it: take a queued prompt back, edit a failed one, or send
 * either.
 */
export function outboxView(row: OutboxRow, intents: OutboxIntents): View<OutboxRow> {
  let current = row.item;
  const time = el('time');
  const prompt = el('div', { class: 'prose plain', dir: 'auto' });
  const mark = el('span', { class: 'state' });
  const words = el('span');
  const send: Button = button('', () => (isInQueue(current) ? intents.sendNow : intents.sendAgain)(current));
  const back: Button = button('', () => (isInQueue(current) ? intents.takeBack : intents.edit)(current));
  const resume: Button = button(text('outbox.resumeQueue'), () => intents.resumeQueue());
  const actions = el('span', { class: 'actions' }, resume.element, send.element, back.element);
  const element = el(
    'article',
    { class: 'message pending', 'data-role': 'user' },
    el('header', { class: 'byline' }, el('h2', { class: 'author' }, text('author.you')), time),
    el(
      'div',
      { class: 'content' },
      el('div', { class: 'part text' }, prompt),
      el('p', { class: 'delivery' }, mark, words, actions),
    ),
  );
  let state: OutboxItem['state'] | undefined;
  const update = (next: OutboxRow): void => {
    current = next.item;
    setTime(time, current.at, timeText(current.at));
    setText(prompt, current.text);
    setText(words, wordsFor(next));
    setAttribute(resume.element, 'hidden', current.state !== 'onHold' || next.queue?.position !== 1);
    if (state === current.state) return;
    state = current.state;
    element.dataset['state'] = state;
    send.setLabel(isInQueue(current) ? text('outbox.sendNow') : text('outbox.sendAgain'));
    back.setLabel(isInQueue(current) ? text('outbox.takeBack') : text('outbox.edit'));
    mark.replaceChildren(state === 'sending' ? progressRing() : icon(SHAPES[state]));
    const isGone = state === 'sending' || state === 'accepted';
    // The focus must not leave the page with the button that was pressed.
    if (isGone && actions.contains(document.activeElement))
      element.closest<HTMLElement>('.timeline')?.focus({ preventScroll: true });
    setAttribute(actions, 'hidden', isGone);
  };
  update(row);
  return { element, update };
}

const SHAPES: Readonly<Record<Exclude<OutboxItem['state'], 'sending'>, IconName>> = {
  queued: 'queue',
  onHold: 'hand',
  accepted: 'check',
  failed: 'cross',
  uncertain: 'warning',
};

function wordsFor({ item: { state, problem }, queue, tooLate }: OutboxRow): string {
  const late = tooLate ? `${text('outbox.tooLate')} ` : '';
  const { position, count } = queue ?? ALONE;
  switch (state) {
    case 'queued':
      return text('outbox.queued', position, count);
    case 'onHold':
      return `${text('outbox.held', position, count)} · ${problem ?? text('outbox.queueStopped')}`;
    case 'sending':
      return `${late}${text('outbox.sending')}`;
    case 'accepted':
      return `${late}${text('outbox.accepted')}`;
    case 'failed':
      return `${text('outbox.failed')} ${problem ?? ''}`.trim();
    case 'uncertain':
      return problem ?? text('outbox.uncertain');
  }
}

const ALONE: NonNullable<OutboxRow['queue']> = { position: 1, count: 1 };

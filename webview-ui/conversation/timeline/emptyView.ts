import type { ConversationState, Freshness } from '../../../src/core/pages/conversation/protocol';
import { runStateOf, type RunKind } from '../../../src/core/organization/status/runState';
import { button } from '../../shared/controls';
import { el, spoken } from '../../shared/dom';
import { actionLabel } from '../header/header';
import type { PageContext } from '../view/view';

const EMPTY: Readonly<Record<RunKind, readonly string[]>> = {
  waiting: ['Waiting in the queue…', 'The agent starts as soon as a machine is free. Its work appears here by itself.'],
  running: ['The agent is starting…', 'Its first words appear here by themselves.'],
  completed: ['This run ended without a message.'],
  stopped: ['This run was stopped before the agent said anything.'],
  failed: ['This run failed before the agent said anything.'],
  ended: ['This run ended without a message.'],
  unknown: ['There are no messages yet.'],
};

/** Why there are no messages to show. */
export type Emptiness =
  | { readonly kind: 'loading' }
  /** They were not sent to the page, or nobody is there to send them: the banner says why. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unread'; readonly problem: NonNullable<Freshness['problem']> }
  | { readonly kind: 'none'; readonly run: RunKind };

/** @param missing so many messages have not arrived yet. @param isCutOff they are not coming by themselves. */
export function emptiness({ header, freshness }: ConversationState, missing: number, isCutOff: boolean): Emptiness {
  if (missing > 0) return { kind: isCutOff ? 'missing' : 'loading' };
  if (freshness.problem) return { kind: 'unread', problem: freshness.problem };
  return freshness.loading
    ? { kind: isCutOff ? 'missing' : 'loading' }
    : { kind: 'none', run: runStateOf(header).kind };
}

/** What stands where the messages would be. */
export function emptyView(why: Emptiness, post: PageContext['post']): HTMLElement {
  switch (why.kind) {
    case 'loading':
      return skeleton();
    case 'missing':
      return el('div', { class: 'empty' }, el('p', { class: 'title' }, 'The messages are not loaded'));
    case 'unread': {
      const { message, action = 'retry' } = why.problem;
      return el(
        'div',
        { class: 'empty' },
        el('p', { class: 'title' }, 'The conversation could not be read'),
        el('p', {}, message),
        button(actionLabel(action), () => post({ type: 'action', action })).element,
      );
    }
    case 'none':
      return el(
        'div',
        { class: 'empty' },
        ...EMPTY[why.run].map((text, index) => el('p', { class: index === 0 ? 'title' : 'muted' }, text)),
      );
  }
}

export function skeleton(): HTMLElement {
  return el(
    'div',
    { class: 'skeleton', 'aria-busy': 'true' },
    spoken('Loading the conversation…'),
    el('div'),
    el('div'),
    el('div'),
  );
}

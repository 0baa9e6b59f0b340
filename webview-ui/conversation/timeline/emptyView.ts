import type { ConversationState, Freshness } from '../../../src/core/pages/conversation/protocol';
import { runStateOf, type RunKind } from '../../../src/core/organization/status/runState';
import type { PageText } from '../../../src/core/pages/texts';
import { button } from '../../shared/controls';
import { el, spoken } from '../../shared/dom';
import { actionLabel } from '../header/header';
import type { PageContext } from '../view/view';
import { text } from '../../shared/texts';

/** The state of the run, and what comes next. */
const EMPTY: Readonly<Record<RunKind, readonly PageText[]>> = {
  waiting: ['empty.waiting', 'empty.waitingNext'],
  running: ['empty.running', 'empty.runningNext'],
  completed: ['empty.completed'],
  stopped: ['empty.stopped'],
  failed: ['empty.failed'],
  ended: ['empty.completed'],
  unknown: ['empty.unknown'],
};

/** Why there are no messages to show. */
export type Emptiness =
  | { readonly kind: 'loading' }
  /** They were not sent to the page, or the extension host is gone. The banner says why. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'unread'; readonly problem: NonNullable<Freshness['problem']> }
  | { readonly kind: 'none'; readonly run: RunKind };

/**
 * Why there are no messages.
 * @param missing how many messages have not arrived yet.
 * @param isCutOff they will not arrive by themselves.
 */
export function emptiness({ header, freshness }: ConversationState, missing: number, isCutOff: boolean): Emptiness {
  if (missing > 0) return { kind: isCutOff ? 'missing' : 'loading' };
  if (freshness.problem) return { kind: 'unread', problem: freshness.problem };
  return freshness.loading
    ? { kind: isCutOff ? 'missing' : 'loading' }
    : { kind: 'none', run: runStateOf(header).kind };
}

/** The element that replaces the messages. */
export function emptyView(why: Emptiness, post: PageContext['post']): HTMLElement {
  switch (why.kind) {
    case 'loading':
      return skeleton();
    case 'missing':
      return el('div', { class: 'empty' }, el('p', { class: 'title' }, text('empty.missing')));
    case 'unread': {
      const { message, action = 'retry' } = why.problem;
      return el(
        'div',
        { class: 'empty' },
        el('p', { class: 'title' }, text('empty.unread')),
        el('p', {}, message),
        button(actionLabel(action), () => post({ type: 'action', action })).element,
      );
    }
    case 'none':
      return el(
        'div',
        { class: 'empty' },
        ...EMPTY[why.run].map((key, index) => el('p', { class: index === 0 ? 'title' : 'muted' }, text(key))),
      );
  }
}

export function skeleton(): HTMLElement {
  return el(
    'div',
    { class: 'skeleton', 'aria-busy': 'true' },
    spoken(text('loading')),
    el('div'),
    el('div'),
    el('div'),
  );
}

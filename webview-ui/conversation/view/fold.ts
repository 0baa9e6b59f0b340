import { el, setChildren } from '../../shared/dom';
import { icon } from '../../shared/icons';
import type { PageContext } from './view';
import { text } from '../../shared/texts';

export interface Fold {
  readonly element: HTMLDetailsElement;
  readonly summary: HTMLElement;
  /** The part that opens. It is drawn on first use. */
  readonly body: HTMLElement;
  /** Draws the body again: now if it is open, else when it opens. */
  readonly refresh: () => void;
}

/** A fold. Its body is drawn when it first opens. Its state is saved by its key. */
export function fold(name: string, key: string, context: PageContext, draw: (body: HTMLElement) => void): Fold {
  const summary = el('summary', {}, icon('chevron'));
  const body = el('div', { class: 'fold-body' });
  const element = el('details', { class: name }, summary, body);
  let stale = true;
  const drawIfStale = (): void => {
    if (!stale) return;
    stale = false;
    try {
      draw(body);
    } catch (error) {
      context.report(error);
      setChildren(body, [
        el('p', { class: 'cut' }, text('broken.fold', error instanceof Error ? error.name : text('broken.error'))),
      ]);
    }
  };
  const refresh = (): void => {
    stale = true;
    if (element.open) drawIfStale();
  };
  if (context.folds.isOpen(key)) element.open = true;
  // Save and draw before it opens, because `toggle` comes a moment later. So it opens at full height, and a row that is
  // redrawn in between is open too.
  summary.addEventListener('click', () => {
    context.folds.set(key, !element.open);
    if (!element.open) drawIfStale();
  });
  element.addEventListener('toggle', () => {
    context.folds.set(key, element.open);
    if (element.open) drawIfStale();
  });
  return { element, summary, body, refresh };
}

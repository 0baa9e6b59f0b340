import type { InnerFold } from '../../../src/core/conversation/find/texts';

/** What was opened, so that it can be closed again. */
export type Opened = HTMLDetailsElement[];

/**
 * Opens what a place inside of a part is folded into, as the reader would by pressing it: what is folded is not drawn
 * before.
 * @param isFolded the text itself stands in what opens, not in the line.
 * @returns the element of the innermost part; undefined where the page does not show it.
 */
export function unfoldTo(
  part: HTMLElement,
  inner: readonly InnerFold[],
  isFolded: boolean,
  opened: Opened,
): HTMLElement | undefined {
  const [step, ...rest] = inner;
  if (!step) {
    if (isFolded) open(foldOf(part), opened);
    return part;
  }
  if (step.message === undefined) {
    const steering = part.querySelector('.steering-body')?.children[step.part];
    return steering instanceof HTMLElement ? unfoldTo(steering, rest, isFolded, opened) : undefined;
  }
  open(foldOf(part), opened);
  const message = part.querySelector('.nested')?.children[step.message];
  const next = message?.querySelector<HTMLElement>(`:scope > .content > [data-part="${String(step.part)}"]`);
  return next ? unfoldTo(next, rest, isFolded, opened) : undefined;
}

/** Opens what a drawn text stands in: folds inside of an open card, and those that the agent wrote. */
export function unfoldAround(node: Node, opened: Opened): void {
  for (let fold = node.parentElement?.closest('details'); fold; fold = fold.parentElement?.closest('details')) {
    if (fold.querySelector(':scope > summary')?.contains(node) !== true) open(fold, opened);
  }
}

/** What of a part opens: the part itself, or the card in it. Texts have none of the page's own. */
export function foldOf(part: HTMLElement): HTMLDetailsElement | undefined {
  const fold = part.matches('details') ? part : part.querySelector<HTMLElement>(':scope > details');
  return fold instanceof HTMLDetailsElement ? fold : undefined;
}

function open(fold: HTMLDetailsElement | undefined, opened: Opened): void {
  if (!fold || fold.open) return;
  opened.push(fold);
  const summary = fold.querySelector<HTMLElement>(':scope > summary');
  if (summary) summary.click();
  else fold.open = true;
}

export function close(folds: Opened): void {
  for (const fold of folds) fold.open = false;
}

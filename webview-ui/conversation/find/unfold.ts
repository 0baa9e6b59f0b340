import type { InnerFold } from '../../../src/core/conversation/find/texts';

/** The folds that were opened, so that they can close again. */
export type Opened = HTMLDetailsElement[];

/**
 * Opens the folds around a text in a part, as a click would. A fold's body is drawn only when it opens.
 * @param isFolded the text is in the fold's body, not in its line.
 * @returns the element of the innermost part; undefined if the page does not show it.
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

/** Opens the folds around a drawn text: those inside an open card, and those that the agent wrote. */
export function unfoldAround(node: Node, opened: Opened): void {
  for (let fold = node.parentElement?.closest('details'); fold; fold = fold.parentElement?.closest('details')) {
    if (fold.querySelector(':scope > summary')?.contains(node) !== true) open(fold, opened);
  }
}

/** The fold of a part: the part itself, or the card in it. Texts have none of the page's own. */
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

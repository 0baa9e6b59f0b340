import type { CurrentMessage } from '../timeline/currentMessage';

export interface PageKeysIntents {
  readonly current: CurrentMessage;
  readonly lastIndex: () => number;
  readonly toEnd: () => void;
  /** Copies the message at an index. `element` shows it. */
  readonly copy: (index: number, element: HTMLElement) => void;
  /** Opens or closes the folds of a message that are not drawn yet. */
  readonly keepFolds: (index: number, open: boolean) => void;
  readonly toPrompt: () => void;
  /** Closes the find bar or removes the filter. False if there was neither. */
  readonly leaveFind: () => boolean;
  readonly showShortcuts: () => void;
}

/**
 * The page's keys outside the prompt box. Single letters work only while the focus is in the messages and not in a text
 * field, so that typing or dictation triggers nothing by accident. A key that did something stops here: VS Code would
 * also look it up.
 */
export function listenForKeys(root: HTMLElement, intents: PageKeysIntents): void {
  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { target } = event;
    const [inner] = event.composedPath();
    // The focused element of a toolkit control is inside its shadow root.
    if (!(target instanceof HTMLElement) || !(inner instanceof HTMLElement) || isTextField(inner)) return;
    const isDone =
      event.key === '?' && !event.altKey
        ? (intents.showShortcuts(), true)
        : target.closest('.timeline') !== null &&
          (event.altKey ? moved(event.key, intents) : !event.shiftKey && pressed(event.key, target, intents));
    if (!isDone) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function moved(key: string, { current }: PageKeysIntents): boolean {
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
  current.move(key === 'ArrowDown' ? 1 : -1);
  return true;
}

/** True if the key did something. */
function pressed(key: string, target: HTMLElement, intents: PageKeysIntents): boolean {
  const { current } = intents;
  switch (key) {
    case 'j':
      current.move(1);
      return true;
    case 'k':
      current.move(-1);
      return true;
    case 'Home':
      current.goTo(0);
      return true;
    case 'End':
    case 'e':
      current.goTo(intents.lastIndex(), -1);
      intents.toEnd();
      return true;
    case 'i':
      intents.toPrompt();
      return true;
    case 'Escape':
      if (!intents.leaveFind()) intents.toPrompt();
      return true;
    case 'c': {
      const { index, element } = current;
      if (index === undefined || !element) return false;
      intents.copy(index, element);
      return true;
    }
    case ']':
      return foldAll(intents, true);
    case '[':
      return foldAll(intents, false);
    // Other focused elements use the arrows themselves: code scrolls sideways.
    case 'ArrowRight':
    case 'ArrowLeft': {
      const open = key === 'ArrowRight';
      if (target === current.element) return foldAll(intents, open);
      return target.localName === 'summary' && fold(target, open);
    }
    default:
      return false;
  }
}

/**
 * Opens or closes the outermost folds of the current message, from the last to the first. The last one pressed stays in
 * its position, and so does what is above it.
 */
function foldAll({ current: { element: message, index }, keepFolds }: PageKeysIntents, open: boolean): boolean {
  if (!message || index === undefined) return false;
  keepFolds(index, open);
  const segments = message
    .closest('.rows')
    ?.querySelectorAll(`[aria-posinset="${message.getAttribute('aria-posinset') ?? ''}"]`) ?? [message];
  const folds = [...segments]
    .flatMap((segment) => [...segment.querySelectorAll('details')])
    .filter((details) => !details.parentElement?.closest('details'));
  for (const details of folds.reverse()) {
    const summary = details.querySelector('summary');
    if (summary) fold(summary, open);
  }
  return true;
}

function fold(summary: HTMLElement, open: boolean): boolean {
  if (summary.parentElement instanceof HTMLDetailsElement && summary.parentElement.open !== open) summary.click();
  return true;
}

const isTextField = (element: HTMLElement): boolean =>
  element.isContentEditable || ['input', 'textarea', 'select'].includes(element.localName);

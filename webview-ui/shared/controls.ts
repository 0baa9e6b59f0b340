/**
 * The toolkit's controls as the rest of the page knows them. They are made at once and work at once, by mouse and
 * keyboard; the toolkit gives them their looks when it has arrived, which the first paint does not wait for.
 */
import { el, type Attributes } from './dom';
import { icon, type IconName } from './icons';

export interface Button {
  readonly element: HTMLElement;
  setLabel(label: string): void;
  setEnabled(enabled: boolean): void;
}

export function button(
  label: string,
  press: () => void,
  { appearance = 'secondary', shape }: { appearance?: 'primary' | 'secondary'; shape?: IconName } = {},
): Button {
  const text = document.createTextNode(label);
  const element = el('vscode-button', { appearance }, text);
  if (shape) {
    const svg = icon(shape);
    svg.setAttribute('slot', 'start');
    element.prepend(svg);
  }
  let enabled = true;
  element.addEventListener('click', () => {
    if (enabled) press();
  });
  if (!customElements.get('vscode-button')) standInForButton(element);
  return {
    element,
    setLabel: (next) => {
      if (text.data !== next) text.data = next;
    },
    setEnabled: (next) => {
      if (next === enabled) return;
      enabled = next;
      element.toggleAttribute('disabled', !next);
      if (element.getAttribute('role') === 'button') element.setAttribute('aria-disabled', String(!next));
    },
  };
}

/** Role and keys of a button until the toolkit brings a real one. */
function standInForButton(element: HTMLElement): void {
  element.setAttribute('role', 'button');
  element.setAttribute('tabindex', '0');
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!event.repeat) element.click();
  };
  element.addEventListener('keydown', onKey);
  void customElements.whenDefined('vscode-button').then(() => {
    const hadFocus = document.activeElement === element;
    for (const attribute of ['role', 'tabindex', 'aria-disabled']) element.removeAttribute(attribute);
    element.removeEventListener('keydown', onKey);
    if (hadFocus) element.focus();
  });
}

export function badge(text: string, title: string): HTMLElement {
  return el('vscode-badge', { title }, text);
}

/**
 * A turning ring, for eyes alone: the toolkit would announce it as an alert each time. What is under way is said in
 * words beside it.
 */
export function progressRing(): HTMLElement {
  return el('span', { class: 'ring', 'aria-hidden': 'true' }, el('vscode-progress-ring'));
}

/**
 * A small button that shows an icon and is named by its label; there may be hundreds, so these are the browser's own.
 */
export function iconButton(
  shape: IconName,
  label: string,
  press: (element: HTMLButtonElement) => void,
): HTMLButtonElement {
  const element = el(
    'button',
    { class: 'icon-button', type: 'button', title: label, 'aria-label': label },
    icon(shape),
  );
  element.addEventListener('click', () => press(element));
  return element;
}

/** A button that reads like a link. @param attributes what it has beside its own; a class is added to its own. */
export function textButton(
  label: string,
  press: () => void,
  { class: name, ...attributes }: Attributes = {},
): HTMLButtonElement {
  const element = el(
    'button',
    { class: name === undefined ? 'text-button' : `text-button ${name}`, type: 'button', ...attributes },
    label,
  );
  element.addEventListener('click', press);
  return element;
}

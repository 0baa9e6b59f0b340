/**
 * The toolkit's controls, for the rest of the page. They work at once, by mouse and keyboard. The toolkit styles them
 * when it has loaded, so the first paint does not wait for it.
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
  if (!customElements.get('vscode-button')) actAsButton(element);
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

/** Gives an element the role and keys of a button until the toolkit has loaded. */
function actAsButton(element: HTMLElement): void {
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
 * A spinning ring, hidden from screen readers: the toolkit would announce it as an alert each time. A text beside it
 * says what is happening.
 */
export function progressRing(): HTMLElement {
  return el('span', { class: 'ring', 'aria-hidden': 'true' }, el('vscode-progress-ring'));
}

/**
 * A small button with an icon; its label is its accessible name. It is a native button, because there can be hundreds.
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

/**
 * A button that looks like a link.
 * @param attributes added to its own attributes; a class is added to its own class.
 */
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

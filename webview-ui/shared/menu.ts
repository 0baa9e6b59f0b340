import { iconButton } from './controls';
import { el, setAttribute } from './dom';
import type { IconName } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

/** A button that opens a menu. Arrow keys move in it; Escape, Tab, a choice and a press elsewhere close it. */
export function menuButton(shape: IconName, label: string, items: readonly MenuItem[]): HTMLElement {
  const entries = items.map((item) => {
    const entry = el('button', { class: 'menu-item', type: 'button', role: 'menuitem', tabindex: '-1' }, item.label);
    entry.addEventListener('click', () => {
      close(true);
      item.run();
    });
    return entry;
  });
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label }, ...entries);
  const button = iconButton(shape, label, () => {
    if (menu.hidden) open(0);
    else close(true);
  });
  setAttribute(button, 'aria-haspopup', 'menu');
  const element = el('div', { class: 'menu-place' }, button, menu);

  const elsewhere = (event: Event): void => {
    if (event.target instanceof Node && !element.contains(event.target)) close(false);
  };
  const show = (isOpen: boolean): void => {
    menu.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  const open = (index: number): void => {
    show(true);
    document.addEventListener('pointerdown', elsewhere, { capture: true });
    entries.at(index)?.focus();
  };
  const close = (givesFocusBack: boolean): void => {
    if (menu.hidden) return;
    document.removeEventListener('pointerdown', elsewhere, { capture: true });
    show(false);
    if (givesFocusBack) button.focus();
  };
  button.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 0 : -1);
  });
  menu.addEventListener('keydown', (event) => {
    const at = entries.indexOf(event.target as HTMLButtonElement);
    const next = ({ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 } as Readonly<Record<string, number>>)[
      event.key
    ];
    if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') close(false);
    else if (next !== undefined) entries.at(next % entries.length)?.focus();
    else return;
    // Tab then moves the focus as usual.
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  });
  // The menu stays open when an editor or another panel gets the focus: then there is no `relatedTarget`.
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) close(false);
  });
  show(false);
  return element;
}

import { iconButton } from '../../shared/controls';
import { el } from '../../shared/dom';
import { keyNames, keySeparator } from '../../shared/keyNames';
import { text } from '../../shared/texts';
import { SHORTCUTS, type Shortcut } from './shortcuts';

/**
 * Shows the list of shortcuts over the page. The browser's dialog keeps the focus inside until it closes, and then
 * returns it.
 */
export function showShortcuts(root: HTMLElement): void {
  if (root.querySelector('dialog.shortcuts')) return;
  const close = iconButton('cross', text('close'), () => dialog.close());
  const dialog = el(
    'dialog',
    { class: 'shortcuts', 'aria-labelledby': 'shortcuts-title' },
    el('header', {}, el('h2', { id: 'shortcuts-title' }, text('shortcuts.title')), close),
    // Tab reaches it, so that the keyboard can scroll it in a small page.
    el(
      'div',
      { class: 'shortcuts-list', tabindex: '0', role: 'group', 'aria-label': text('shortcuts.list') },
      ...SHORTCUTS.map(({ title, shortcuts }) =>
        el('section', {}, el('h3', {}, text(title)), el('dl', {}, ...shortcuts.map(row))),
      ),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  // A click beside the list closes it: the backdrop belongs to the dialog.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key !== 'Escape' && event.key !== '?') return;
    event.preventDefault();
    dialog.close();
  });
  root.append(dialog);
  dialog.showModal();
}

function row({ keys, does }: Shortcut): HTMLElement {
  const ways = keys.flatMap((way, index) => [
    index > 0 && ` ${text('shortcuts.or')} `,
    ...keyNames(way).flatMap((key, index) => [index > 0 && keySeparator(), el('kbd', {}, key)]),
  ]);
  return el('div', {}, el('dt', {}, ...ways), el('dd', {}, text(does)));
}

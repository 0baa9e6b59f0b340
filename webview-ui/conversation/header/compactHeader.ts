import { iconButton } from '../../shared/controls';
import { setAttribute } from '../../shared/dom';
import { text } from '../../shared/texts';

/**
 * Where the page is low, what stands below the header's first line is folded away behind a button; how low, the style
 * sheet says.
 */
export function foldWhenLow(header: HTMLElement): void {
  const details = iconButton('chevron', text('header.details'), () => {
    const isOpen = header.classList.toggle('unfolded');
    setAttribute(details, 'aria-expanded', String(isOpen));
  });
  details.classList.add('header-details');
  setAttribute(details, 'aria-expanded', 'false');
  header.querySelector('.heading')?.append(details);
}

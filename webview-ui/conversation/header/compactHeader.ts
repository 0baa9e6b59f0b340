import { iconButton } from '../../shared/controls';
import { setAttribute } from '../../shared/dom';
import { text } from '../../shared/texts';

/** If the page is low, folds everything below the header's first line behind a button. The style sheet says how low. */
export function foldWhenLow(header: HTMLElement): void {
  const details = iconButton('chevron', text('header.details'), () => {
    const isOpen = header.classList.toggle('unfolded');
    setAttribute(details, 'aria-expanded', String(isOpen));
  });
  details.classList.add('header-details');
  setAttribute(details, 'aria-expanded', 'false');
  header.querySelector('.heading')?.append(details);
}

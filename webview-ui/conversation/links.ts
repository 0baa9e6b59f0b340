import { isOpenableUrl } from '../../src/core/words/links';
import type { PageContext } from './view/view';

/**
 * Hands clicks on links to the panel, which checks and opens them. Neither the page nor VS Code follows a link itself.
 * @param isOwn true for a link that the page made for itself. VS Code may follow it.
 */
export function handLinksToPanel(
  root: HTMLElement,
  post: PageContext['post'],
  isOwn: (link: Element) => boolean,
): void {
  const follow = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || (isOwn(link) && event.type === 'click')) return;
    event.preventDefault();
    event.stopPropagation();
    const url = link.getAttribute('href') ?? '';
    if (event.button <= 1 && isOpenableUrl(url)) post({ type: 'openLink', url });
  };
  root.addEventListener('click', follow);
  root.addEventListener('auxclick', follow);
}

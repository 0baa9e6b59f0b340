import { isOpenableUrl } from '../../src/core/words/links';
import type { PageContext } from './view/view';

/**
 * No link in the conversation is followed by the page, nor by VS Code's own handling of links in webviews: the panel
 * checks it and opens it.
 * @param isOwn a link that the page made for itself, which VS Code may follow.
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

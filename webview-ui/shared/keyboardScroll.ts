/**
 * Lets Tab stop at an element, but only while it can scroll. Otherwise Tab would stop at a hundred small code blocks.
 */
export function reachableByKeyboard<E extends HTMLElement>(element: E): E {
  let was = false;
  // The observer runs after layout, so measuring costs nothing. It lives as long as the element.
  new ResizeObserver(() => {
    const scrolls = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (scrolls === was) return;
    was = scrolls;
    if (scrolls) element.setAttribute('tabindex', '0');
    else element.removeAttribute('tabindex');
  }).observe(element);
  return element;
}

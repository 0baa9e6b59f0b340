/**
 * Puts an element that scrolls into the tab order, but only while there is something to scroll: a hundred small code
 * blocks must not be a hundred stops.
 */
export function reachableByKeyboard<E extends HTMLElement>(element: E): E {
  let was = false;
  // Observed after layout, so that measuring costs nothing. The observer lives as long as the element does.
  new ResizeObserver(() => {
    const scrolls = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (scrolls === was) return;
    was = scrolls;
    if (scrolls) element.setAttribute('tabindex', '0');
    else element.removeAttribute('tabindex');
  }).observe(element);
  return element;
}

/** Builds DOM without HTML strings: texts are set as text, never parsed. */

type Child = Node | string | undefined | false;

export interface Attributes {
  readonly class?: string;
  readonly [attribute: string]: string | boolean | undefined;
}

/** A new element; `true` sets an empty attribute, `false` and undefined none. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes?: Attributes,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag];
export function el(tag: string, attributes?: Attributes, ...children: readonly Child[]): HTMLElement;
export function el(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  append(element, children);
  return element;
}

export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== undefined && child !== false)
      parent.appendChild(typeof child === 'string' ? document.createTextNode(child) : child);
  }
}

/** Sets a text. Touches the DOM only if the text differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute; undefined and false remove it. Touches the DOM only if the value differs. */
export function setAttribute(element: Element, name: string, value: string | boolean | undefined): void {
  const wanted = value === undefined || value === false ? null : value === true ? '' : value;
  if (element.getAttribute(name) === wanted) return;
  if (wanted === null) element.removeAttribute(name);
  else element.setAttribute(name, wanted);
}

/** A text for screen readers only. */
export function spoken(text: string): HTMLElement {
  return el('span', { class: 'visually-hidden' }, text);
}

/**
 * Two forms of one text. The style sheet shows the first during the run, and the second after it: then nothing
 * unfinished will be finished.
 */
export function whileLive(live: readonly Child[], after: readonly Child[]): readonly [HTMLElement, HTMLElement] {
  return [el('span', { class: 'while-live' }, ...live), el('span', { class: 'after-live' }, ...after)];
}

/** Replaces the children of an element. Does not touch a child that stays in its position, so it keeps the focus. */
export function setChildren(parent: Element, children: readonly Node[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  children.forEach((child, index) => {
    const present = parent.childNodes[index];
    if (present !== child) parent.insertBefore(child, present ?? null);
  });
}

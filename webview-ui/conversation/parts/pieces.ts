/**
 * Draws a piece of an open fold. While its value is the same, its elements stay: focus, selection and scroll position
 * do not change.
 */
export type Pieces = (name: string, value: unknown, draw: () => readonly HTMLElement[]) => readonly HTMLElement[];

export function pieces(): Pieces {
  const drawn = new Map<string, { readonly key: string; readonly elements: readonly HTMLElement[] }>();
  return (name, value, draw) => {
    const key = typeof value === 'string' ? value : JSON.stringify(value);
    const known = drawn.get(name);
    if (known?.key === key) return known.elements;
    const elements = draw();
    drawn.set(name, { key, elements });
    return elements;
  };
}

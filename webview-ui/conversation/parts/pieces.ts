/**
 * Draws a piece of what is open. As long as its value is the same, so are its elements: the keyboard, what is selected
 * and what is scrolled inside stay where they are.
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

/** The size of stored state, and which items of a list fit. */

const encoder = new TextEncoder();

/** The bytes of a value as JSON in UTF-8. */
export function storedBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The last items of the list, as many as fit. The oldest item is first, and goes first. */
export function newestWithin<T>(items: readonly T[], bytes: number): readonly T[] {
  let room = bytes;
  const tooMuch = items.findLastIndex((item) => (room -= storedBytes(item) + 1) < 0);
  return items.slice(tooMuch + 1);
}

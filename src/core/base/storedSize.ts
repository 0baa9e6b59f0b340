/** How much stored state takes, and what of a list has room. */

const encoder = new TextEncoder();

/** Bytes of a value as JSON in UTF-8. */
export function storedBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The end of a list that has room: what was kept longest ago stands first, and goes first. */
export function newestWithin<T>(items: readonly T[], bytes: number): readonly T[] {
  let room = bytes;
  const tooMuch = items.findLastIndex((item) => (room -= storedBytes(item) + 1) < 0);
  return items.slice(tooMuch + 1);
}

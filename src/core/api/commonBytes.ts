/** How far two byte ranges are equal. Node compares whole chunks, which is many times faster than a loop over bytes. */

/** A part of a buffer, from `from` to before `to`. */
export interface ByteRange {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

const LARGEST_CHUNK = 65_536;

/** The number of equal bytes at the start of both ranges. */
export function commonPrefix(a: ByteRange, b: ByteRange): number {
  return commonBytes(a, b, (same, step) => isEqual(a.bytes, a.from + same, b.bytes, b.from + same, step));
}

/** The number of equal bytes at the end of both ranges. */
export function commonSuffix(a: ByteRange, b: ByteRange): number {
  return commonBytes(a, b, (same, step) => isEqual(a.bytes, a.to - same - step, b.bytes, b.to - same - step, step));
}

/** @param isSame whether the next `step` bytes are equal as well, after `same` equal ones. */
function commonBytes(a: ByteRange, b: ByteRange, isSame: (same: number, step: number) => boolean): number {
  const most = Math.max(0, Math.min(a.to - a.from, b.to - b.from));
  let same = 0;
  // A chunk that differs is looked at again in smaller ones, down to single bytes.
  for (let step = LARGEST_CHUNK; step >= 1; step >>= 4) {
    while (same + step <= most && isSame(same, step)) same += step;
  }
  return same;
}

function isEqual(a: Buffer, aFrom: number, b: Buffer, bFrom: number, length: number): boolean {
  return a.compare(b, bFrom, bFrom + length, aFrom, aFrom + length) === 0;
}

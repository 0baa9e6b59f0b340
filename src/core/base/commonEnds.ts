/**
 * What two texts begin and end with in common. Slices are compared by the engine, many times faster than characters are
 * here.
 */

const CHUNK = 32_768;

/** How many characters are the same from `aFrom` and `bFrom` on; up to seven too few. */
export function commonPrefix(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): number {
  const most = Math.min(aTo - aFrom, bTo - bFrom);
  let same = 0;
  for (let step = CHUNK; step >= 1; step >>= 4) {
    while (
      same + step <= most &&
      a.slice(aFrom + same, aFrom + same + step) === b.slice(bFrom + same, bFrom + same + step)
    )
      same += step;
  }
  return same;
}

/** How many characters are the same before `aTo` and `bTo`; up to seven too few. */
export function commonSuffix(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): number {
  const most = Math.min(aTo - aFrom, bTo - bFrom);
  let same = 0;
  for (let step = CHUNK; step >= 1; step >>= 4) {
    while (same + step <= most && a.slice(aTo - same - step, aTo - same) === b.slice(bTo - same - step, bTo - same))
      same += step;
  }
  return same;
}

/**
 * What two texts have in common at their start and end. It compares slices, because the engine does that many times
 * faster than a loop over characters.
 */

const CHUNK = 32_768;

/** The number of equal characters from `aFrom` and `bFrom` on. It can be up to seven too low. */
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

/** The number of equal characters before `aTo` and `bTo`. It can be up to seven too low. */
export function commonSuffix(a: string, aFrom: number, aTo: number, b: string, bFrom: number, bTo: number): number {
  const most = Math.min(aTo - aFrom, bTo - bFrom);
  let same = 0;
  for (let step = CHUNK; step >= 1; step >>= 4) {
    while (same + step <= most && a.slice(aTo - same - step, aTo - same) === b.slice(bTo - same - step, bTo - same))
      same += step;
  }
  return same;
}

/**
 * The heights of a list of rows, in pixels. Finds where a row begins, and which row is at an offset, in logarithmic
 * time (a binary indexed tree).
 */
export class RowHeights {
  private heights: number[];
  /** `sums[i]` is the sum of the heights of the rows below `i` that its lowest set bit spans. */
  private sums: Float64Array;

  constructor(heights: Iterable<number> = []) {
    this.heights = [...heights];
    this.sums = sumsOf(this.heights);
  }

  get length(): number {
    return this.heights.length;
  }

  get total(): number {
    return this.topOf(this.length);
  }

  heightOf(index: number): number {
    return this.heights[index] ?? 0;
  }

  /** Where a row begins. For larger indexes, where the last row ends. */
  topOf(index: number): number {
    let top = 0;
    for (let at = Math.min(index, this.length); at > 0; at -= at & -at) top += this.sums[at] ?? 0;
    return top;
  }

  /** The index of the row at an offset in pixels. Outside the list, the first or last row. -1 without rows. */
  at(offset: number): number {
    let index = 0;
    let rest = offset;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.length))); step >= 1; step /= 2) {
      const span = this.sums[index + step];
      if (index + step > this.length || span === undefined || span > rest) continue;
      index += step;
      rest -= span;
    }
    return Math.min(index, this.length - 1);
  }

  set(index: number, height: number): void {
    const difference = height - this.heightOf(index);
    if (index < 0 || index >= this.length || difference === 0) return;
    this.heights[index] = height;
    for (let at = index + 1; at <= this.length; at += at & -at) this.sums[at] = (this.sums[at] ?? 0) + difference;
  }

  /** Replaces rows. Takes linear time. */
  splice(start: number, removed: number, heights: readonly number[]): void {
    this.heights = [...this.heights.slice(0, start), ...heights, ...this.heights.slice(start + removed)];
    this.sums = sumsOf(this.heights);
  }
}

function sumsOf(heights: readonly number[]): Float64Array {
  const sums = new Float64Array(heights.length + 1);
  heights.forEach((height, index) => {
    const at = index + 1;
    const own = (sums[at] ?? 0) + height;
    sums[at] = own;
    const parent = at + (at & -at);
    if (parent <= heights.length) sums[parent] = (sums[parent] ?? 0) + own;
  });
  return sums;
}

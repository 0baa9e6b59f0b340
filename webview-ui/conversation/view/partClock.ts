import type { PartTime } from '../../../src/core/conversation/times/partTimes';

interface Follower {
  readonly key: string;
  readonly draw: (time: PartTime | undefined) => void;
}

const MARK = 'data-part-time';

/** Gives views the times of their parts. One clock counts the seconds of all running parts in the page. */
export class PartClock {
  private shown: readonly (readonly [string, PartTime])[] = [];
  private times: ReadonlyMap<string, PartTime> = new Map();
  private ticking: ReturnType<typeof setInterval> | undefined;
  /** Keyed weakly by element, so that rows that left the page can be freed. */
  private readonly followers = new WeakMap<Element, Follower>();

  constructor(private readonly root: ParentNode) {}

  /** @param counts the run goes on as far as we know, so its running parts go on too. */
  show(partTimes: readonly (readonly [string, PartTime])[], counts: boolean): void {
    if (partTimes !== this.shown) {
      const before = this.times;
      this.shown = partTimes;
      this.times = new Map(partTimes);
      this.notify((key) => !isSame(before.get(key), this.times.get(key)));
    }
    const isAtWork = counts && partTimes.some(([, { ms }]) => ms === undefined);
    if (isAtWork === (this.ticking !== undefined)) return;
    clearInterval(this.ticking);
    this.ticking = isAtWork ? setInterval(() => this.tick(), 1_000) : undefined;
    if (isAtWork) this.tick();
  }

  of(key: string): PartTime | undefined {
    return this.times.get(key);
  }

  /** Draws now, and again when the part's time changes or a second passes. */
  follow(element: Element, key: string, draw: Follower['draw']): void {
    this.followers.set(element, { key, draw });
    element.setAttribute(MARK, '');
    draw(this.of(key));
  }

  private tick(): void {
    this.notify((key) => {
      const time = this.of(key);
      return time !== undefined && time.ms === undefined;
    });
  }

  private notify(concerns: (key: string) => boolean): void {
    for (const element of this.root.querySelectorAll(`[${MARK}]`)) {
      const follower = this.followers.get(element);
      if (follower && concerns(follower.key)) follower.draw(this.of(follower.key));
    }
  }
}

/** The panel can send its state again, with equal times in new objects. */
function isSame(a: PartTime | undefined, b: PartTime | undefined): boolean {
  return (
    a === b || (a !== undefined && a.since === b?.since && a.ms === b.ms && a.within === b.within && a.step === b.step)
  );
}

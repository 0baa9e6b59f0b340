import type { Page } from 'playwright-core';

/**
 * Work that a page postpones for longer is a clock (a counting duration, a pause between announcements), not pending
 * drawing.
 */
const SOON_MS = 2_000;
/** A page that is not at rest by then never will be. */
const PATIENCE_MS = 40_000;

interface Work {
  /** Postponed work that has not run yet: what postponed it, and for how long. */
  readonly waiting: ReadonlyMap<string, string>;
  /** The browser's own function, which is not recorded, for tests that look at every frame. */
  readonly frame: (look: () => void) => void;
  readonly frames: () => Promise<void>;
  /** Moves the page's clock, and runs every interval once. */
  readonly tickOn: (ms: number) => void;
}
export interface WithWork {
  __work: Work;
}

/** Runs in the page before anything else. It records the work that the page postpones, and stops its clock if asked. */
export function noteWork({
  soonMs,
  frozenAt,
}: {
  readonly soonMs: number;
  readonly frozenAt: number | undefined;
}): void {
  const waiting = new Map<string, string>();
  const frame = window.requestAnimationFrame.bind(window);
  const later = window.setTimeout.bind(window);
  const frames = (): Promise<void> =>
    new Promise((resolve) => {
      later(
        () =>
          frame(() =>
            frame(() => {
              resolve();
            }),
          ),
        0,
      );
    });
  let aheadMs = 0;
  const now = Date.now.bind(Date);
  Date.now = () => (frozenAt ?? now()) + aheadMs;
  const counting = new Map<unknown, () => unknown>();
  const [repeat, endRepeat] = [window.setInterval.bind(window), window.clearInterval.bind(window)];
  window.setInterval = ((work: () => unknown, ms?: number) => {
    const id = repeat(work, ms);
    counting.set(id, work);
    return id;
  }) as typeof window.setInterval;
  window.clearInterval = (id) => {
    counting.delete(id);
    endRepeat(id);
  };
  const tickOn = (ms: number): void => {
    aheadMs += ms;
    for (const work of [...counting.values()]) work();
  };
  (window as unknown as WithWork).__work = { waiting, frame, frames, tickOn };

  /** Replaces the browser's `schedule` and `cancel`. Scheduled work is in the list until it starts to run. */
  const follow = (schedule: string, cancel: string, isCounted: (option: unknown) => boolean): void => {
    const world = window as unknown as Record<string, (...args: unknown[]) => unknown>;
    const [original, originalCancel] = [world[schedule]?.bind(window), world[cancel]?.bind(window)];
    if (!original || !originalCancel) return;
    world[schedule] = (work: unknown, option: unknown, ...rest: unknown[]) => {
      if (typeof work !== 'function' || !isCounted(option)) return original(work, option, ...rest);
      const id = original(
        (...args: unknown[]) => {
          waiting.delete(`${schedule} ${String(id)}`);
          return (work as (...args: unknown[]) => unknown)(...args);
        },
        option,
        ...rest,
      );
      waiting.set(`${schedule} ${String(id)}`, typeof option === 'number' ? String(option) : '');
      return id;
    };
    world[cancel] = (id: unknown) => {
      waiting.delete(`${schedule} ${String(id)}`);
      originalCancel(id);
    };
  };
  follow('setTimeout', 'clearTimeout', (ms) => Number(ms ?? 0) <= soonMs);
  follow('requestAnimationFrame', 'cancelAnimationFrame', () => true);
  follow('requestIdleCallback', 'cancelIdleCallback', () => true);
}

/** The argument for {@link noteWork}. */
export const noted = (frozenAt: number | undefined): Parameters<typeof noteWork>[0] => ({ soonMs: SOON_MS, frozenAt });

/** Knows when a page has nothing left to do. */
export class Rest {
  private readonly requests = new Set<unknown>();

  constructor(private readonly page: Page) {
    page.on('request', (request) => this.requests.add(request));
    page.on('requestfinished', (request) => this.requests.delete(request));
    page.on('requestfailed', (request) => this.requests.delete(request));
  }

  /** Waits two frames, so that what was sent is drawn and laid out. */
  async frames(): Promise<void> {
    await this.page.evaluate(() => (window as unknown as WithWork).__work.frames());
  }

  async tickOn(ms: number): Promise<void> {
    await this.page.evaluate((by) => {
      (window as unknown as WithWork).__work.tickOn(by);
    }, ms);
    await this.frames();
  }

  /**
   * Resolves when nothing is postponed, loading, moving or being decoded, and the page was the same twice with two
   * frames between.
   * @throws if the page does not come to rest, with what it waits for.
   */
  async reached(): Promise<void> {
    let before: string | undefined;
    for (const end = performance.now() + PATIENCE_MS; ;) {
      const { busy, looks } = await this.page.evaluate(look);
      const all = [...busy, ...(this.requests.size > 0 ? ['requests'] : [])];
      if (all.length === 0 && looks === before) return;
      if (performance.now() > end)
        throw new Error(`The page does not come to rest: ${all.join(', ') || 'it changes'}.`);
      before = all.length === 0 ? looks : undefined;
    }
  }
}

/** Runs in the page: what it still has to do after two frames, and how it looks. */
async function look(): Promise<{ busy: readonly string[]; looks: string }> {
  const {
    __work: { waiting, frames },
  } = window as unknown as WithWork;
  await frames();
  const moving = document
    .getAnimations()
    .filter(
      (animation) =>
        animation.playState === 'running' && Number.isFinite(animation.effect?.getComputedTiming().endTime),
    );
  const isSeen = (element: Element): boolean => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const loading = [...document.images].filter(
    (image) => !image.complete && (image.loading !== 'lazy' || isSeen(image)),
  );
  const places = [...document.querySelectorAll('.timeline, .row')].map((element) => {
    const { top, height } = element.getBoundingClientRect();
    return `${String(element.scrollTop)} ${String(top)} ${String(height)}`;
  });
  return {
    busy: [
      ...[...waiting].map(([work, option]) => `${work} ${option}`.trim()),
      ...moving.map(() => 'an animation'),
      ...loading.map(() => 'a picture'),
      ...(document.fonts.status === 'loaded' ? [] : ['fonts']),
    ],
    looks: places.join('|'),
  };
}

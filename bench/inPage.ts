import type { FromPage } from '../src/core/pages/conversation/protocol';

/** Functions that run in the page. Each uses only its own code, because it is sent there as text. */

/** Answers as the panel does when the page asks for earlier messages. */
export function playPanel(): void {
  const world = window as unknown as {
    __sent: { push: (message: { type: FromPage['type']; before: number }) => number };
    benchEarlier: (before: number) => Promise<object>;
  };
  const { push } = Array.prototype;
  world.__sent.push = function (this: unknown[], ...messages: { type: FromPage['type']; before: number }[]): number {
    for (const { type, before } of messages) {
      if (type === 'requestEarlier')
        void world.benchEarlier(before).then((earlier) => {
          window.postMessage({ type: 'earlier', ...earlier }, '*');
        });
    }
    return push.apply(this, messages);
  };
}

/** Sends a state and what follows it. Returns the milliseconds until the conversation is painted. */
export function paint(messages: readonly unknown[]): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.message')) return;
      observer.disconnect();
      // Runs after the next frame, which has been painted by then.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve(performance.now() - began);
        };
        port2.postMessage(0);
      });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    for (const message of messages) window.postMessage(message, '*');
  });
}

export function mounted(): number {
  return document.querySelectorAll('.message').length;
}

/** The number of messages that are at least partly visible. */
export function visibleMessages(): number {
  const { top } = document.querySelector('.timeline')!.getBoundingClientRect();
  return [...document.querySelectorAll('.row')].filter((row) => row.getBoundingClientRect().bottom > top).length;
}

export function toEnd(): void {
  const scroller = document.querySelector('.timeline')!;
  scroller.scrollTop = scroller.scrollHeight;
}

/** Appends parts to the last message, one in each frame. `ms` is the median of applying one and laying it out. */
export async function append({
  count,
  index,
  partIndex,
  seq,
}: {
  count: number;
  index: number;
  partIndex: number;
  seq: number;
}): Promise<{ ms: number; longestFrameMs: number }> {
  const scroller = document.querySelector('.timeline')!;
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const times: number[] = [];
  let longest = 0;
  let last = await frame();
  for (let added = 0; added < count; added++) {
    const part = {
      kind: 'text',
      streaming: false,
      text: `Step **${String(added)}**: the strategy holds \`QQQ\` while its return is positive.\n\n- one\n- two`,
    };
    const change = {
      type: 'changes',
      seq: seq + added,
      changes: [{ kind: 'part', index, partIndex: partIndex + added, part }],
    };
    const began = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data: change }));
    scroller.getBoundingClientRect();
    times.push(performance.now() - began);
    const now = await frame();
    longest = Math.max(longest, now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  return { ms: times[times.length >> 1] ?? 0, longestFrameMs: longest };
}

/** Scrolls up, one step in each frame. A frame is empty if some visible line has no message on it. */
export async function scrollUp({
  frames,
  step,
}: {
  frames: number;
  step: number;
}): Promise<{ movedShare: number; emptyFrames: number; longestFrameMs: number; mounted: number }> {
  const scroller = document.querySelector<HTMLElement>('.timeline')!;
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
  const { top, bottom } = scroller.getBoundingClientRect();
  const isEmpty = (): boolean => {
    const boxes = [...document.querySelectorAll('.row')].map((row) => row.getBoundingClientRect());
    for (let y = top + 1; y < bottom; y += 20) if (!boxes.some((box) => box.top <= y && box.bottom >= y)) return true;
    return false;
  };
  let longestFrameMs = 0;
  let emptyFrames = 0;
  let moved = 0;
  let mounted = 0;
  let last = await frame();
  for (let count = 0; count < frames; count++) {
    const before = scroller.scrollTop;
    scroller.scrollTop = before - step;
    const now = await frame();
    longestFrameMs = Math.max(longestFrameMs, now - last);
    last = now;
    moved += before - scroller.scrollTop;
    // Runs after the frame, so what is visible has been painted.
    if (count > 0 && isEmpty()) emptyFrames++;
    mounted = Math.max(mounted, document.querySelectorAll('.message').length);
  }
  return { movedShare: moved / (frames * step), emptyFrames, longestFrameMs, mounted };
}

/** Goes to the first message. Returns the milliseconds until it is painted. */
export function jumpToStart(): Promise<number> {
  return new Promise((resolve) => {
    const began = performance.now();
    document.querySelector('.timeline')!.scrollTop = 0;
    const look = (): void => {
      requestAnimationFrame(() => {
        const first = document.querySelector('.message[aria-posinset="1"]');
        if (!first) {
          look();
          return;
        }
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          resolve(performance.now() - began);
        };
        port2.postMessage(0);
      });
    };
    look();
  });
}

interface Watched {
  benchFound: Promise<{ ms: number; longestFrameMs: number }>;
}

/**
 * Waits until a word is found: counted, marked as the current match, and painted. `ms` counts from the last key or
 * paste before that, by the browser's own time of the event. So it includes what the page was busy with.
 * `longestFrameMs` is the longest time between two frames meanwhile.
 */
export function watchFind(word: string): void {
  (window as unknown as Watched).benchFound = new Promise((resolve) => {
    let pressed = Number.NaN;
    let longestFrameMs = 0;
    const note = (event: Event): void => {
      pressed = event.timeStamp;
    };
    for (const type of ['keydown', 'beforeinput']) document.addEventListener(type, note, { capture: true });
    let last: number | undefined;
    const look = (now: number): void => {
      if (last !== undefined) longestFrameMs = Math.max(longestFrameMs, now - last);
      last = now;
      const [range] = [...((CSS.highlights.get('find-current') as unknown as Set<AbstractRange> | undefined) ?? [])];
      const isMarked =
        range?.startContainer.textContent?.slice(range.startOffset, range.startOffset + word.length) === word;
      if (!isMarked || !(document.querySelector('.find-count')?.textContent ?? '').includes(' of ')) {
        requestAnimationFrame(look);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        for (const type of ['keydown', 'beforeinput']) document.removeEventListener(type, note, { capture: true });
        resolve({ ms: performance.now() - pressed, longestFrameMs });
      };
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  });
}

export function found(): Promise<{ ms: number; longestFrameMs: number }> {
  return (window as unknown as Watched).benchFound;
}

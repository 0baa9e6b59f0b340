import type { ActivationFigures } from './activation';
import type { HostFigures } from './host';
import type { PageFigures } from './page';

interface Figure {
  readonly value: number;
  readonly unit: string;
  /** The limit: the most, or for a share the least. Null: for comparison only. */
  readonly limit: number | null;
  readonly ok: boolean;
}

export type Report = Readonly<Record<string, Figure>>;

const atMost = (value: number, unit: string, limit: number): Figure => ({
  value: rounded(value),
  unit,
  limit,
  ok: value <= limit,
});

/** The table of the conversation's speed, in order. */
export function conversationReport(host: HostFigures, page: PageFigures): Report {
  return {
    'conversation.firstPaintRatio': atMost(page.firstPaintRatio, 'times', 1.5),
    'conversation.mountedElements': atMost(page.mountedElements, 'elements', 80),
    'conversation.screenfulRatio': atMost(page.screenfulRatio, 'times', 1.3),
    'conversation.appendRatio': atMost(page.appendRatio, 'times', 1.5),
    'conversation.longestFrameMs': atMost(page.longestFrameMs, 'ms', 50),
    'conversation.scrollMovedShare': {
      value: rounded(page.scrollMovedShare),
      unit: 'share',
      limit: 1,
      ok: page.scrollMovedShare >= 0.999 && page.emptyFrames === 0,
    },
    'conversation.scrollLongestFrameMs': atMost(page.scrollLongestFrameMs, 'ms', 60),
    'conversation.jumpMs': atMost(page.jumpMs, 'ms', 100),
    'conversation.heapRatio': atMost(page.heapRatio, 'times', 3),
    'conversation.unchangedMessages': atMost(host.unchangedMessages, 'messages', 0),
    'conversation.unchangedMutations': atMost(page.unchangedMutations, 'changes', 0),
    'conversation.unchangedRatio': atMost(host.unchangedRatio, 'times', 0.1),
    'conversation.hostRatio': atMost(host.hostRatio, 'times', 1.3),
    // Typing never blocks: the longest gap between frames while somebody types a word.
    'conversation.findMs': {
      value: rounded(page.findMs),
      unit: 'ms',
      limit: 100,
      ok: page.findMs <= 100 && page.findLongestFrameMs <= 50,
    },
    'conversation.scriptsKb': atMost(page.scriptsKb, 'KB', 220),
    'conversation.fullRenderFactor': { value: rounded(page.fullRenderFactor), unit: 'times', limit: null, ok: true },
  };
}

/** What the extension costs at every start of VS Code, used or not. */
export function activationReport({ extraMs, codeKb }: ActivationFigures): Report {
  return {
    'activation.extraMs': atMost(extraMs, 'ms', 10),
    'activation.codeKb': atMost(codeKb, 'KB', 100),
  };
}

const rounded = (value: number): number => Number(value.toPrecision(3));

import type { Part } from '../../../src/core/conversation/transcript/transcript';
import type { TimelineRow } from './rows';

const LINE = 20;
const CARD = 26;
const PARAGRAPH = 12;
const ROW = 34;
/** How full a line is on average: Markdown has blank lines, lists and code. */
const FILLED = 0.62;

/**
 * A cheap estimate of a row's height, in pixels.
 * @param width the width of the text, in pixels.
 */
export function estimateHeight({ message, parts, isLast }: TimelineRow, width: number): number {
  const perLine = Math.max(20, width / 7) * FILLED;
  return (
    (isLast ? ROW : 0) +
    parts.reduce((sum, index) => {
      const part = message.parts[index];
      return part ? sum + estimatePart(part, perLine) : sum;
    }, 0)
  );
}

function estimatePart(part: Part, perLine: number): number {
  switch (part.kind) {
    case 'text':
      return PARAGRAPH + LINE * Math.ceil(part.text.length / perLine);
    case 'step':
      return 0;
    case 'steering':
      return part.parts.reduce((sum, inner) => sum + estimatePart(inner, perLine), LINE * 2);
    case 'reasoning':
    case 'tool':
    case 'source':
    case 'file':
    case 'data':
    case 'unknown':
      return CARD;
  }
}

import { summarizeTool, type ToolSummary } from '../toolCalls/toolSummary';
import type { ToolPart } from '../transcript/transcript';

const known = new WeakMap<ToolPart, ToolSummary>();

/**
 * The one line that a tool's card says, as {@link summarizeTool} makes it, made once for each part: of thousands of
 * calls it takes longer than to search them.
 */
export function toolLine(part: ToolPart): ToolSummary {
  let line = known.get(part);
  if (!line) {
    line = summarizeTool(part);
    known.set(part, line);
  }
  return line;
}

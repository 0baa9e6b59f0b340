import { summarizeTool, type ToolSummary } from '../toolCalls/toolSummary';
import type { ToolPart } from '../transcript/transcript';

const known = new WeakMap<ToolPart, ToolSummary>();

/**
 * The one line on a tool's card, from {@link summarizeTool}. Computed once per part, because for thousands of calls
 * this takes longer than the search.
 */
export function toolLine(part: ToolPart): ToolSummary {
  let line = known.get(part);
  if (!line) {
    line = summarizeTool(part);
    known.set(part, line);
  }
  return line;
}

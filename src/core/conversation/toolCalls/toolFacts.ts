import type { ToolPart } from '../transcript/transcript';
import { written } from '../../words/texts';

/**
 * The small print of a tool's card: the tool's own name, its state unless it is done, and the answer to an approval.
 */
export function toolFacts({ name, state, approval }: ToolPart): readonly string[] {
  return [
    name,
    ...(state === 'output-available' ? [] : [state.replace(/-/g, ' ')]),
    ...(approval ? [approvalWords(approval.approved, approval.reason, approval.isAutomatic)] : []),
  ];
}

function approvalWords(
  approved: boolean | undefined,
  reason: string | undefined,
  isAutomatic: boolean | undefined,
): string {
  if (approved === undefined) return written('tool.waitsOnWeb');
  const outcome = approved ? 'approved' : 'denied';
  const words = written(isAutomatic === true ? `tool.${outcome}Automatically` : `tool.${outcome}`);
  return reason === undefined ? words : written('words.labeled', words, reason);
}

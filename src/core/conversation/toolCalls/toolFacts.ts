import type { ToolPart } from '../transcript/transcript';
import { written } from '../../words/texts';

/**
 * What a card says of its call beside what it did: the tool's own name, the state unless it is simply done, and what
 * became of an approval.
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

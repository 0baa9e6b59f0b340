import type { ToolPart } from '../transcript/transcript';

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
  if (approved === undefined) return 'waits for an approval, which is given on QuantConnect’s web page';
  const by = isAutomatic === true ? ' automatically' : '';
  return `${approved ? 'approved' : 'denied'}${by}${reason === undefined ? '' : `: ${reason}`}`;
}

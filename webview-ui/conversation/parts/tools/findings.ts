import { locationOf, readCompile, type Finding } from '../../../../src/core/conversation/toolCalls/compileResult';
import { readToolOutput } from '../../../../src/core/conversation/toolCalls/toolOutput';
import type { ToolPart } from '../../../../src/core/conversation/transcript/transcript';
import { plainLine } from '../../../../src/core/words/plain';
import { el } from '../../../shared/dom';
import { icon } from '../../../shared/icons';
import { counted, text } from '../../../shared/texts';

/** Longer lists open in an editor. */
const MAX_LISTED = 200;

/** A compile's errors, then its warnings, each with the line that it names. */
export function findingLists(part: ToolPart): readonly HTMLElement[] {
  const { errors, warnings } = readCompile(readToolOutput(part));
  return [...listOf(errors, 'error'), ...listOf(warnings, 'warning')];
}

function listOf(findings: readonly Finding[], kind: 'error' | 'warning'): readonly HTMLElement[] {
  if (findings.length === 0) return [];
  const rest = findings.length - MAX_LISTED;
  return [
    el(
      'ul',
      { class: 'findings', 'aria-label': counted(findings.length, kind) },
      ...findings.slice(0, MAX_LISTED).map((finding) => itemOf(finding, kind)),
    ),
    ...(rest > 0
      ? [el('p', { class: 'muted' }, text('moreBelow', counted(rest, kind === 'error' ? 'moreError' : 'moreWarning')))]
      : []),
  ];
}

function itemOf(finding: Finding, kind: 'error' | 'warning'): HTMLElement {
  const place = locationOf(finding);
  return el(
    'li',
    { class: `finding ${kind}` },
    icon(kind === 'error' ? 'cross' : 'warning'),
    el('span', { class: 'word' }, text(kind === 'error' ? 'finding.error' : 'finding.warning')),
    place !== undefined && el('code', { class: 'place' }, plainLine(place)),
    el('code', { class: 'said', dir: 'auto' }, finding.message),
  );
}

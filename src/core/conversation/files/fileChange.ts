/** What one tool call says about a file. `files.ts` puts the calls together as versions. */
import { agentPath, type PathProblem } from './filePath';
import { operationOf, type FileOperation } from './files';
import { field } from '../../base/json';
import { languageOf } from '../toolCalls/toolText';
import { filePathOf } from '../toolCalls/toolSummary';
import type { ToolPart } from '../transcript/transcript';

export type FileChange = {
  readonly operation: FileOperation;
  readonly path: string;
  readonly problem?: PathProblem;
  /** A language id of VS Code. */
  readonly language: string;
} &
  /** The whole text that was written. `isNew`: the call creates the file. */
  (
    | { readonly kind: 'whole'; readonly text: string; readonly isNew: boolean }
    | { readonly kind: 'passage'; readonly before: string; readonly after: string }
    /** The file was deleted, or the call does not say what it wrote. */
    | { readonly kind: 'none' }
  );

/** What a call changed. Undefined if its tool does not write files, or if the call does not name the file. */
export function fileChangeOf({ name, input }: Pick<ToolPart, 'name' | 'input'>): FileChange | undefined {
  const operation = operationOf(name);
  const raw = operation && filePathOf(input);
  if (operation === undefined || raw === undefined) return undefined;
  const { path, problem } = agentPath(raw);
  const about = { operation, path, language: languageOf(path), ...(problem && { problem }) };
  const [before, after, text] = [field(input, 'oldString'), field(input, 'newString'), field(input, 'content')];
  if (operation === 'edit' && typeof before === 'string')
    return { ...about, kind: 'passage', before, after: typeof after === 'string' ? after : '' };
  if (operation !== 'delete' && typeof text === 'string')
    return { ...about, kind: 'whole', text, isNew: operation === 'create' };
  return { ...about, kind: 'none' };
}

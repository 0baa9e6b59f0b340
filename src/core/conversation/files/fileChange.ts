/** What a file tool's call says about one file, taken by itself: the versions around it are in `files.ts`. */
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
  /** The whole text that was written; `isNew` where there was no file before, as far as the call says. */
  (
    | { readonly kind: 'whole'; readonly text: string; readonly isNew: boolean }
    | { readonly kind: 'passage'; readonly before: string; readonly after: string }
    /** A file deleted, or a call that does not tell what it wrote. */
    | { readonly kind: 'none' }
  );

/** Undefined where the call is not one of a tool that writes files, or does not tell which. */
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

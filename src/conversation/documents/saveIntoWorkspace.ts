import * as vscode from 'vscode';
import { foldedName } from '../../core/conversation/files/fileName';
import { agentPath, pathProblemWords } from '../../core/conversation/files/filePath';
import { say, type Text } from '../../core/words/words';
import { TEXTS } from './texts';

/** What is in the way when a text is saved. */
export interface Conflict {
  /** It has unsaved changes in an editor. */
  readonly isDirty: boolean;
  /** The user agreed to replace an earlier text, but the text has changed since. */
  readonly hasChanged: boolean;
}

export interface SaveRequest {
  readonly folder: vscode.Uri;
  /** Relative to the folder, with `/`. Refused if `agentPath` finds a problem in it. */
  readonly path: string;
  readonly text: string;
  /**
   * Asks whether to replace another text. It may take its time. A yes counts only for the text at the time of the
   * question.
   */
  readonly mayReplace: (target: vscode.Uri, conflict: Conflict) => Promise<boolean>;
}

export type SaveOutcome =
  | { readonly kind: 'saved' | 'same' | 'kept'; readonly uri: vscode.Uri }
  /** Nothing was written. `why` is a sentence for the user. */
  | { readonly kind: 'refused'; readonly why: Text };

/**
 * Writes a text into a folder. Never writes outside of it or through a symbolic link. Never replaces another text
 * without asking.
 */
export async function saveIntoFolder({ folder, path, text, mayReplace }: SaveRequest): Promise<SaveOutcome> {
  const target = vscode.Uri.joinPath(folder, ...path.split('/'));
  const { problem } = agentPath(path);
  if (problem) return { kind: 'refused', why: say(TEXTS.badPathOf, path, pathProblemWords(problem)) };
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  if (!target.path.startsWith(base)) return { kind: 'refused', why: say(TEXTS.outside, path) };
  const bytes = new TextEncoder().encode(text);
  let agreed: FoundContent | undefined;
  // The user may answer after hours. So each round checks everything again, and replaces only the text that the user
  // agreed to.
  for (;;) {
    const obstacle = await obstacleOnTheWay(folder, path);
    if (obstacle !== undefined) return { kind: 'refused', why: obstacle };
    const found = await contentAt(target);
    if (found.saved === undefined && found.unsaved === undefined) {
      const creation = new vscode.WorkspaceEdit();
      // Fails if the file was created in the meantime. Then the next round asks about it.
      creation.createFile(target, { contents: bytes, overwrite: false });
      if (await vscode.workspace.applyEdit(creation)) return { kind: 'saved', uri: target };
      if ((await contentOf(target)) === undefined) return { kind: 'refused', why: say(TEXTS.notWritable, path) };
      continue;
    }
    if (found.unsaved === undefined && isSame(found.saved, bytes)) return { kind: 'same', uri: target };
    if (agreed && isSame(found.saved, agreed.saved) && found.unsaved === agreed.unsaved) {
      await vscode.workspace.fs.writeFile(target, bytes);
      return { kind: 'saved', uri: target };
    }
    if (!(await mayReplace(target, { isDirty: found.unsaved !== undefined, hasChanged: agreed !== undefined })))
      return { kind: 'kept', uri: target };
    agreed = found;
  }
}

/** What a save would replace. */
interface FoundContent {
  readonly saved: Uint8Array | undefined;
  /** The text in an editor with unsaved changes. */
  readonly unsaved: string | undefined;
}

async function contentAt(uri: vscode.Uri): Promise<FoundContent> {
  const saved = await contentOf(uri);
  const editor = vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === uri.toString(),
  );
  return { saved, unsaved: editor?.getText() };
}

/** Why the path cannot be used in the folder. Undefined: it can. */
async function obstacleOnTheWay(folder: vscode.Uri, path: string): Promise<Text | undefined> {
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const parent = vscode.Uri.joinPath(folder, ...segments.slice(0, index));
    const inParent = obstacleIn(await namesIn(parent), segment);
    if (inParent !== undefined) return inParent;
    const type = await typeOf(vscode.Uri.joinPath(parent, segment));
    if (type === undefined) return undefined;
    const step = segments.slice(0, index + 1).join('/');
    if ((type & vscode.FileType.SymbolicLink) !== 0) return say(TEXTS.symbolicLink, step);
    const isFile = index === segments.length - 1;
    if (isFile && type !== vscode.FileType.File) return say(TEXTS.notAFile, step);
    if (!isFile && type !== vscode.FileType.Directory) return say(TEXTS.notAFolder, step);
  }
  return undefined;
}

/** Why the name cannot be used beside its siblings. Undefined: it can. */
function obstacleIn(siblings: readonly string[], name: string): Text | undefined {
  // A file beside a `HEAD` can turn the folder into a git repository, and git runs commands from such a folder.
  const head = siblings.find((sibling) => foldedName(sibling) === 'head');
  if (head !== undefined) {
    return say(TEXTS.besideRepository, name, head);
  }
  const twin = siblings.find((sibling) => sibling !== name && foldedName(sibling) === foldedName(name));
  return twin === undefined ? undefined : say(TEXTS.otherSpelling, name, twin);
}

async function namesIn(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function contentOf(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}

function isSame(left: Uint8Array | undefined, right: Uint8Array | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index]);
}

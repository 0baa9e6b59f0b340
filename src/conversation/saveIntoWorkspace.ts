import * as vscode from 'vscode';

/** What the user wants when a file is there already. */
export type ConflictChoice = 'overwrite' | 'difference' | undefined;

export interface SaveRequest {
  readonly folder: vscode.Uri;
  /** Below the folder, with `/`; judged safe by `agentPath`. */
  readonly path: string;
  readonly text: string;
  /** Asked when another text is there. `isDirty`: it has unsaved changes in an editor. */
  readonly onConflict: (target: vscode.Uri, isDirty: boolean) => Promise<ConflictChoice>;
}

export type SaveOutcome =
  | { readonly kind: 'saved' | 'same' | 'kept' | 'difference'; readonly uri: vscode.Uri }
  /** Nothing was written. `why` is a sentence for the user. */
  | { readonly kind: 'refused'; readonly why: string };

/** Writes a text into a folder. Never outside of it, never through a symbolic link, and never over another text without having asked. */
export async function saveIntoFolder({ folder, path, text, onConflict }: SaveRequest): Promise<SaveOutcome> {
  const target = vscode.Uri.joinPath(folder, ...path.split('/'));
  const base = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  if (!target.path.startsWith(base)) return { kind: 'refused', why: `“${path}” is not inside of the folder.` };
  const obstacle = await obstacleOnTheWay(folder, path);
  if (obstacle !== undefined) return { kind: 'refused', why: obstacle };
  const bytes = new TextEncoder().encode(text);
  for (;;) {
    const before = await contentOf(target);
    const isDirty = vscode.workspace.textDocuments.some((document) => document.isDirty && document.uri.toString() === target.toString());
    if (before === undefined && !isDirty) {
      const creation = new vscode.WorkspaceEdit();
      // Fails where somebody made the file in this moment: then it is asked for like any other.
      creation.createFile(target, { contents: bytes, overwrite: false });
      if (await vscode.workspace.applyEdit(creation)) return { kind: 'saved', uri: target };
      if (await contentOf(target) === undefined) return { kind: 'refused', why: `“${path}” cannot be written.` };
      continue;
    }
    if (before !== undefined && isSame(before, bytes) && !isDirty) return { kind: 'same', uri: target };
    const choice = await onConflict(target, isDirty);
    if (choice !== 'overwrite') return { kind: choice ?? 'kept', uri: target };
    // What was not seen is not overwritten: the question was about the text that was there.
    const now = await contentOf(target);
    if (now !== undefined && before !== undefined && !isSame(now, before)) continue;
    await vscode.workspace.fs.writeFile(target, bytes);
    return { kind: 'saved', uri: target };
  }
}

/** Why the path cannot be taken below the folder, or undefined. */
async function obstacleOnTheWay(folder: vscode.Uri, path: string): Promise<string | undefined> {
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth++) {
    const step = segments.slice(0, depth).join('/');
    const type = await typeOf(vscode.Uri.joinPath(folder, ...segments.slice(0, depth)));
    if (type === undefined) return undefined;
    if ((type & vscode.FileType.SymbolicLink) !== 0) return `“${step}” is a symbolic link and may lead out of the folder.`;
    const isFile = depth === segments.length;
    if (isFile && type !== vscode.FileType.File) return `“${step}” is there already and is no file.`;
    if (!isFile && type !== vscode.FileType.Directory) return `“${step}” is there already and is no folder.`;
  }
  return undefined;
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

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index]);
}

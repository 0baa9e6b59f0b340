import * as vscode from 'vscode';

/** `prompt` is VS Code's own language for `*.prompt.md`. */
export const PROMPT_LANGUAGES = ['markdown', 'prompt', 'plaintext'] as const;

/** Documents with these schemes are agents, tool texts and conversations, not prompts. */
const OWN_SCHEMES = /^quantagents(?:-|$)/;

/** Whether a document can be a prompt file: Markdown or plain text, in any file system. */
export function isPromptDocument({ uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>): boolean {
  if (OWN_SCHEMES.test(uri.scheme) || uri.scheme === 'output') return false;
  return PROMPT_LANGUAGES.some((language) => language === languageId) || /\.(?:md|markdown|txt)$/i.test(uri.path);
}

/** Whether a document can be changed. The old side of a diff, for example, cannot. */
export function isEditable({ uri, isUntitled }: Pick<vscode.TextDocument, 'uri' | 'isUntitled'>): boolean {
  return isUntitled || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}

export function fileNameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

/**
 * The open document with its unsaved text, or the file if it is not open. Throws VS Code's error for binary or missing
 * files.
 */
export async function openPrompt(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const key = uri.toString();
  return (
    vscode.workspace.textDocuments.find((document) => document.uri.toString() === key) ??
    vscode.workspace.openTextDocument(uri)
  );
}

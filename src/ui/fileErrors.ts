import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { given, type Words } from '../core/words/words';

/** The door to errors of file systems. VS Code shows their words in notifications and in place of the editor. */

/** A document cannot be read or saved right now. VS Code keeps the user's changes. */
export function unavailable(words: Words): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(render(words, 'notification'));
}

export function notPermitted(words: Words): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(render(words, 'notification'));
}

/** @param what the file, or why it does not exist. */
export function notFound(what: vscode.Uri | Words): vscode.FileSystemError {
  return vscode.FileSystemError.FileNotFound(
    render(what instanceof vscode.Uri ? given(what.toString(true)) : what, 'notification'),
  );
}

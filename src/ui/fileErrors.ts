import * as vscode from 'vscode';
import { render } from '../core/words/render';
import { given, type Words } from '../core/words/words';

/** The door for failures of files: VS Code shows their words in notifications and in place of the editor. */

/** Why a document can be neither read nor saved right now. VS Code keeps what the user wrote. */
export function unavailable(words: Words): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(render(words, 'notification'));
}

export function notPermitted(words: Words): vscode.FileSystemError {
  return vscode.FileSystemError.NoPermissions(render(words, 'notification'));
}

/** @param what the address, or why there is nothing. */
export function notFound(what: vscode.Uri | Words): vscode.FileSystemError {
  return vscode.FileSystemError.FileNotFound(
    render(what instanceof vscode.Uri ? given(what.toString(true)) : what, 'notification'),
  );
}

/** The file was not written since it is there already. */
export function existsAlready(words: Words): vscode.FileSystemError {
  return vscode.FileSystemError.FileExists(render(words, 'notification'));
}

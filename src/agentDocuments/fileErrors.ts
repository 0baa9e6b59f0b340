import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import { isApiError } from '../core/api/errors';
import { unavailable } from '../ui/fileErrors';

/** Turns any error into one that VS Code can show at the document. VS Code itself adds what could not be done. */
export function fileError(error: unknown): vscode.FileSystemError {
  return error instanceof vscode.FileSystemError ? error : unavailable(describeError(error).message);
}

export function isRefused(error: unknown): boolean {
  return isApiError(error) && error.kind === 'rejected';
}

import * as vscode from 'vscode';
import type { TextRange } from '../core/markdownFile/positions';

/** The same range, as VS Code's own class. */
export function rangeIn({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

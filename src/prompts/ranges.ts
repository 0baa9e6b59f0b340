import * as vscode from 'vscode';
import type { TextRange } from '../core/prompts/text';

export function rangeIn({ start, end }: TextRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

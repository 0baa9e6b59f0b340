import * as vscode from 'vscode';
import type { RunState } from '../../core/organization/status/runState';

/** The icon of a run in the tree. */
export function runIcon({ icon, color }: RunState): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
}

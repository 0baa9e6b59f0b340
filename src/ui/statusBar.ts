import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Words } from '../core/words/words';

/**
 * The door to the status bar, which draws `$(name)` as an icon. Shows a message for a while.
 * @param icon ID of a codicon.
 */
export function flash(words: Words, ms: number, icon?: string): void {
  vscode.window.setStatusBarMessage(`${icon === undefined ? '' : `$(${icon}) `}${render(words, 'statusBar')}`, ms);
}

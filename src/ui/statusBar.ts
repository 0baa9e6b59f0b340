import * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Words } from '../core/words/words';

/**
 * The door to the status bar, which draws `$(name)` as an icon. Shows a message for some seconds.
 * @param icon a codicon's id.
 */
export function flash(words: Words, ms: number, icon?: string): void {
  vscode.window.setStatusBarMessage(`${icon === undefined ? '' : `$(${icon}) `}${render(words, 'statusBar')}`, ms);
}

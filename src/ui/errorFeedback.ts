import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import { isCancelled } from '../core/api/errors';
import { qualified } from '../commands/commandIds';
import type { Feedback } from './feedback';
import type { Log } from './log';

const LABELS = { signIn: 'Sign In', showLog: 'Show Log' } as const;

/** Errors as notifications, in the words of `describeError`, with the action that helps. */
export class ErrorFeedback implements Feedback {
  constructor(private readonly log: Log) {}

  async failed(error: unknown, doing: string): Promise<void> {
    if (isCancelled(error) || error instanceof vscode.CancellationError) return;
    const { message, action } = describeError(error, doing);
    this.log.error(message);
    const id = action === 'signIn' ? 'signIn' : 'showLog';
    // Not awaited by the caller's flow longer than the user needs: the notification stays until it is answered.
    if (await vscode.window.showErrorMessage(message, LABELS[id]) === LABELS[id]) await vscode.commands.executeCommand(qualified(id));
  }
}

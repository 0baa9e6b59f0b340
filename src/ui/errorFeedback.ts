import * as vscode from 'vscode';
import { qualified } from '../core/commandIds';
import { describeError } from '../core/api/describeError';
import { isCancelled } from '../core/api/errors';
import type { Text } from '../core/words/words';
import type { Feedback } from './feedback';
import type { Log } from './log';
import { complain } from './messages';
import { TEXTS } from './texts';

/** Shows errors as notifications, in the words of `describeError`, with the action that helps. */
export class ErrorFeedback implements Feedback {
  constructor(private readonly log: Log) {}

  async failed(error: unknown, doing: Text): Promise<void> {
    if (isCancelled(error) || error instanceof vscode.CancellationError) return;
    const { message, action } = describeError(error, doing);
    this.log.error(message);
    const answer =
      action === 'signIn'
        ? await complain(message, { signIn: TEXTS.signIn })
        : action === 'openSettings'
          ? await complain(message, { openSettings: TEXTS.openSettings })
          : await complain(message, { showLog: TEXTS.showLog });
    if (answer) await vscode.commands.executeCommand(qualified(answer));
  }
}

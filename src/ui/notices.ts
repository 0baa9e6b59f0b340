import * as vscode from 'vscode';
import { qualified } from '../commands/commandIds';
import { plainLine } from '../core/conversation/format';
import { roughDuration } from '../core/organization/describe';

/** Things the user should be told once, without having asked. */
export class Notices {
  private hasToldClock = false;

  /** @param offsetMs how far the server's clock is ahead of this machine's. */
  clockIsWrong(offsetMs: number): void {
    if (this.hasToldClock) return;
    this.hasToldClock = true;
    const direction = offsetMs > 0 ? 'behind' : 'ahead of';
    void vscode.window.showWarningMessage(
      `This machine's clock is about ${roughDuration(Math.abs(offsetMs))} ${direction} QuantConnect's. Requests are signed with the server's time meanwhile; please set the clock right.`,
    );
  }

  /** A conversation was closed while prompts were queued in it. */
  queueWaits({ taskName, count, reopen }: { readonly taskName: string; readonly count: number; readonly reopen: () => void }): void {
    const open = 'Open Conversation';
    const what = count === 1 ? 'A queued prompt' : `${String(count)} queued prompts`;
    void vscode.window.showInformationMessage(`${what} of “${plainLine(taskName)}” will not be sent while its conversation is closed.`, open)
      .then((answer) => { if (answer === open) reopen(); });
  }

  /** SecretStorage was in memory only: what was signed in before is gone. */
  secretsDidNotLast(): void {
    const signIn = 'Sign In';
    void vscode.window.showWarningMessage(
      'Your QuantConnect sign-in was not kept: this VS Code holds secrets in memory only (no keyring was found). You will have to sign in each time it starts.', signIn,
    ).then((answer) => answer === signIn && vscode.commands.executeCommand(qualified('signIn')));
  }

  /** Resolves when the user has signed in, or does not want to. */
  async offerSignIn(): Promise<void> {
    const answers = { 'Sign In': 'signIn', 'Try the Sandbox': 'trySandbox' } as const;
    const answer = await vscode.window.showInformationMessage(
      'Sign in to QuantConnect first, or try everything in the sandbox, which needs no account.', ...Object.keys(answers) as (keyof typeof answers)[],
    );
    if (answer) await vscode.commands.executeCommand(qualified(answers[answer]));
  }
}

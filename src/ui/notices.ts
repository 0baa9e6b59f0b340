import * as vscode from 'vscode';
import { qualified } from '../core/commandIds';
import { roughDuration } from '../core/words/format';
import { joined, say, type Words } from '../core/words/words';
import { inform, warn } from './messages';

/** Notifications that the user did not ask for. */
export class Notices {
  private hasWarnedOfClock = false;

  /** @param offsetMs how far the server's clock is ahead of this computer's. Negative: behind. */
  clockIsWrong(offsetMs: number): void {
    if (this.hasWarnedOfClock) return;
    this.hasWarnedOfClock = true;
    const offset = roughDuration(Math.abs(offsetMs));
    void warn(
      offsetMs > 0
        ? say(
            'The clock of this computer is about {0} behind the clock of QuantConnect. Set it right. Until then, requests use the time of QuantConnect.',
            offset,
          )
        : say(
            'The clock of this computer is about {0} ahead of the clock of QuantConnect. Set it right. Until then, requests use the time of QuantConnect.',
            offset,
          ),
    );
  }

  /** The user closed a conversation that has queued prompts. */
  queueWaits({
    taskName,
    count,
    reopen,
  }: {
    readonly taskName: string;
    readonly count: number;
    readonly reopen: () => void;
  }): void {
    const words =
      count === 1
        ? say('A queued prompt of “{0}” will not be sent while its conversation is closed.', taskName)
        : say('{1} queued prompts of “{0}” will not be sent while its conversation is closed.', taskName, count);
    void inform(words, 'Open Conversation').then((answer) => {
      if (answer) reopen();
    });
  }

  /** A draft or a prompt could not be saved. @param problem why, as a sentence. */
  wordsAreNotKept(problem: string): void {
    void warn(say('What you write in a conversation is not saved. {0}', problem));
  }

  /** VS Code has kept our secrets in memory only, so the accounts are lost. */
  secretsDidNotLast(): void {
    void warn(
      say(
        'VS Code has lost your QuantConnect sign-in. It found no keyring, so it keeps secrets in memory only. You must sign in each time it starts.',
      ),
      'Sign In',
    ).then((answer) => answer && vscode.commands.executeCommand(qualified('signIn')));
  }

  /**
   * Resolves when the user has signed in or closed the notification.
   * @param problem why nobody can sign in to QuantConnect.
   */
  async offerSignIn(problem?: Words): Promise<void> {
    if (problem) {
      const answer = await warn(
        joined([problem, say('Correct it to sign in, or try the sandbox.')]),
        'Open Settings',
        'Try the Sandbox',
      );
      if (answer)
        await vscode.commands.executeCommand(qualified(answer === 'Open Settings' ? 'openSettings' : 'trySandbox'));
      return;
    }
    const answer = await inform(
      say('Sign in to QuantConnect first, or try the sandbox, which needs no account.'),
      'Sign In',
      'Try the Sandbox',
    );
    if (answer) await vscode.commands.executeCommand(qualified(answer === 'Sign In' ? 'signIn' : 'trySandbox'));
  }
}

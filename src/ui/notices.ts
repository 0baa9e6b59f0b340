import * as vscode from 'vscode';
import { qualified } from '../core/commandIds';
import { roughDuration } from '../core/organization/describe';
import { joined, say, type Words } from '../core/words/words';
import { inform, warn } from './messages';

/** Things the user should be told once, without having asked. */
export class Notices {
  private hasToldClock = false;

  /** @param offsetMs how far the server's clock is ahead of this machine's. */
  clockIsWrong(offsetMs: number): void {
    if (this.hasToldClock) return;
    this.hasToldClock = true;
    const offset = roughDuration(Math.abs(offsetMs));
    void warn(
      offsetMs > 0
        ? say(
            "The clock of this computer is about {0} behind that of QuantConnect. Requests are signed with the server's time meanwhile. Set the clock right.",
            offset,
          )
        : say(
            "The clock of this computer is about {0} ahead of that of QuantConnect. Requests are signed with the server's time meanwhile. Set the clock right.",
            offset,
          ),
    );
  }

  /** A conversation was closed while prompts were queued in it. */
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

  /** SecretStorage was in memory only: what was signed in before is gone. */
  secretsDidNotLast(): void {
    void warn(
      say(
        'Your QuantConnect sign-in was not kept: this VS Code holds secrets in memory only (no keyring was found). You will have to sign in each time it starts.',
      ),
      'Sign In',
    ).then((answer) => answer && vscode.commands.executeCommand(qualified('signIn')));
  }

  /**
   * Resolves when the user has signed in, or does not want to.
   * @param hindrance why nobody can sign in to QuantConnect.
   */
  async offerSignIn(hindrance?: Words): Promise<void> {
    if (hindrance) {
      const answer = await warn(
        joined([hindrance, say('Correct it to sign in, or try everything in the sandbox.')]),
        'Open Settings',
        'Try the Sandbox',
      );
      if (answer)
        await vscode.commands.executeCommand(qualified(answer === 'Open Settings' ? 'openSettings' : 'trySandbox'));
      return;
    }
    const answer = await inform(
      say('Sign in to QuantConnect first, or try everything in the sandbox, which needs no account.'),
      'Sign In',
      'Try the Sandbox',
    );
    if (answer) await vscode.commands.executeCommand(qualified(answer === 'Sign In' ? 'signIn' : 'trySandbox'));
  }
}

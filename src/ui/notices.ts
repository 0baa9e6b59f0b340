import * as vscode from 'vscode';
import { qualified } from '../core/commandIds';
import { roughDuration } from '../core/words/format';
import { joined, say, type Words } from '../core/words/words';
import { inform, warn } from './messages';
import { TEXTS } from './texts';

/** Notifications that the user did not ask for. */
export class Notices {
  private hasWarnedOfClock = false;

  /** @param offsetMs how far the server's clock is ahead of this computer's. Negative: behind. */
  clockIsWrong(offsetMs: number): void {
    if (this.hasWarnedOfClock) return;
    this.hasWarnedOfClock = true;
    const offset = roughDuration(Math.abs(offsetMs));
    void warn(offsetMs > 0 ? say(TEXTS.clockBehind, offset) : say(TEXTS.clockAhead, offset));
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
    const words = count === 1 ? say(TEXTS.queueWaitsOne, taskName) : say(TEXTS.queueWaitsSeveral, taskName, count);
    void inform(words, { open: TEXTS.openConversation }).then((answer) => {
      if (answer) reopen();
    });
  }

  /** A draft or a prompt could not be saved. @param problem why, as a sentence. */
  inputIsNotSaved(problem: string): void {
    void warn(say(TEXTS.notSaved, problem));
  }

  /** VS Code has kept our secrets in memory only, so the accounts are lost. */
  secretsDidNotLast(): void {
    void warn(say(TEXTS.signInNotKept), { signIn: TEXTS.signIn }).then(
      (answer) => answer && vscode.commands.executeCommand(qualified('signIn')),
    );
  }

  /**
   * Resolves when the user has signed in or closed the notification.
   * @param problem why nobody can sign in to QuantConnect.
   */
  async offerSignIn(problem?: Words): Promise<void> {
    if (problem) {
      const answer = await warn(joined([problem, say(TEXTS.correctSetting)]), {
        openSettings: TEXTS.openSettings,
        trySandbox: TEXTS.trySandbox,
      });
      if (answer) await vscode.commands.executeCommand(qualified(answer));
      return;
    }
    const answer = await inform(say(TEXTS.signInFirst), { signIn: TEXTS.signIn, trySandbox: TEXTS.trySandbox });
    if (answer) await vscode.commands.executeCommand(qualified(answer));
  }
}

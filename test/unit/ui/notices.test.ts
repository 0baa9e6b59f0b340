import { beforeEach, describe, expect, it, vi } from 'vitest';
import { say } from '../../../src/core/words/words';
import { Notices } from '../../../src/ui/notices';
import { commands, window } from '../../support/vscodeStub';

vi.mock('vscode', () => import('../../support/vscodeStub'));

/** What was shown: the text, then the buttons. */
let shown: (readonly unknown[])[];
let ran: unknown[];

beforeEach(() => {
  shown = [];
  ran = [];
  window.answer = undefined;
  const show = (...message: readonly unknown[]): Promise<string | undefined> => {
    shown.push(message);
    return Promise.resolve(window.answer);
  };
  vi.spyOn(window, 'showWarningMessage').mockImplementation(show);
  vi.spyOn(window, 'showInformationMessage').mockImplementation(show);
  vi.spyOn(commands, 'executeCommand').mockImplementation((...command) => {
    ran.push(...command);
    return Promise.resolve();
  });
});

describe('Notices: a wrong clock', () => {
  it('is reported once, with the direction', () => {
    const notices = new Notices();
    notices.clockIsWrong(600_000);
    notices.clockIsWrong(600_000);
    new Notices().clockIsWrong(-600_000);
    expect(shown.map(([text]) => text)).toEqual([
      expect.stringMatching(/10 minutes behind the clock of QuantConnect/),
      expect.stringMatching(/10 minutes ahead of the clock of QuantConnect/),
    ]);
  });
});

describe('Notices: queued prompts of a closed conversation', () => {
  it.each([
    [1, 'A queued prompt for “Momentum”'],
    [3, '3 queued prompts for “Momentum”'],
  ])('%i: says so, and opens it again only if the user wants it', async (count, text) => {
    const reopen = vi.fn();
    new Notices().queueWaits({ taskName: 'Momentum', count, reopen });
    await Promise.resolve();
    expect(reopen).not.toHaveBeenCalled();
    window.answer = 'Open Conversation';
    new Notices().queueWaits({ taskName: 'Momentum', count, reopen });
    await expect.poll(() => reopen.mock.calls.length, { timeout: 60_000 }).toBe(1);
    expect(shown[0]).toEqual([expect.stringContaining(text), 'Open Conversation']);
  });
});

describe('Notices: signing in', () => {
  it.each([
    ['Sign In', 'quantAgents.signIn'],
    ['Try the Sandbox', 'quantAgents.trySandbox'],
  ])('%s runs its command', async (button, command) => {
    window.answer = button;
    await new Notices().offerSignIn();
    expect(shown[0]).toEqual([expect.stringContaining('Sign in to QuantConnect'), 'Sign In', 'Try the Sandbox']);
    expect(ran).toEqual([command]);
  });

  it('does nothing if the user closes the notification', async () => {
    await new Notices().offerSignIn();
    expect(ran).toEqual([]);
  });

  it.each([
    ['Open Settings', 'quantAgents.openSettings'],
    ['Try the Sandbox', 'quantAgents.trySandbox'],
  ])('names the problem that prevents it, and offers %s instead', async (button, command) => {
    window.answer = button;
    await new Notices().offerSignIn(say('The setting is empty.'));
    expect(shown[0]).toEqual([expect.stringMatching(/^The setting is empty\. /), 'Open Settings', 'Try the Sandbox']);
    expect(ran).toEqual([command]);
  });

  it('is offered when VS Code has lost the secrets', async () => {
    window.answer = 'Sign In';
    new Notices().secretsDidNotLast();
    await expect.poll(() => ran, { timeout: 60_000 }).toEqual(['quantAgents.signIn']);
    expect(shown[0]?.[0]).toContain('keyring');
  });
});

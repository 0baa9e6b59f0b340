import * as vscode from 'vscode';
import { PROVIDER_ID } from './account/authenticationProvider';
import { registerCommands } from './commands/registerCommands';
import { createContainer } from './container';
import { describeError } from './core/api/describeError';
import { useTexts } from './core/words/texts';
import { english, say } from './core/words/words';
import { coreTexts } from './texts/coreTexts';
import { registerAccounts } from './ui/accounts';
import { TEXTS } from './account/texts';

/** Makes the services and connects them to VS Code. Reads nothing and loads no feature: the first use does. */
export function activate(context: vscode.ExtensionContext): void {
  useTexts(coreTexts());
  const container = createContainer(context);
  const { accounts, provider, sessions, notices } = container;
  const setContext = (key: string, value: unknown): void =>
    void vscode.commands.executeCommand('setContext', `quantAgents.${key}`, value);

  context.subscriptions.push(
    container,
    registerCommands(container),
    registerAccounts(PROVIDER_ID, 'QuantConnect Agents', provider),
    sessions.onDidChange((session) => {
      setContext(
        'state',
        session === undefined
          ? sessions.signInProblem
            ? 'signInProblem'
            : 'signedOut'
          : session.account.kind === 'sandbox'
            ? 'sandbox'
            : 'signedIn',
      );
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('quantAgents.apiBaseUrl'))
        sessions.baseUrlChanged().catch((error: unknown) => container.feedback.failed(error, say(TEXTS.toUseBaseUrl)));
    }),
  );

  // After activation, so that it does not wait for these reads.
  setImmediate(() => {
    void import('./account/leanCredentials')
      .then(({ readLeanCredentials }) => readLeanCredentials())
      .then((credentials) => setContext('leanCredentials', credentials !== undefined));
    accounts.lostSecrets().then(
      (isLost) => {
        if (isLost) notices.secretsDidNotLast();
      },
      (error: unknown) => {
        container.log.error(english('Could not read the secret storage: {0}', describeError(error).message));
      },
    );
  });
}

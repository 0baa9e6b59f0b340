import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import { render } from '../core/words/render';

/**
 * The door to the Accounts menu and to VS Code's lists of accounts. It renders the labels of accounts and the words of
 * errors, so that VS Code reads them as plain text.
 */
export function registerAccounts(
  id: string,
  label: string,
  provider: vscode.AuthenticationProvider,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const listening = provider.onDidChangeSessions(({ added, removed, changed: others }) => {
    changed.fire({ added: added?.map(rendered), removed: removed?.map(rendered), changed: others?.map(rendered) });
  });
  const registration = vscode.authentication.registerAuthenticationProvider(
    id,
    label,
    {
      onDidChangeSessions: changed.event,
      getSessions: (scopes, options) =>
        withWords(async () => (await provider.getSessions(scopes, options)).map(rendered)),
      createSession: (scopes, options) =>
        withWords(async () => rendered(await provider.createSession(scopes, options))),
      removeSession: (sessionId) =>
        withWords(async () => {
          await provider.removeSession(sessionId);
        }),
    },
    { supportsMultipleAccounts: true },
  );
  return vscode.Disposable.from(registration, listening, changed);
}

function rendered(session: vscode.AuthenticationSession): vscode.AuthenticationSession {
  return { ...session, account: { ...session.account, label: render(session.account.label, 'account') } };
}

/** VS Code shows the message of an error in a notification. */
async function withWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(render(describeError(error).message, 'notification'));
  }
}

import * as vscode from 'vscode';
import { describeError } from '../core/api/describeError';
import { render } from '../core/words/render';

/**
 * The door to the Accounts menu, and to the pickers that list accounts: what the provider says is made harmless on its
 * way.
 */
export function registerAccounts(
  id: string,
  label: string,
  provider: vscode.AuthenticationProvider,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const listening = provider.onDidChangeSessions(({ added, removed, changed: others }) => {
    changed.fire({ added: added?.map(harmless), removed: removed?.map(harmless), changed: others?.map(harmless) });
  });
  const registration = vscode.authentication.registerAuthenticationProvider(
    id,
    label,
    {
      onDidChangeSessions: changed.event,
      getSessions: (scopes, options) => said(async () => (await provider.getSessions(scopes, options)).map(harmless)),
      createSession: (scopes, options) => said(async () => harmless(await provider.createSession(scopes, options))),
      removeSession: (sessionId) =>
        said(async () => {
          await provider.removeSession(sessionId);
        }),
    },
    { supportsMultipleAccounts: true },
  );
  return vscode.Disposable.from(registration, listening, changed);
}

function harmless(session: vscode.AuthenticationSession): vscode.AuthenticationSession {
  return { ...session, account: { ...session.account, label: render(session.account.label, 'account') } };
}

/** VS Code shows by itself why a sign-in failed, in a notification. */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof vscode.CancellationError) throw error;
    throw new Error(render(describeError(error).message, 'notification'));
  }
}

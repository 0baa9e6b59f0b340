import type * as vscode from 'vscode';
import { render } from '../core/words/render';
import type { Text } from '../core/words/words';

/** The door to the Accounts menu, and to the pickers that list accounts. */
export function accountSession(account: { readonly id: string; readonly label: Text; readonly accessToken: string }): vscode.AuthenticationSession {
  const { id, label, accessToken } = account;
  return { id, account: { id, label: render(label, 'account') }, scopes: [], accessToken };
}

import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  otherOrigin: vscode.l10n.t('This account belongs to {0}. Its token is not sent to {1}.'),
  baseUrlEmpty: vscode.l10n.t('The setting quantAgents.apiBaseUrl is empty.'),
  baseUrlInvalid: vscode.l10n.t('The setting quantAgents.apiBaseUrl is not a URL.'),
  baseUrlCredentials: vscode.l10n.t('The setting quantAgents.apiBaseUrl must not contain a user name or password.'),
  baseUrlPlain: vscode.l10n.t(
    'The setting quantAgents.apiBaseUrl must start with https://, so that nobody can read your token on its way. Only addresses of this computer can use http://.',
  ),
  toSwitchAccount: vscode.l10n.t('switch the account'),
  toRestoreSignIn: vscode.l10n.t('restore the last sign-in'),
  openAccountPage: vscode.l10n.t('Open your account page, which shows your user ID and API token'),
  userIdTitle: vscode.l10n.t('Sign In to {0} (1/2): User ID'),
  userIdPrompt: vscode.l10n.t('Find this number on your QuantConnect account page, under Security.'),
  userIdExample: vscode.l10n.t('e.g. 123456'),
  userIdNumber: vscode.l10n.t('A user ID is a number.'),
  tokenTitle: vscode.l10n.t('Sign In to {0} (2/2): API Token'),
  tokenPrompt: vscode.l10n.t('VS Code saves it in its secret storage. It is sent only to {0}.'),
  tokenExample: vscode.l10n.t('API token'),
  tokenNeeded: vscode.l10n.t('Paste the API token from your account page.'),
  toSignIn: vscode.l10n.t('sign in'),
  noLeanCredentials: vscode.l10n.t(
    'The file ~/.lean/credentials has no Lean CLI credentials. Run `lean login` first, or sign in with your user ID and API token.',
  ),
  leanDetail: vscode.l10n.t(
    'The token of the Lean CLI is copied to the secret storage of VS Code. The file ~/.lean/credentials does not change.',
  ),
  leanQuestion: vscode.l10n.t('Sign in to {0} as user {1}?'),
  noOrganization: vscode.l10n.t('This account belongs to no organization.'),
  chooseOrganization: vscode.l10n.t('Choose an Organization'),
  chooseOrganizationHint: vscode.l10n.t('The organization whose agents, tasks and deployments you want to see'),
  preferred: vscode.l10n.t('preferred'),
  signIn: vscode.l10n.t('Sign In'),
  openSettings: vscode.l10n.t('Open Settings'),
  toUseBaseUrl: vscode.l10n.t('use the new base URL'),
  sandboxAccount: vscode.l10n.t('Sandbox (simulated cloud)'),
  userAccount: vscode.l10n.t('User {0}'),
});

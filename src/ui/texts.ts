import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  nameNeeded: vscode.l10n.t('Enter a name.'),
  clockBehind: vscode.l10n.t(
    'The clock of this computer is about {0} behind the clock of QuantConnect. Correct it. Until then, requests use the time of QuantConnect.',
  ),
  clockAhead: vscode.l10n.t(
    'The clock of this computer is about {0} ahead of the clock of QuantConnect. Correct it. Until then, requests use the time of QuantConnect.',
  ),
  queueWaitsOne: vscode.l10n.t('A queued prompt for “{0}” is not sent while its conversation is closed.'),
  queueWaitsSeveral: vscode.l10n.t('{1} queued prompts for “{0}” are not sent while its conversation is closed.'),
  notSaved: vscode.l10n.t('What you write in a conversation is not saved. {0}'),
  signInNotKept: vscode.l10n.t(
    'VS Code has lost your QuantConnect sign-in. It found no keyring, so it stores secrets only in memory. You must sign in each time it starts.',
  ),
  correctSetting: vscode.l10n.t('Correct it to sign in, or try the sandbox.'),
  signInFirst: vscode.l10n.t('Sign in to QuantConnect first, or try the sandbox, which needs no account.'),
  onlyWebLinks: vscode.l10n.t('Only web and mail links can be opened: {0}'),
  notAFile: vscode.l10n.t('{0} is not a file.'),
  agent: vscode.l10n.t('Agent'),
  task: vscode.l10n.t('Task'),
  deployment: vscode.l10n.t('Deployment'),
  chooseKind: vscode.l10n.t('Choose agent, task or deployment'),
  chooseAgent: vscode.l10n.t('Choose an agent'),
  whereAgentWorks: vscode.l10n.t('Choose where the agent works'),
  chooseTask: vscode.l10n.t('Choose a task'),
  agentId: vscode.l10n.t('Agent {0}'),
  chooseDeployment: vscode.l10n.t('Choose a deployment, newest first'),
  nothingToChoose: vscode.l10n.t('There is nothing to choose'),
  active: vscode.l10n.t('{0} active'),
  signIn: vscode.l10n.t('Sign In'),
  openSettings: vscode.l10n.t('Open Settings'),
  showLog: vscode.l10n.t('Show Log'),
  trySandbox: vscode.l10n.t('Try the Sandbox'),
  openConversation: vscode.l10n.t('Open Conversation'),
});

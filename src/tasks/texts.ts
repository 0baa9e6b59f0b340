import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  preparingTask: vscode.l10n.t('Preparing the task “{0}”'),
  creatingTask: vscode.l10n.t('Creating the task “{0}”'),
  lookingForTask: vscode.l10n.t('Checking whether the task “{0}” was created'),
  taskUncertain: vscode.l10n.t('It is not known whether the task “{0}” was created.'),
  taskNotThere: vscode.l10n.t(
    'The organization does not list it yet. If the server is only slow and you send it again, it can be created twice.',
  ),
  preparing: vscode.l10n.t('Preparing “{0}”'),
  deploying: vscode.l10n.t('Deploying “{0}”'),
  lookingForDeployment: vscode.l10n.t('Checking whether “{0}” was deployed'),
  deploymentUncertain: vscode.l10n.t('It is not known whether “{0}” was deployed.'),
  deploymentNotThere: vscode.l10n.t(
    'The task has no new deployment yet. If the server is only slow and you send it again, it can run twice and cost twice.',
  ),
  quantConnectSaid: vscode.l10n.t('QuantConnect said: {0}'),
  noAnswer: vscode.l10n.t('QuantConnect gave no answer.'),
  lookingFailed: vscode.l10n.t('Checking for it failed, too.'),
  sendAgain: vscode.l10n.t('Send Again'),
  checkAgain: vscode.l10n.t('Check Again'),
});

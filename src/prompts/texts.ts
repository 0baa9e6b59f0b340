import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  switchedMeanwhile: vscode.l10n.t('“{0}” was not deployed: you switched the account or organization in the meantime.'),
  toDeploy: vscode.l10n.t('deploy “{0}”'),
  otherOrganization: vscode.l10n.t(
    '“{0}” was not deployed: it is meant for the organization “{1}”, and you are in “{2}”.',
  ),
  preparing: vscode.l10n.t('Preparing “{0}”'),
  projectFor: vscode.l10n.t('Project for “{0}”'),
  agentFor: vscode.l10n.t('Agent for “{0}”'),
  twoSentences: vscode.l10n.t('{0}. {1}'),
  severalAgents: vscode.l10n.t('Several agents are named “{0}”. {1}'),
  toOpenConversation: vscode.l10n.t('open the conversation'),
  toWriteSettings: vscode.l10n.t('write the settings into the file'),
  problemInLine: vscode.l10n.t('“{0}” was not deployed. Line {1}: {2}'),
  andMore: vscode.l10n.t('{0} (and {1} more)'),
  toCheck: vscode.l10n.t('check the prompt file'),
  toFollowRename: vscode.l10n.t('follow the renamed prompt file'),
  notAPromptFile: vscode.l10n.t('Prompts are Markdown or text files. “{0}” is not one.'),
  toReadFile: vscode.l10n.t('read “{0}”'),
  settingsOffer: vscode.l10n.t('“{0}” is now sent to {1}. Write this into its front matter?'),
  settingsNotWritten: vscode.l10n.t(
    'The settings could not be written into the front matter of “{0}”. Nothing was changed.',
  ),
  writeToFile: vscode.l10n.t('Write to File'),
  notNow: vscode.l10n.t('Not Now'),
  switchOrganization: vscode.l10n.t('Switch Organization'),
  show: vscode.l10n.t('Show'),
  howDeployed: vscode.l10n.t('How this prompt is deployed'),
  agentMeaning: vscode.l10n.t('The agent that gets the prompt: its name or id'),
  taskMeaning: vscode.l10n.t('Name of the task that the prompt becomes'),
  projectMeaning: vscode.l10n.t('Where the agent works'),
  organizationMeaning: vscode.l10n.t('The organization the file is meant for: it is not deployed in another one'),
  agentId: vscode.l10n.t('Agent {0}'),
});

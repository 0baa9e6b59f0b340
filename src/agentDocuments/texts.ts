import * as vscode from 'vscode';
import { textTable } from '../core/words/texts';

export const TEXTS = textTable({
  toCompare: vscode.l10n.t('compare the two versions of the agent'),
  toOpenNew: vscode.l10n.t('open a new agent'),
  toRestore: vscode.l10n.t('restore the document that “Save As” wrote into'),
  toOpenSaved: vscode.l10n.t('open the saved agent'),
  agentDeleted: vscode.l10n.t(
    'The agent was deleted on QuantConnect. Your text can become a new agent, with a new ID and without the tasks of the old one.',
  ),
  onlyAgents: vscode.l10n.t('Only agents can be saved here.'),
  noFolders: vscode.l10n.t('There are no folders among agents. Use the command “Duplicate Agent” for a copy.'),
  deleteByCommand: vscode.l10n.t('To delete an agent, use the command “Delete Agent”.'),
  renameByCommand: vscode.l10n.t(
    'To rename an agent, change the line “name: …” in its document or use the command “Rename Agent”.',
  ),
  saveUncertain: vscode.l10n.t(
    'QuantConnect did not answer, so the changes may be saved or not. Save again: only missing changes are sent.',
  ),
  changedMeanwhile: vscode.l10n.t(
    '“{0}” was changed on QuantConnect in the meantime. Nothing was saved, and your text is kept.',
  ),
  keyMissing: vscode.l10n.t(
    'The agent was not created: with “useQCC: false” it needs a provider key. Save again to enter one, or write “useQCC: true”.',
  ),
  createUncertainNotFound: vscode.l10n.t(
    'QuantConnect gave no answer, and the organization has no agent “{0}”. Save again to look once more, and to create it if it is not there.',
  ),
  createUncertain: vscode.l10n.t(
    'QuantConnect gave no answer, so “{0}” may or may not have been created. Save again: it is created only if it is not there.',
  ),
  deletedKept: vscode.l10n.t('This agent was deleted on QuantConnect, so it cannot be saved. Your text is kept.'),
  problemInLine: vscode.l10n.t('Nothing was sent. Line {0}: {1}'),
  moreProblems: vscode.l10n.t('{0} There are {1} more problems.'),
  signedOut: vscode.l10n.t('You are signed out of QuantConnect. Sign in, then try again.'),
  otherOrganization: vscode.l10n.t(
    'This agent does not belong to the organization “{0}”. Switch to its organization, then try again.',
  ),
  conflict: vscode.l10n.t('“{0}” was changed on QuantConnect since you opened it: {1}.'),
  conflictHint: vscode.l10n.t(
    'The left side is on QuantConnect now, the right side is your text. “Keep Mine” saves your text over it. “Use Theirs” replaces your text, and you can undo that.',
  ),
  conflictTitle: vscode.l10n.t('{0}: QuantConnect ↔ Your Text'),
  toCheck: vscode.l10n.t('check the agent'),
  agentGone: vscode.l10n.t('This agent is no longer in the organization.'),
  noAutoSave: vscode.l10n.t(
    'Agents are not saved automatically, because every save changes the agent on QuantConnect. Save it yourself when you are ready.',
  ),
  noSaveAs: vscode.l10n.t(
    'Nothing was saved: “Save As” would overwrite the agent on QuantConnect. Use the command “Duplicate Agent” for a copy, or “Save” for your changes.',
  ),
  onlyOwnDocument: vscode.l10n.t(
    'Nothing was saved. To change an agent, save its own open document. Use the command “Duplicate Agent” for a copy.',
  ),
  settingKey: vscode.l10n.t('Setting the provider key of “{0}”…'),
  runsOnYourKey: vscode.l10n.t('“{0}” now runs on your {1} key.'),
  providerTitle: vscode.l10n.t('Provider Token of “{0}” (1/2)'),
  providerPrompt: vscode.l10n.t('The LLM provider that issued the key. Only “{0}” is known to work.'),
  providerNeeded: vscode.l10n.t('Enter a provider.'),
  keyTitle: vscode.l10n.t('Provider Token of “{0}” (2/2)'),
  keyPromptReplaces: vscode.l10n.t(
    'Your API key. It is sent to QuantConnect, is not stored on this computer, and replaces the key that is set.',
  ),
  keyPrompt: vscode.l10n.t('Your API key. It is sent to QuantConnect and is not stored on this computer.'),
  providerBills: vscode.l10n.t(
    'The agent then runs on this key. The provider bills you, and your QuantConnect credit is not used.',
  ),
  keyNeeded: vscode.l10n.t('Enter a key.'),
  keyNoSpaces: vscode.l10n.t('A key has no spaces.'),
  keepMine: vscode.l10n.t('Keep Mine'),
  useTheirs: vscode.l10n.t('Use Theirs'),
  createAgain: vscode.l10n.t('Create It Again'),
});

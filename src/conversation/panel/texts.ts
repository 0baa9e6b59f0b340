import * as vscode from 'vscode';
import { textTable } from '../../core/words/texts';

export const TEXTS = textTable({
  toDoThat: vscode.l10n.t('do that'),
  toStop: vscode.l10n.t('stop the deployment'),
  toSend: vscode.l10n.t('send the prompt'),
  toQueue: vscode.l10n.t('queue the prompt'),
  toResume: vscode.l10n.t('resume the queue'),
  toOpenLink: vscode.l10n.t('open the link'),
  toOpenText: vscode.l10n.t('open the text'),
  toOpenFile: vscode.l10n.t('open the file'),
  toSaveFiles: vscode.l10n.t('save the files'),
  conversation: vscode.l10n.t('Conversation'),
  restoringSignIn: vscode.l10n.t('The sign-in is being restored. Try again in a moment.'),
  signInToOpen: vscode.l10n.t('Sign in to QuantConnect to open what the agent wrote.'),
  otherSession: vscode.l10n.t(
    'This conversation belongs to another account or organization. Switch to it to continue.',
  ),
  staysHere: vscode.l10n.t('The messages that were read stay visible.'),
  signedOut: vscode.l10n.t('You are signed out. The messages that were read stay visible. Sign in to continue.'),
  undelivered: vscode.l10n.t('Messages of this conversation could not be shown. The status and Stop still work.'),
  unsentDraft: vscode.l10n.t('an unsent draft'),
  promptWaits: vscode.l10n.t('{0} that waits'),
  promptsWait: vscode.l10n.t('{0} that wait'),
  both: vscode.l10n.t('{0} and {1}'),
});

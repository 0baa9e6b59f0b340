import * as vscode from 'vscode';
import { textTable } from '../../core/words/texts';

export const TEXTS = textTable({
  toRead: vscode.l10n.t('read the conversation'),
  toSend: vscode.l10n.t('send the prompt'),
  conversation: vscode.l10n.t('Conversation'),
  agentId: vscode.l10n.t('Agent {0}'),
  queueFull: vscode.l10n.t(
    '{0} wait in this queue, and there is no room for another one. Send it later, or remove one that waits.',
  ),
  notSentUnread: vscode.l10n.t('It was not sent, because the conversation could not be read.'),
  notSentAgain: vscode.l10n.t('It was not sent again, because nobody could look whether it had arrived.'),
  notSavedFirst: vscode.l10n.t('It was not sent, because it could not be saved first.'),
  noRoom: vscode.l10n.t(
    'This workspace already keeps {0} MB of drafts and waiting prompts. Send or remove some of them first.',
  ),
});

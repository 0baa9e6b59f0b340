import * as vscode from 'vscode';
import type { QueueKey } from '../core/words/keys/queue';

export const QUEUE_TEXTS: Readonly<Record<QueueKey, string>> = {
  'queue.runStopped': vscode.l10n.t('The run was stopped.'),
  'queue.runFailed': vscode.l10n.t('The run failed.'),
  'queue.runEnded': vscode.l10n.t('The run ended, and QuantConnect does not say how.'),
  'queue.unwatched': vscode.l10n.t('The run ended while nobody watched it.'),
  'queue.sameText': vscode.l10n.t('The conversation has received a prompt with this exact text in the meantime.'),
  'queue.neverArrived': vscode.l10n.t(
    'QuantConnect accepted this prompt, but it has not appeared in the conversation.',
  ),
  'queue.beforeNeverArrived': vscode.l10n.t(
    'QuantConnect accepted the prompt before it, but that prompt has not appeared in the conversation.',
  ),
  'queue.interruptedBefore': vscode.l10n.t('VS Code closed or restarted before this was sent.'),
  'queue.interruptedWhile': vscode.l10n.t(
    'VS Code closed or restarted while this was being sent. It may have arrived.',
  ),
  'queue.beforeNotSent': vscode.l10n.t('The prompt before it was not sent.'),
  'queue.beforeUncertain': vscode.l10n.t('It is not certain that the prompt before it was sent.'),
  'queue.unconfirmed': vscode.l10n.t(
    'VS Code’s extension host stopped before it confirmed this prompt. Check whether it arrived before you send it again.',
  ),
};

import * as vscode from 'vscode';
import type { ApiKey } from '../core/words/keys/api';

export const API_TEXTS: Readonly<Record<ApiKey, string>> = {
  'api.couldNot': vscode.l10n.t('Could not {0}.'),
  'api.says': vscode.l10n.t('QuantConnect says: {0}'),
  'api.uncertain': vscode.l10n.t('It is not certain whether QuantConnect did this: {0}.'),
  'api.uncertainWhat': vscode.l10n.t('It is not certain whether QuantConnect did what you asked for.'),
  'api.lookFirst': vscode.l10n.t('It may have happened. Check before you do it again.'),
  'api.refused': vscode.l10n.t('QuantConnect refused and gave no reason.'),
  'api.andMore': vscode.l10n.t('(and {0})'),
  'api.badCredentials': vscode.l10n.t('QuantConnect did not accept the user ID and API token.'),
  'api.signInAgain': vscode.l10n.t('Sign in again with the token from your QuantConnect account page.'),
  'api.clockBehind': vscode.l10n.t(
    'QuantConnect did not accept the credentials, and the clock of this computer is {0} behind.',
  ),
  'api.clockAhead': vscode.l10n.t(
    'QuantConnect did not accept the credentials, and the clock of this computer is {0} ahead.',
  ),
  'api.setClock': vscode.l10n.t('Set the clock and try again. If that does not help, sign in again.'),
  'api.tooMany': vscode.l10n.t('QuantConnect receives too many requests at the moment.'),
  'api.waitALittle': vscode.l10n.t('Wait a little, then try again.'),
  'api.tryAgainIn': vscode.l10n.t('Try again in {0}.'),
  'api.notUnderstood': vscode.l10n.t('QuantConnect’s answer could not be understood: {0}.'),
  'api.tryLater': vscode.l10n.t('Try again later. The log shows which request it was.'),
  'api.canceled': vscode.l10n.t('It was canceled.'),
  'api.unreachable': vscode.l10n.t('QuantConnect cannot be reached.'),
  'api.checkNetwork': vscode.l10n.t('Check the network connection and the proxy settings, then try again.'),
  'api.reset': vscode.l10n.t('The connection broke before the answer was complete.'),
  'api.tryAgain': vscode.l10n.t('Try again.'),
  'api.timeout': vscode.l10n.t('QuantConnect did not answer in time.'),
  'api.certificate': vscode.l10n.t('The server’s certificate could not be verified, so nothing was sent.'),
  'api.installCertificate': vscode.l10n.t(
    'If your network inspects encrypted traffic, install its certificate on this computer.',
  ),
  'api.serverProblem': vscode.l10n.t('QuantConnect’s server has a problem (HTTP {0}).'),
  'api.tryInMinutes': vscode.l10n.t('Try again in a few minutes.'),
  'api.redirected': vscode.l10n.t(
    'The server points to another address (HTTP {0}). It was not followed, because your credentials would go there.',
  ),
  'api.notTheApi': vscode.l10n.t('The answer (HTTP {0}) does not come from the QuantConnect API.'),
  'api.checkBaseUrl': vscode.l10n.t(
    'Check the setting “quantAgents.apiBaseUrl” and whether the network asks you to log in first.',
  ),
  'api.unexpected': vscode.l10n.t('Something unexpected went wrong.'),
  'api.unexpectedSentence': vscode.l10n.t('Something unexpected went wrong: {0}'),
  'api.unexpectedReason': vscode.l10n.t('Something unexpected went wrong: {0}.'),
};

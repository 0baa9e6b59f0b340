import * as vscode from 'vscode';
import type { PromptsKey } from '../core/words/keys/prompts';

export const PROMPTS_TEXTS: Readonly<Record<PromptsKey, string>> = {
  'prompts.frontMatterOpen': vscode.l10n.t(
    'The front matter has no end: close it with a line of “---”, or remove this one if the prompt begins here.',
  ),
  'prompts.promptNeeded': vscode.l10n.t('There is no prompt: write what the agent should do.'),
  'prompts.frontMatterShape': vscode.l10n.t('The front matter must contain keys and values, such as “quantconnect:”.'),
  'prompts.settingsBelow': vscode.l10n.t('“{0}” needs settings below it, one per line: {1}.'),
  'prompts.unknownSetting': vscode.l10n.t('{0} is not a setting and is ignored. The settings are {1}.'),
  'prompts.thisKey': vscode.l10n.t('This key'),
  'prompts.unknownPreference': vscode.l10n.t(
    '“{0}” is not a known project preference and is sent as it is. Known ones are {1}.',
  ),
  'prompts.idWhole': vscode.l10n.t('An agent’s ID is a whole number.'),
  'prompts.singleValue': vscode.l10n.t('“{0}” takes a single value.'),
  'prompts.inOrganization': vscode.l10n.t('You are in the organization “{0}”.'),
  'prompts.problemIn': vscode.l10n.t('{0} in “{1}”.'),
  'prompts.ambiguousAgent': vscode.l10n.t('{0} agents are named “{1}”. Use the ID of the one you mean.'),
  'prompts.noAgentWithId': vscode.l10n.t('There is no agent with the ID {0}'),
  'prompts.noAgentNamed': vscode.l10n.t('No agent is named “{0}”'),
};

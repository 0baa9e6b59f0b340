import * as vscode from 'vscode';
import type { AgentFileKey } from '../core/words/keys/agentFile';

export const AGENTFILE_TEXTS: Readonly<Record<AgentFileKey, string>> = {
  'agentFile.known': vscode.l10n.t('**{0}**: {1}'),
  'agentFile.agent': vscode.l10n.t('Agent {0}: {1}'),
  'agentFile.movesMoney': vscode.l10n.t(
    '**Moves real money**: this tool deploys, stops or liquidates live algorithms.',
  ),
  'agentFile.nameNeeded': vscode.l10n.t('An agent needs a name.'),
  'agentFile.noProviderToken': vscode.l10n.t(
    'The provider token does not belong in a document. Remove it and run the command “Set Provider Token”.',
  ),
  'agentFile.noFrontMatter': vscode.l10n.t(
    'An agent’s document begins with front matter: a line “---”, a line “name: …”, the other fields, and a line “---”. The system prompt follows.',
  ),
  'agentFile.frontMatterOpen': vscode.l10n.t(
    'The front matter has no end: a line “---” is missing before the system prompt.',
  ),
  'agentFile.looksLikeKey': vscode.l10n.t(
    'This looks like an API key. {0} Renew the key if other people have seen it.',
  ),
  'agentFile.keyPlainWord': vscode.l10n.t('A key must be a plain word.'),
  'agentFile.frontMatterLines': vscode.l10n.t('Every line of the front matter must have the form “key: value”.'),
  'agentFile.quoteText': vscode.l10n.t('This must be text: put quotes around it.'),
  'agentFile.mustBeText': vscode.l10n.t('This must be text.'),
  'agentFile.mustBeBoolean': vscode.l10n.t('This must be true or false.'),
  'agentFile.mustBeWhole': vscode.l10n.t('This must be a whole number.'),
  'agentFile.mustBeWholeFrom': vscode.l10n.t('This must be a whole number of {0} or more.'),
  'agentFile.knownValues': vscode.l10n.t('Known values are {0}. QuantConnect may refuse others.'),
  'agentFile.mustBeList': vscode.l10n.t('This must be a list of {0}, one per line, each after “- ”.'),
  'agentFile.mustHaveKeys': vscode.l10n.t('This must have these keys: {0}.'),
  'agentFile.keyAndValue': vscode.l10n.t('“{0}: …”'),
  'agentFile.needsAgentIdAndStep': vscode.l10n.t('This needs both “agentId” and “step”.'),
  'agentFile.needsAgentId': vscode.l10n.t('This needs an “agentId”.'),
  'agentFile.twoKeys': vscode.l10n.t('“{0}” and “{1}”'),
  'agentFile.toolNames': vscode.l10n.t('tool names'),
  'agentFile.unknownKeyLike': vscode.l10n.t('“{0}” is not known and is not sent. Did you mean “{1}”?'),
  'agentFile.unknownKey': vscode.l10n.t('“{0}” is not known and is not sent.'),
  'agentFile.removed': vscode.l10n.t('“{0}” was removed, but the API cannot unset it. Write a value.'),
  'agentFile.removedModel': vscode.l10n.t(
    '“model” was removed, but the API cannot go back to the organization’s default model. Write a model.',
  ),
  'agentFile.removedTools': vscode.l10n.t(
    '“tools” was removed, but that does not say which tools the agent may use. Write “tools: []” for none.',
  ),
  'agentFile.removedPublic': vscode.l10n.t(
    '“public” was removed, but that does not say who sees the agent. Write “public: false” or “public: true”.',
  ),
  'agentFile.removedUseQCC': vscode.l10n.t(
    '“useQCC” was removed, but that does not say what the agent runs on. Write “useQCC: true” or “useQCC: false”.',
  ),
  'agentFile.meaning.name': vscode.l10n.t('The agent’s name, as the tree shows it. Required.'),
  'agentFile.meaning.description': vscode.l10n.t('What the agent is for, in a sentence.'),
  'agentFile.meaning.model': vscode.l10n.t(
    'The language model. Without this key the agent runs on the organization’s default model. Once you set it, the API cannot go back to the default.',
  ),
  'agentFile.meaning.reasoningEffort': vscode.l10n.t(
    'How much the model thinks before it acts: `low`, `medium` or `high`. {0}',
  ),
  'agentFile.meaning.maxTurns': vscode.l10n.t(
    'How many turns the agent may take before it has to end: a whole number above 0. {0}',
  ),
  'agentFile.meaning.toolChoice': vscode.l10n.t('How the model chooses among its tools, for example `auto`. {0}'),
  'agentFile.meaning.tools': vscode.l10n.t(
    'The tools that the agent may use, one per line. `tools: []` leaves it without tools.',
  ),
  'agentFile.meaning.public': vscode.l10n.t('Whether everyone in the organization sees the agent.'),
  'agentFile.meaning.useQCC': vscode.l10n.t(
    '`true`: the agent runs on QuantConnect’s provider and is paid with QuantConnect credit. `false`: it runs on a provider key of your own. The command *Set Provider Token* sets that key; a document never has it.',
  ),
  'agentFile.meaning.chainedAgents': vscode.l10n.t(
    'Agents that run one after another: a list of `agentId` and `step`, the position in the chain.',
  ),
  'agentFile.meaning.subAgents': vscode.l10n.t(
    'Agents that this one may call as tools: a list of `agentId` and, if you like, `callableCount`, the most calls per deployment.',
  ),
  'agentFile.meaning.pipeline': vscode.l10n.t('The pipeline that the agent belongs to. {0}'),
  'agentFile.meaning.profileImage': vscode.l10n.t('The file name of the agent’s picture on QuantConnect. {0}'),
  'agentFile.meaning.chainedAgents.agentId': vscode.l10n.t('The id of the agent that runs.'),
  'agentFile.meaning.chainedAgents.step': vscode.l10n.t('Its position in the chain.'),
  'agentFile.meaning.subAgents.agentId': vscode.l10n.t('The id of the agent that may be called.'),
  'agentFile.meaning.subAgents.callableCount': vscode.l10n.t(
    'The most calls of it per deployment. Without this key there is no limit.',
  ),
  'agentFile.noWayBack': vscode.l10n.t('Once you set it, the API cannot unset it.'),
  'agentFile.usedHere': vscode.l10n.t('used by agents of this organization'),
  'agentFile.realMoney': vscode.l10n.t('moves real money'),
};

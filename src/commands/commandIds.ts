/** Every command, once. A unit test holds this list against package.json; `registerCommands` fails to compile when one has no handler. */
export const COMMAND_IDS = [
  'signIn', 'useLeanCredentials', 'trySandbox', 'signOut', 'switchOrganization', 'refresh',
  'createAgent', 'editAgent', 'renameAgent', 'duplicateAgent', 'deleteAgent', 'setProviderToken',
  'createTask', 'renameTask', 'duplicateTask', 'deleteTask', 'deployTask',
  'openConversation', 'promptDeployment', 'stopDeployment', 'deleteDeployment',
  'openWrittenFiles', 'openTranscript', 'exportConversation', 'compareDeployments',
  'deployPromptFile', 'openOnWeb', 'copyId', 'showLog',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/** The id as VS Code knows it. */
export function qualified<Id extends CommandId>(id: Id): `quantAgents.${Id}` {
  return `quantAgents.${id}`;
}

/**
 * Every command, once. A unit test holds this list against package.json; `commandRunner` fails to compile when one
 * has no handler.
 */
export const COMMAND_IDS = [
  'signIn',
  'useLeanCredentials',
  'trySandbox',
  'signOut',
  'switchOrganization',
  'refresh',
  'createAgent',
  'editAgent',
  'renameAgent',
  'duplicateAgent',
  'deleteAgent',
  'setProviderToken',
  'createTask',
  'renameTask',
  'duplicateTask',
  'deleteTask',
  'deployTask',
  'openConversation',
  'promptDeployment',
  'stopDeployment',
  'deleteDeployment',
  'openWrittenFiles',
  'openTranscript',
  'exportConversation',
  'compareDeployments',
  'deployPromptFile',
  'openOnWeb',
  'copyId',
  'showLog',
  'openSettings',
] as const;

export type CommandId = (typeof COMMAND_IDS)[number];

/** The id as VS Code knows it. */
export function qualified<Id extends CommandId>(id: Id): `quantAgents.${Id}` {
  return `quantAgents.${id}`;
}

/** What a command can be called with in place of a row: a deployment by its id. */
export interface DeploymentTarget {
  readonly kind: 'deployment';
  readonly deploymentId: string;
}

export function deploymentTarget(deploymentId: string): DeploymentTarget {
  return { kind: 'deployment', deploymentId };
}

/** Commands can be called by anyone, with anything. */
export function isDeploymentTarget(value: unknown): value is DeploymentTarget {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'deployment' &&
    'deploymentId' in value &&
    typeof value.deploymentId === 'string'
  );
}

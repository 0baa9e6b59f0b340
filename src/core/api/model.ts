/**
 * The answers of the QuantConnect API after parsing. docs/api/contract.md has the facts. Every field except the ID is
 * optional, because there is no published real answer to compare with. Objects keep unknown keys. Enumerations are
 * open: an unlisted value is kept and shown.
 */

/** An open enumeration: the editor completes the known values, and any other string is allowed. */
type Open<Known extends string> = Known | (string & Record<never, never>);

type ReasoningEffort = Open<'low' | 'medium' | 'high'>;
export type KnownProjectPreference = 'project-each-task-deployment' | 'project-for-task';
export type ProjectPreference = Open<KnownProjectPreference>;
export type DeploymentStatus = Open<'InQueue' | 'Running' | 'Completed' | 'Stopped' | 'Failed'>;

/** Milliseconds since the Unix epoch. The API's dates (`2026-05-12 17:08:53`) have no zone and are read as UTC. */
export type EpochMs = number;

export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly type?: string | undefined;
  readonly ownerName?: string | undefined;
  readonly members?: number | undefined;
  readonly preferred?: boolean | undefined;
}

export interface ChainedAgent {
  readonly agentId: number;
  /** The position in the chain. */
  readonly step: number;
}

export interface SubAgent {
  readonly agentId: number;
  /** The most calls of this sub-agent in one deployment. */
  readonly callableCount?: number | undefined;
}

interface Person {
  readonly publicId?: string | undefined;
  readonly name?: string | undefined;
}

/** An agent's provider token without the user's key, which is dropped when the answer is parsed. */
interface ProviderToken {
  readonly llmProviderApi?: string | undefined;
  /** Whether the answer had a key. */
  readonly hasKey: boolean;
}

export interface Agent {
  readonly id: number;
  readonly name: string;
  readonly description?: string | undefined;
  /** A file name, not a URL. */
  readonly profileImage?: string | undefined;
  readonly systemPrompt?: string | undefined;
  readonly reasoningEffort?: ReasoningEffort | undefined;
  readonly maxTurns?: number | undefined;
  readonly toolChoice?: string | undefined;
  readonly tools?: readonly string[] | undefined;
  /** Shared in the organization. */
  readonly public?: boolean | undefined;
  /** Undefined (the API's null): the organization's default model. */
  readonly model?: string | undefined;
  readonly pipeline?: string | undefined;
  /** Part of the answer, but cannot be set through the API. */
  readonly outputSchema?: unknown;
  readonly created?: EpochMs | undefined;
  readonly updated?: EpochMs | undefined;
  readonly author?: Person | undefined;
  readonly organization?: { readonly id?: string | undefined; readonly name?: string | undefined } | undefined;
  readonly chainedAgents?: readonly ChainedAgent[] | undefined;
  readonly subAgents?: readonly SubAgent[] | undefined;
  readonly token?: ProviderToken | undefined;
  /** True: runs on QuantConnect's provider. */
  readonly useQCC?: boolean | undefined;
}

/**
 * The fields of an agent that a client may set. Only present fields are sent. Null is never sent, because no request is
 * documented to accept it.
 */
export interface AgentFields {
  name?: string;
  description?: string;
  profileImage?: string;
  systemPrompt?: string;
  reasoningEffort?: ReasoningEffort;
  maxTurns?: number;
  toolChoice?: string;
  tools?: readonly string[];
  public?: boolean;
  model?: string;
  chainedAgents?: readonly ChainedAgent[];
  subAgents?: readonly SubAgent[];
  useQCC?: boolean;
  pipeline?: string;
}

export interface ActiveDeployment {
  readonly deploymentId: string;
  readonly status: DeploymentStatus;
}

export interface Task {
  readonly id: number;
  readonly name: string;
  readonly agentId?: number | undefined;
  readonly organizationId?: string | undefined;
  readonly prompt?: string | undefined;
  /** The number of deployments. The API calls it `deployments`. */
  readonly deploymentCount?: number | undefined;
  readonly lastDeploymentTime?: EpochMs | undefined;
  readonly created?: EpochMs | undefined;
  readonly updated?: EpochMs | undefined;
  readonly projectId?: number | undefined;
  readonly owner?: Person | undefined;
  /** One entry for each active deployment; empty if there is none. */
  readonly active: readonly ActiveDeployment[];
  /** A cron expression. Only the web page can change it. */
  readonly schedule?: string | undefined;
  readonly scheduleHuman?: string | undefined;
  readonly projectPreference?: ProjectPreference | undefined;
}

export interface Deployment {
  /** `A-` and 32 hex digits. */
  readonly deploymentId: string;
  readonly status: DeploymentStatus;
  readonly agentId?: number | undefined;
  readonly taskId?: number | undefined;
  readonly model?: string | undefined;
  readonly created?: EpochMs | undefined;
  readonly started?: EpochMs | undefined;
  readonly ended?: EpochMs | undefined;
  readonly prompt?: string | undefined;
  readonly projectId?: number | undefined;
  readonly runtimeError?: string | undefined;
  readonly machine?: string | undefined;
  readonly mcpTools?: readonly string[] | undefined;
}

/** A message as it came, without secrets. `core/conversation` gives types to its parts. */
export interface ConversationMessage {
  readonly id?: string | undefined;
  readonly role: string;
  readonly parts: readonly unknown[];
  readonly time?: EpochMs | undefined;
}

export interface Conversation {
  /** The deployment's id. */
  readonly id?: string | undefined;
  readonly messages: readonly ConversationMessage[];
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  /** The run's status, as the conversation has it. */
  readonly aggregateStatus?: DeploymentStatus | undefined;
  readonly prompt?: string | undefined;
  readonly projectId?: number | undefined;
}

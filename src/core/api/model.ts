/**
 * What the QuantConnect API answers, after parsing. Facts come from docs/api/contract.md.
 *
 * Every field but the identity is optional, because no stored real answer exists to hold the documentation against.
 * Objects keep keys that are not named here, and enumerations are open: a value that is not listed is kept and shown.
 */

/** An open enumeration: the known values complete in the editor, any other string is allowed. */
type Open<Known extends string> = Known | (string & Record<never, never>);

type ReasoningEffort = Open<'low' | 'medium' | 'high'>;
export type ProjectPreference = Open<'project-each-task-deployment' | 'project-for-task'>;
export type DeploymentStatus = Open<'InQueue' | 'Running' | 'Completed' | 'Stopped' | 'Failed'>;

/**
 * An instant, in milliseconds since the Unix epoch. The API's own dates (`2026-05-12 17:08:53`) have no zone and are
 * read as UTC.
 */
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
  /** Position in the chain. */
  readonly step: number;
}

export interface SubAgent {
  readonly agentId: number;
  /** Cap on calls of this sub-agent per deployment. */
  readonly callableCount?: number | undefined;
}

interface Person {
  readonly publicId?: string | undefined;
  readonly name?: string | undefined;
}

/** What is left of an agent's provider token after parsing: the user's key itself is dropped at the border. */
interface ProviderToken {
  readonly llmProviderApi?: string | undefined;
  /** Whether the answer held a key. */
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
  /** Shared inside the organization. */
  readonly public?: boolean | undefined;
  /** Undefined (the API's null): the organization's default model. */
  readonly model?: string | undefined;
  readonly pipeline?: string | undefined;
  /** Answered, but cannot be set through the API. */
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
 * The fields of an agent that a client may set. Only what is present is sent; null is never sent, as no request is
 * documented to take it.
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
  /** How many deployments there are; the API's `deployments` is a count. */
  readonly deploymentCount?: number | undefined;
  readonly lastDeploymentTime?: EpochMs | undefined;
  readonly created?: EpochMs | undefined;
  readonly updated?: EpochMs | undefined;
  readonly projectId?: number | undefined;
  readonly owner?: Person | undefined;
  /** One entry per deployment that is active now; empty when idle. */
  readonly active: readonly ActiveDeployment[];
  /** Cron expression; can be changed on the web page only. */
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

/** A message as it came, but for secrets; `core/conversation` gives its parts their types. */
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
  /** The run's status as the conversation tells it. */
  readonly aggregateStatus?: DeploymentStatus | undefined;
  readonly prompt?: string | undefined;
  readonly projectId?: number | undefined;
}

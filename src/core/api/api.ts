import type { Agent, AgentFields, Conversation, Deployment, Organization, ProjectPreference, Task } from './model';
import type { ConversationText } from './conversationText';
import type { Secret } from '../base/secret';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** The most milliseconds for the whole call, including retries. */
  readonly timeoutMs?: number | undefined;
}

/** The readable items of a list. One bad item never hides the rest. */
export interface ListAnswer<T> {
  readonly items: readonly T[];
  /** The unreadable items, with the reason. It contains no secrets. */
  readonly unreadable: readonly { readonly index: number; readonly reason: string }[];
}

export interface ConversationAnswer {
  readonly conversation: Conversation;
  /** The answer's text. The next answer is compared with it, so that unchanged messages are not parsed again. */
  readonly text: ConversationText;
}

export interface NewAgent extends AgentFields {
  readonly name: string;
}

/** The user's key at an LLM provider. An agent that does not run on QuantConnect's provider needs one. */
export interface NewProviderToken {
  readonly llmProviderApi: string;
  readonly llmApiTokenUser: Secret;
}

export interface NewTask {
  readonly organizationId: string;
  readonly agentId: number;
  readonly name: string;
  readonly prompt: string;
  readonly projectPreference: ProjectPreference;
}

/**
 * The agents endpoints of the QuantConnect API (docs/api/contract.md), one method each.
 *
 * Every method throws only `ApiError`. Reads are tried again where that can help. `createAgent`, `createTask`,
 * `createDeployment` and `promptDeployment` are sent at most once, unless the server refused the credentials and so did
 * nothing. Updates, stops and deletes are tried again after a broken connection (`retryPolicy.ts`). If
 * `ApiError.mayHaveHappened` is set, look before you call again.
 */
export interface QuantConnectApi {
  /** Checks the credentials. Resolves if they are good. */
  authenticate(options?: CallOptions): Promise<void>;
  listOrganizations(options?: CallOptions): Promise<ListAnswer<Organization>>;

  listAgents(organizationId: string, options?: CallOptions): Promise<ListAnswer<Agent>>;
  createAgent(organizationId: string, agent: NewAgent, token?: NewProviderToken, options?: CallOptions): Promise<Agent>;
  readAgent(agentId: number, options?: CallOptions): Promise<Agent>;
  /** The API documents no answer, so read the agent again. */
  updateAgent(agentId: number, changes: AgentFields, token?: NewProviderToken, options?: CallOptions): Promise<void>;
  deleteAgent(agentId: number, options?: CallOptions): Promise<void>;

  listTasks(organizationId: string, options?: CallOptions): Promise<ListAnswer<Task>>;
  createTask(task: NewTask, options?: CallOptions): Promise<Task>;
  readTask(taskId: number, options?: CallOptions): Promise<Task>;
  /** Only the name can be changed. Resolves with the task if the server answers it. */
  updateTask(taskId: number, changes: { readonly name: string }, options?: CallOptions): Promise<Task | undefined>;
  deleteTask(taskId: number, options?: CallOptions): Promise<void>;

  /**
   * Resolves with the new deployment. If the answer names none, it is the newest in the task's list (contract.md,
   * "Values and ids"). Reading that list has its own time limit.
   */
  createDeployment(taskId: number, options?: CallOptions): Promise<Deployment>;
  readDeployment(deploymentId: string, options?: CallOptions): Promise<Deployment>;
  listDeployments(taskId: number, options?: CallOptions): Promise<ListAnswer<Deployment>>;
  /** Resolves with the server's remark, such as `Prompt run started.` */
  promptDeployment(deploymentId: string, prompt: string, options?: CallOptions): Promise<string | undefined>;
  stopDeployment(deploymentId: string, options?: CallOptions): Promise<void>;
  deleteDeployment(deploymentId: string, options?: CallOptions): Promise<void>;
  /**
   * Reads the whole transcript; the API has no delta.
   * @param options.previous the last answer. If the new answer has the same text, this object is returned. Otherwise
   * its unchanged messages are reused.
   */
  readConversation(
    deploymentId: string,
    options?: CallOptions & {
      readonly callableId?: string | undefined;
      readonly previous?: ConversationAnswer | undefined;
    },
  ): Promise<ConversationAnswer>;
}

/** What the log gets about a request: never a body, a header or a secret. */
export interface RequestLogEntry {
  readonly number: number;
  readonly path: string;
  /** The HTTP status, or why there was none. */
  readonly outcome: number | string;
  readonly durationMs: number;
  /** The length of the answer's body in bytes. */
  readonly bytes: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

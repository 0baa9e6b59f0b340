import type { Agent, AgentFields, Conversation, Deployment, Organization, ProjectPreference, Task } from './model';
import type { ConversationText } from './conversationText';
import type { Secret } from '../base/secret';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Deadline of the whole call, retries included. */
  readonly timeoutMs?: number | undefined;
}

/** A list as far as it could be read: one bad item never hides the rest. */
export interface ListAnswer<T> {
  readonly items: readonly T[];
  /** Items that could not be read, with the reason; already free of secrets. */
  readonly unreadable: readonly { readonly index: number; readonly reason: string }[];
}

export interface ConversationAnswer {
  readonly conversation: Conversation;
  /** The answer's text, by which the next answer is read: unchanged messages are not parsed again. */
  readonly text: ConversationText;
}

export interface NewAgent extends AgentFields {
  readonly name: string;
}

/** The user's key at an LLM provider: needed when an agent does not run on QuantConnect's provider. */
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
 * Every method throws `ApiError` and nothing else. Reads are tried again where that can help; `createAgent`,
 * `createTask`, `createDeployment` and `promptDeployment` are sent at most once, unless the server refused the
 * credentials and thus did nothing.
 * Updates, stops and deletes are tried again after a broken connection (`retryPolicy.ts`). `ApiError.mayHaveHappened`
 * tells where to look first.
 */
export interface QuantConnectApi {
  /** Checks the credentials. Resolves when they are good. */
  authenticate(options?: CallOptions): Promise<void>;
  listOrganizations(options?: CallOptions): Promise<ListAnswer<Organization>>;

  listAgents(organizationId: string, options?: CallOptions): Promise<ListAnswer<Agent>>;
  createAgent(organizationId: string, agent: NewAgent, token?: NewProviderToken, options?: CallOptions): Promise<Agent>;
  readAgent(agentId: number, options?: CallOptions): Promise<Agent>;
  /** No answer is documented: read the agent again. */
  updateAgent(agentId: number, changes: AgentFields, token?: NewProviderToken, options?: CallOptions): Promise<void>;
  deleteAgent(agentId: number, options?: CallOptions): Promise<void>;

  listTasks(organizationId: string, options?: CallOptions): Promise<ListAnswer<Task>>;
  createTask(task: NewTask, options?: CallOptions): Promise<Task>;
  readTask(taskId: number, options?: CallOptions): Promise<Task>;
  /** The name is all that can be changed. Gives the task if the server answered it. */
  updateTask(taskId: number, changes: { readonly name: string }, options?: CallOptions): Promise<Task | undefined>;
  deleteTask(taskId: number, options?: CallOptions): Promise<void>;

  /**
   * The new deployment; where the answer names none, the newest in the task's list (contract.md, "Values and ids"),
   * which is read with a deadline of its own.
   */
  createDeployment(taskId: number, options?: CallOptions): Promise<Deployment>;
  readDeployment(deploymentId: string, options?: CallOptions): Promise<Deployment>;
  listDeployments(taskId: number, options?: CallOptions): Promise<ListAnswer<Deployment>>;
  /** The server's remark, e.g. `Prompt run started.` */
  promptDeployment(deploymentId: string, prompt: string, options?: CallOptions): Promise<string | undefined>;
  stopDeployment(deploymentId: string, options?: CallOptions): Promise<void>;
  deleteDeployment(deploymentId: string, options?: CallOptions): Promise<void>;
  /**
   * The whole transcript: the API has no delta.
   * @param options.previous when the new answer's text equals this one's, this very object comes back, unparsed; else
   * its messages that did not change do.
   */
  readConversation(
    deploymentId: string,
    options?: CallOptions & {
      readonly callableId?: string | undefined;
      readonly previous?: ConversationAnswer | undefined;
    },
  ): Promise<ConversationAnswer>;
}

/** What the log channel gets to see of a request: never a body, a header or a secret. */
export interface RequestRecord {
  readonly number: number;
  readonly path: string;
  /** HTTP status, or why there was none. */
  readonly outcome: number | string;
  readonly durationMs: number;
  /** Of the answer, counted as characters: counting bytes would cost more than comparing the text does. */
  readonly bytes: number;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

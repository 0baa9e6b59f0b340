import type {
  CallOptions,
  ConversationAnswer,
  ListAnswer,
  NewAgent,
  NewProviderToken,
  NewTask,
  QuantConnectApi,
} from './api';
import { isSuccess, type Reply } from './answer';
import type { AnswerBody } from './answerBody';
import { Connection, type ConnectionOptions, type Endpoint } from './connection';
import { ApiError, isApiError } from './errors';
import { ConversationText } from './conversationText';
import type { Agent, AgentFields, ChainedAgent, Deployment, Organization, SubAgent, Task } from './model';
import { rereadConversation } from './rereadConversation';
import type { Repeatability } from './retryPolicy';
import {
  asDeploymentId,
  parseAgent,
  parseAgents,
  parseConversation,
  parseDeployment,
  parseDeployments,
  parseNewDeployment,
  parseOrganizations,
  parseTask,
  parseTasks,
  type NewDeployment,
  type Parsed,
} from './schemas';

export type QuantConnectClientOptions = ConnectionOptions;

/** The QuantConnect API over HTTP; docs/api/contract.md says where each endpoint's facts come from. */
export class QuantConnectClient implements QuantConnectApi {
  private readonly connection: Connection;

  constructor(options: QuantConnectClientOptions) {
    this.connection = new Connection(options);
  }

  authenticate(options?: CallOptions): Promise<void> {
    return this.connection.call({ ...plain('/authenticate', 'read'), checksCredentials: true }, {}, options);
  }

  listOrganizations(options?: CallOptions): Promise<ListAnswer<Organization>> {
    return this.connection.call(keyed('/organizations/list', 'read', 'organizations', parseOrganizations), {}, options);
  }

  listAgents(organizationId: string, options?: CallOptions): Promise<ListAnswer<Agent>> {
    return this.connection.call(keyed('/agents/list', 'read', 'agents', parseAgents), { organizationId }, options);
  }

  createAgent(
    organizationId: string,
    agent: NewAgent,
    token?: NewProviderToken,
    options?: CallOptions,
  ): Promise<Agent> {
    const body = { organizationId, ...settable(agent), ...sentToken(token) };
    return this.connection.call(keyed('/agents/create', 'once', 'agent', parseAgent), body, options, secretsOf(token));
  }

  readAgent(agentId: number, options?: CallOptions): Promise<Agent> {
    return this.connection.call(keyed('/agents/read', 'read', 'agent', parseAgent), { agentId }, options);
  }

  updateAgent(agentId: number, changes: AgentFields, token?: NewProviderToken, options?: CallOptions): Promise<void> {
    const body = { agentId, ...settable(changes), ...sentToken(token) };
    return this.connection.call(plain('/agents/update', 'idempotent'), body, options, secretsOf(token));
  }

  deleteAgent(agentId: number, options?: CallOptions): Promise<void> {
    return this.connection.call(plain('/agents/delete', 'idempotent'), { agentId }, options);
  }

  listTasks(organizationId: string, options?: CallOptions): Promise<ListAnswer<Task>> {
    return this.connection.call(keyed('/agents/tasks/list', 'read', 'tasks', parseTasks), { organizationId }, options);
  }

  createTask(
    { organizationId, agentId, name, prompt, projectPreference }: NewTask,
    options?: CallOptions,
  ): Promise<Task> {
    const body = { organizationId, agentId, name, prompt, projectPreference };
    return this.connection.call(keyed('/agents/tasks/create', 'once', 'task', parseTask), body, options);
  }

  readTask(taskId: number, options?: CallOptions): Promise<Task> {
    return this.connection.call(keyed('/agents/tasks/read', 'read', 'task', parseTask), { taskId }, options);
  }

  updateTask(taskId: number, { name }: { readonly name: string }, options?: CallOptions): Promise<Task | undefined> {
    return this.connection.call(
      {
        path: '/agents/tasks/update',
        repeatability: 'idempotent',
        read: (reply) => {
          const task = parseTask(reply.task);
          return 'value' in task ? task : withValue(accepted(reply), undefined);
        },
      },
      { taskId, name },
      options,
    );
  }

  deleteTask(taskId: number, options?: CallOptions): Promise<void> {
    return this.connection.call(plain('/agents/tasks/delete', 'idempotent'), { taskId }, options);
  }

  async createDeployment(taskId: number, options?: CallOptions): Promise<Deployment> {
    const created = await this.connection.call<NewDeployment>(
      {
        path: '/agents/deployments/create',
        repeatability: 'once',
        read: (reply) => {
          const deployment = parseNewDeployment(reply.deployment);
          const deploymentId = deployment.deploymentId ?? idIn(reply.debug);
          if (deploymentId !== undefined) return { value: { ...deployment, deploymentId } };
          return withValue('deployment' in reply ? undefined : accepted(reply), deployment);
        },
      },
      { taskId },
      options,
    );
    const { deploymentId, status } = created;
    if (deploymentId !== undefined) return { taskId, ...created, deploymentId, status: status ?? 'Unknown' };
    return this.newestDeployment(taskId, options);
  }

  readDeployment(deploymentId: string, options?: CallOptions): Promise<Deployment> {
    return this.connection.call(
      keyed('/agents/deployments/read', 'read', 'deployment', parseDeployment),
      { deploymentId },
      options,
    );
  }

  async listDeployments(taskId: number, options?: CallOptions): Promise<ListAnswer<Deployment>> {
    const answer = await this.connection.call(
      keyed('/agents/deployments/list', 'read', 'deployments', parseDeployments),
      { taskId },
      options,
    );
    return { ...answer, items: answer.items.map((deployment) => ({ taskId, ...deployment })) };
  }

  promptDeployment(deploymentId: string, prompt: string, options?: CallOptions): Promise<string | undefined> {
    return this.connection.call(
      {
        path: '/agents/deployments/prompt',
        repeatability: 'once',
        read: (reply) => withValue(accepted(reply), typeof reply.message === 'string' ? reply.message : undefined),
      },
      { deploymentId, prompt },
      options,
    );
  }

  stopDeployment(deploymentId: string, options?: CallOptions): Promise<void> {
    return this.connection.call(plain('/agents/deployments/stop', 'idempotent'), { deploymentId }, options);
  }

  deleteDeployment(deploymentId: string, options?: CallOptions): Promise<void> {
    return this.connection.call(plain('/agents/deployments/delete', 'idempotent'), { deploymentId }, options);
  }

  readConversation(
    deploymentId: string,
    options: CallOptions & {
      readonly callableId?: string | undefined;
      readonly previous?: ConversationAnswer | undefined;
    } = {},
  ): Promise<ConversationAnswer> {
    const { callableId, previous } = options;
    return this.connection.call<ConversationAnswer>(
      {
        ...keyed('/agents/deployments/conversation/read', 'read', 'conversation', (value, body) => {
          const conversation = parseConversation(value);
          return 'value' in conversation
            ? { value: { conversation: conversation.value, text: new ConversationText(body) } }
            : conversation;
        }),
        recognize: (body) => previous && rereadConversation(previous, body),
      },
      { deploymentId, callableId },
      options,
    );
  }

  /** For an answer that does not name the new deployment. */
  private async newestDeployment(taskId: number, options?: CallOptions): Promise<Deployment> {
    const path = '/agents/deployments/create';
    try {
      const { items } = await this.listDeployments(taskId, options);
      const [newest] = [...items].sort((a, b) => (b.created ?? 0) - (a.created ?? 0));
      if (newest) return newest;
    } catch (error) {
      if (isApiError(error))
        throw new ApiError(error.failure, { path, serverMessages: error.serverMessages, mayHaveHappened: true });
      throw error;
    }
    throw new ApiError(
      { kind: 'contract', problem: 'it does not name the new deployment, and the task lists none' },
      { path, mayHaveHappened: true },
    );
  }
}

/** An endpoint with its answer under a key. */
function keyed<T>(
  path: Endpoint<T>['path'],
  repeatability: Repeatability,
  key: string,
  parse: (value: unknown, body: AnswerBody) => Parsed<T>,
): Endpoint<T> {
  return {
    path,
    repeatability,
    read: (reply, body) => {
      if (!(key in reply)) return { problem: `it has no “${key}”` };
      const parsed = parse(reply[key], body);
      return 'problem' in parsed ? { problem: `“${key}”: ${parsed.problem}` } : parsed;
    },
  };
}

/** An endpoint that answers only whether it succeeded. */
function plain(path: Endpoint<void>['path'], repeatability: Repeatability): Endpoint<void> {
  return { path, repeatability, read: (reply) => withValue(accepted(reply), undefined) };
}

/** Why a reply confirms nothing. If it has nothing else, it must say `success`. */
function accepted(reply: Reply): string | undefined {
  return isSuccess(reply) ? undefined : 'it does not say whether it succeeded';
}

function withValue<T>(problem: string | undefined, value: T): Parsed<T> {
  return problem === undefined ? { value } : { problem };
}

function idIn(debug: unknown): string | undefined {
  return typeof debug === 'object' && debug !== null && 'id' in debug ? asDeploymentId(debug.id) : undefined;
}

const SETTABLE = {
  name: true,
  description: true,
  profileImage: true,
  systemPrompt: true,
  reasoningEffort: true,
  maxTurns: true,
  toolChoice: true,
  tools: true,
  public: true,
  model: true,
  chainedAgents: true,
  subAgents: true,
  useQCC: true,
  pipeline: true,
} satisfies Record<keyof AgentFields, true>;

/**
 * Only the fields that a client may set and the caller did set. An agent that was read has more fields, and no request
 * is documented to accept null.
 */
function settable(fields: AgentFields): Record<string, unknown> {
  const sent = Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => key in SETTABLE && value !== undefined && value !== null),
  );
  if (fields.chainedAgents)
    sent.chainedAgents = fields.chainedAgents.map(({ agentId, step }): ChainedAgent => ({ agentId, step }));
  if (fields.subAgents)
    sent.subAgents = fields.subAgents.map(({ agentId, callableCount }): SubAgent => ({ agentId, callableCount }));
  return sent;
}

/** The only code that reveals the provider's key: into the body of its request. */
function sentToken(token: NewProviderToken | undefined): object {
  return token
    ? { token: { llmProviderApi: token.llmProviderApi, llmApiTokenUser: token.llmApiTokenUser.reveal() } }
    : {};
}

function secretsOf(token: NewProviderToken | undefined) {
  return token ? [token.llmApiTokenUser] : [];
}

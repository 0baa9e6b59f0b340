import type { CallOptions, ListAnswer, NewAgent, NewProviderToken, QuantConnectApi } from '../../src/core/api/api';
import { ApiError } from '../../src/core/api/errors';
import type { Agent, AgentFields } from '../../src/core/api/model';

type Method = 'listAgents' | 'createAgent' | 'readAgent' | 'updateAgent';

/** The agents of one organization, in memory. Its answers can be made to fail before or after the change. */
export class AgentCloud implements Pick<QuantConnectApi, Method | 'deleteAgent' | 'listTasks'> {
  readonly agents = new Map<number, Agent>();
  readonly calls: { readonly method: Method; readonly sent?: unknown; readonly token?: NewProviderToken }[] = [];
  private readonly faults: { readonly method: Method; readonly error: ApiError; readonly when: 'before' | 'after' }[] =
    [];
  private nextId = 100;
  /** Every call waits for this before it does anything. */
  gate: Promise<void> = Promise.resolve();
  /** How the server changes a name: real servers trim it, for example. */
  normalize = (fields: AgentFields): AgentFields => fields;

  constructor(agents: readonly Agent[] = []) {
    for (const agent of agents) this.agents.set(agent.id, agent);
  }

  failNext(method: Method, error: ApiError, when: 'before' | 'after' = 'before'): void {
    this.faults.push({ method, error, when });
  }

  /** A change by somebody else on the web page. */
  change(agentId: number, changes: Partial<Agent>): void {
    const agent = this.get(agentId);
    this.agents.set(agentId, { ...agent, updated: (agent.updated ?? 0) + 1000, ...changes });
  }

  sent(method: Method): readonly unknown[] {
    return this.calls.filter((call) => call.method === method).map(({ sent }) => sent);
  }

  async listAgents(_organizationId: string, _options?: CallOptions): Promise<ListAnswer<Agent>> {
    return this.answer('listAgents', undefined, () => ({ items: [...this.agents.values()], unreadable: [] }));
  }

  async createAgent(_organizationId: string, fields: NewAgent, token?: NewProviderToken): Promise<Agent> {
    return this.answer('createAgent', { sent: fields, ...(token && { token }) }, () => {
      const agent = {
        created: 1_000_000,
        updated: 1_000_000,
        ...this.normalize(fields),
        name: fields.name,
        id: this.nextId++,
      };
      this.agents.set(agent.id, agent);
      return agent;
    });
  }

  async readAgent(agentId: number): Promise<Agent> {
    return this.answer('readAgent', undefined, () => this.get(agentId));
  }

  async updateAgent(agentId: number, changes: AgentFields, token?: NewProviderToken): Promise<void> {
    return this.answer('updateAgent', { sent: changes, ...(token && { token }) }, () => {
      this.change(agentId, this.normalize(changes));
    });
  }

  async deleteAgent(agentId: number): Promise<void> {
    this.agents.delete(agentId);
    return Promise.resolve();
  }

  async listTasks(): Promise<ListAnswer<never>> {
    return Promise.resolve({ items: [], unreadable: [] });
  }

  private get(agentId: number): Agent {
    const agent = this.agents.get(agentId);
    if (!agent)
      throw new ApiError(
        { kind: 'rejected', status: 200 },
        { path: '/agents/read', serverMessages: ['Agent not found.'] },
      );
    return agent;
  }

  private async answer<T>(
    method: Method,
    call: { sent?: unknown; token?: NewProviderToken } | undefined,
    act: () => T,
  ): Promise<T> {
    this.calls.push({ method, ...call });
    const index = this.faults.findIndex((fault) => fault.method === method);
    const [fault] = index === -1 ? [] : this.faults.splice(index, 1);
    await this.gate;
    if (fault?.when === 'before') throw fault.error;
    const result = act();
    if (fault?.when === 'after') throw fault.error;
    return result;
  }
}

export const timeout = (path: string): ApiError =>
  new ApiError({ kind: 'offline', cause: 'timeout' }, { path, mayHaveHappened: true });
export const refused = (path: string): ApiError =>
  new ApiError({ kind: 'rejected', status: 200 }, { path, serverMessages: ['No.'] });

import type { CallOptions, ListAnswer, NewAgent, NewProviderToken, NewTask, QuantConnectApi } from '../api/api';
import { isApiError } from '../api/errors';
import type { Agent, AgentFields, Deployment, Task } from '../api/model';
import type { Clock } from '../base/clock';
import { Emitter, type Disposable } from '../base/events';
import { Obstacle } from '../words/obstacle';
import { say } from '../words/words';
import { hasEnded, runStateOf, type RunState } from './status/runState';
import { runTimeOf, turnsOf, type RunTime } from './status/runTime';
import {
  changesBetween,
  deploymentsOf,
  EMPTY_SNAPSHOT,
  findDeployment,
  keepIdentity,
  newestFirst,
  reconcileActive,
  withDeployments,
  withPastEnds,
  withTurns,
  withDeployment,
  withoutDeployment,
  type Loadable,
  type OrganizationChange,
  type OrganizationSnapshot,
} from './snapshot';

/** If two answers contradict each other in the same way, wait this long before the next read. */
const SAME_DISAGREEMENT_MS = 30_000;

/**
 * Owns the snapshot of an organization. Views read {@link snapshot} and listen for changes. Intents (create, rename,
 * deploy …) are methods here: they call the API and update the snapshot. Refreshing never throws: after a failed read,
 * the snapshot has the problem and the last good value. Intents throw `ApiError`.
 */
export class OrganizationStore implements Disposable {
  private state: OrganizationSnapshot = EMPTY_SNAPSHOT;
  private readonly changed = new Emitter<readonly OrganizationChange[]>();
  readonly onDidChange = this.changed.event;
  private readonly underWay = new Map<string, { intents: number; done: Promise<void> }>();
  private readonly deploying = new Map<number, Promise<Deployment>>();
  /** By task id: for which `active` its deployments were last read because of a contradiction, and when. */
  private readonly compared = new Map<number, { readonly active: string | undefined; readonly at: number }>();
  /** Counts intents. An answer to a request from before the last intent is outdated, so we read again. */
  private intents = 0;

  constructor(
    readonly organizationId: string,
    private readonly client: QuantConnectApi,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  get snapshot(): OrganizationSnapshot {
    return this.state;
  }

  agent(agentId: number): Agent | undefined {
    return this.state.agents.value?.find((agent) => agent.id === agentId);
  }

  task(taskId: number): Task | undefined {
    return this.state.tasks.value?.find((task) => task.id === taskId);
  }

  tasksOf(agentId: number): readonly Task[] {
    return (this.state.tasks.value ?? []).filter((task) => task.agentId === agentId);
  }

  deploymentsOf(taskId: number): Loadable<readonly Deployment[]> {
    return deploymentsOf(this.state, taskId);
  }

  /**
   * The states of a task's active runs. Leaves out a run with a known end, because `ended` wins over the list of active
   * runs. The run stays if the list has another status than the deployment.
   */
  activeRuns(task: Task): readonly RunState[] {
    return task.active
      .filter(({ deploymentId, status }) => {
        const known = this.deployment(deploymentId);
        return !(known?.status === status && hasEnded(known));
      })
      .map(runStateOf);
  }

  /** How long the agent worked on a run. Undefined if nothing is known. */
  runTime(deployment: Deployment): RunTime | undefined {
    return runTimeOf(deployment, this.state.turns.get(deployment.deploymentId));
  }

  /** How many runs of an agent are active. */
  activeRunCount(agentId: number): number {
    return this.tasksOf(agentId).reduce((sum, task) => sum + this.activeRuns(task).length, 0);
  }

  deployment(deploymentId: string): Deployment | undefined {
    return findDeployment(this.state, deploymentId);
  }

  /** Reads the agents, the tasks and all lists of deployments that were read before. */
  async refreshAll(): Promise<void> {
    const tasksWithDeployments = [...this.state.deployments.keys()];
    await Promise.all([
      this.refreshAgents(),
      this.refreshTasks(),
      ...tasksWithDeployments.map((taskId) => this.refreshDeployments(taskId)),
    ]);
  }

  refreshAgents(): Promise<void> {
    return this.read('agents', (options) => this.client.listAgents(this.organizationId, options), {
      get: (snapshot) => snapshot.agents,
      set: (snapshot, agents) => ({ ...snapshot, agents }),
      idOf: (agent: Agent) => agent.id,
    });
  }

  async refreshTasks(): Promise<void> {
    await this.read('tasks', (options) => this.client.listTasks(this.organizationId, options), {
      get: (snapshot) => snapshot.tasks,
      set: (snapshot, tasks) => ({ ...snapshot, tasks }),
      idOf: (task: Task) => task.id,
    });
    const { snapshot, outdated } = reconcileActive(this.state);
    this.replace(snapshot);
    await Promise.all(outdated.filter((taskId) => this.isDue(taskId)).map((taskId) => this.refreshDeployments(taskId)));
  }

  /**
   * Whether to read a task's deployments again because they contradict its `active`. If `active` is new, read at once.
   * The same contradiction can stay for long, such as an unknown status or a list that is late. Then wait in between.
   */
  private isDue(taskId: number): boolean {
    const active = JSON.stringify(this.task(taskId)?.active);
    const last = this.compared.get(taskId);
    const now = this.clock.monotonicMs();
    if (last?.active === active && now - last.at < SAME_DISAGREEMENT_MS) return false;
    this.compared.set(taskId, { active, at: now });
    return true;
  }

  refreshDeployments(taskId: number): Promise<void> {
    return this.read(
      `deployments of ${String(taskId)}`,
      async (options) => {
        const answer = await this.client.listDeployments(taskId, options);
        return { ...answer, items: newestFirst(answer.items) };
      },
      {
        get: (snapshot) => deploymentsOf(snapshot, taskId),
        set: (snapshot, list) => withDeployments(snapshot, taskId, list),
        idOf: (deployment: Deployment) => deployment.deploymentId,
      },
    );
  }

  /** Reads one deployment and updates the snapshot. Throws `ApiError`. */
  async readDeployment(deploymentId: string, options?: CallOptions): Promise<Deployment> {
    const intents = this.intents;
    const deployment = await this.client.readDeployment(deploymentId, this.within(options));
    if (intents === this.intents) this.updateDeployment(deployment);
    return deployment;
  }

  /** Adds a deployment that somebody else has read, such as a conversation panel. */
  updateDeployment(deployment: Deployment): void {
    this.replace(withDeployment(this.state, deployment));
  }

  /** Adds the times of the run's turns, from the messages of its conversation. */
  observeConversation(deploymentId: string, messages: Parameters<typeof turnsOf>[0]): void {
    this.replace(withTurns(this.state, deploymentId, turnsOf(messages)));
  }

  async readAgent(agentId: number, options?: CallOptions): Promise<Agent> {
    const agent = await this.client.readAgent(agentId, this.within(options));
    this.putAgent(agent);
    return agent;
  }

  async createAgent(agent: NewAgent, token?: NewProviderToken): Promise<Agent> {
    const created = await this.intend(() => this.client.createAgent(this.organizationId, agent, token));
    this.putAgent(created);
    return created;
  }

  /** Sends the changes, then reads the agent: the API's answer to an update does not contain it. */
  async updateAgent(agentId: number, changes: AgentFields, token?: NewProviderToken): Promise<Agent> {
    await this.intend(() => this.client.updateAgent(agentId, changes, token));
    return this.readAgent(agentId);
  }

  async deleteAgent(agentId: number): Promise<void> {
    await this.intend(() => this.client.deleteAgent(agentId));
    const { agents } = this.state;
    if (agents.value)
      this.replace({ ...this.state, agents: { ...agents, value: agents.value.filter(({ id }) => id !== agentId) } });
    // The API does not say whether the agent's tasks are deleted with it.
    await this.refreshTasks();
  }

  async createTask(task: Omit<NewTask, 'organizationId'>): Promise<Task> {
    const created = await this.intend(() => this.client.createTask({ ...task, organizationId: this.organizationId }));
    this.putTask(created);
    return created;
  }

  async renameTask(taskId: number, name: string): Promise<Task> {
    const answered = await this.intend(() => this.client.updateTask(taskId, { name }));
    const task = answered ?? (await this.client.readTask(taskId, this.within()));
    this.putTask(task);
    return task;
  }

  async deleteTask(taskId: number): Promise<void> {
    await this.intend(() => this.client.deleteTask(taskId));
    const { tasks } = this.state;
    const without = tasks.value
      ? { ...this.state, tasks: { ...tasks, value: tasks.value.filter(({ id }) => id !== taskId) } }
      : this.state;
    this.replace(withDeployments(without, taskId, undefined));
  }

  /**
   * Deploys the task and returns the new deployment. The snapshot contains it by then. A second call before the answer
   * gets the same deployment.
   */
  deployTask(taskId: number): Promise<Deployment> {
    let deploying = this.deploying.get(taskId);
    if (!deploying) {
      deploying = this.deployOnce(taskId).finally(() => this.deploying.delete(taskId));
      this.deploying.set(taskId, deploying);
    }
    return deploying;
  }

  private async deployOnce(taskId: number): Promise<Deployment> {
    const deployment = await this.intend(() => this.client.createDeployment(taskId));
    this.updateDeployment({ ...deployment, taskId });
    await Promise.all([this.refreshTasks(), this.refreshDeployments(taskId)]);
    return deployment;
  }

  /** Sends a prompt and returns the server's remark, if there is one. */
  async promptDeployment(deploymentId: string, prompt: string): Promise<string | undefined> {
    return this.intend(() => this.client.promptDeployment(deploymentId, prompt));
  }

  /** Asks the server to stop the run, then reads the deployment. */
  async stopDeployment(deploymentId: string): Promise<Deployment> {
    try {
      await this.intend(() => this.client.stopDeployment(deploymentId));
    } catch (error) {
      if (!isApiError(error) || error.kind !== 'rejected') throw error;
      // QuantConnect refuses to stop a run that is over. The user has what they asked for.
      const after = await this.readDeployment(deploymentId);
      if (!hasEnded(after)) throw error;
      return after;
    }
    return this.readDeployment(deploymentId);
  }

  async deleteDeployment(deploymentId: string): Promise<void> {
    await this.intend(() => this.client.deleteDeployment(deploymentId));
    this.replace(withoutDeployment(this.state, deploymentId));
    await this.refreshTasks();
  }

  dispose(): void {
    this.changed.dispose();
  }

  /** Counts each intent when it is sent and when it is answered, so every read that overlaps it is outdated. */
  private async intend<T>(call: () => Promise<T>): Promise<T> {
    // An intent belongs to one session. It must not run in another one, or after signing out.
    if (this.signal.aborted) throw new Obstacle(say('organization.switched'));
    this.intents++;
    try {
      return await call();
    } finally {
      this.intents++;
    }
  }

  /** Reads once per key at a time. Later callers share that read, unless an intent started since it began. */
  private read<T>(
    key: string,
    ask: (options: CallOptions) => Promise<ListAnswer<T>>,
    list: {
      get: (snapshot: OrganizationSnapshot) => Loadable<readonly T[]>;
      set: (snapshot: OrganizationSnapshot, next: Loadable<readonly T[]>) => OrganizationSnapshot;
      idOf: (item: T) => unknown;
    },
  ): Promise<void> {
    const running = this.underWay.get(key);
    if (running?.intents === this.intents) return running.done;
    const intents = this.intents;
    const done = (async () => {
      this.replace(list.set(this.state, { ...list.get(this.state), loading: true }));
      try {
        const answer = await ask(this.within());
        if (this.signal.aborted) return;
        if (intents === this.intents) {
          const value = keepIdentity(list.get(this.state).value, answer.items, list.idOf);
          this.replace(
            list.set(this.state, {
              value,
              confirmedAt: this.clock.now(),
              confirmedMonotonicMs: this.clock.monotonicMs(),
              loading: false,
              unreadable: answer.unreadable.length,
            }),
          );
        }
      } catch (error) {
        if (!isApiError(error)) throw error;
        if (this.signal.aborted || intents !== this.intents) return;
        const { loading: _, ...current } = list.get(this.state);
        this.replace(
          list.set(
            this.state,
            error.kind === 'cancelled'
              ? { ...current, loading: false }
              : { ...current, loading: false, problem: error },
          ),
        );
      }
    })();
    const tracked = done
      .finally(() => {
        if (this.underWay.get(key)?.done === tracked) this.underWay.delete(key);
      })
      .then(() => (intents === this.intents || this.signal.aborted ? undefined : this.read(key, ask, list)));
    this.underWay.set(key, { intents, done: tracked });
    return tracked;
  }

  private putAgent(agent: Agent): void {
    const { agents } = this.state;
    if (agents.value)
      this.replace({ ...this.state, agents: { ...agents, value: put(agents.value, agent, ({ id }) => id) } });
  }

  private putTask(task: Task): void {
    const { tasks } = this.state;
    if (tasks.value)
      this.replace({ ...this.state, tasks: { ...tasks, value: put(tasks.value, task, ({ id }) => id) } });
  }

  private within(options?: CallOptions): CallOptions {
    return { ...options, signal: options?.signal ? AbortSignal.any([options.signal, this.signal]) : this.signal };
  }

  private replace(read: OrganizationSnapshot): void {
    if (read === this.state || this.signal.aborted) return;
    const next = withPastEnds(this.state, read);
    const changes = changesBetween(this.state, next);
    this.state = next;
    if (changes.length > 0) this.changed.fire(changes);
  }
}

function put<T>(list: readonly T[], item: T, idOf: (item: T) => unknown): readonly T[] {
  const next = list.some((known) => idOf(known) === idOf(item))
    ? list.map((known) => (idOf(known) === idOf(item) ? item : known))
    : [...list, item];
  return keepIdentity(list, next, idOf);
}

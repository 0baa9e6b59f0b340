import * as vscode from 'vscode';
import type { Task } from '../core/api/model';
import type { Clock } from '../core/base/clock';
import type { OrganizationChange } from '../core/organization/snapshot';
import type { AgentsSession, SessionSource } from '../core/organization/session';
import { say } from '../core/words/words';
import type { Tree } from '../ui/treeItems';
import { AgentNode } from './nodes/agentNode';
import { MessageNode, problemNode } from './nodes/messageNode';
import type { ExplorerNode } from './nodes/node';
import { TaskWatch } from './taskWatch';
import { TEXTS } from './texts';

/** The tree of agents, tasks and deployments. It reads the store and redraws only the rows that changed. */
export class Explorer implements vscode.Disposable {
  private readonly drawAgain = new vscode.EventEmitter<ExplorerNode | ExplorerNode[] | undefined>();
  readonly onDidChangeTreeData = this.drawAgain.event;
  private agents = new Map<number, AgentNode>();
  private storeSubscription: { dispose(): void } | undefined;
  private readonly watch: TaskWatch;
  private readonly disposables: { dispose(): void }[] = [];

  constructor(
    private readonly sessions: SessionSource,
    clock: Clock,
    private readonly view: Tree<ExplorerNode>,
  ) {
    this.watch = new TaskWatch(sessions, () => this.view.visible, clock);
    this.disposables.push(
      this.watch,
      this.drawAgain,
      sessions.onDidChange((session) => this.follow(session)),
      this.view.onDidChangeVisibility(() => this.watch.visibilityChanged()),
      this.view.onDidChangeSelection(({ selection: [node] }) => {
        void vscode.commands.executeCommand(
          'setContext',
          'quantAgents.selection',
          node?.row().contextValue?.split(';')[0],
        );
      }),
    );
    if (sessions.current) this.follow(sessions.current);
  }

  /**
   * Shows and selects the row of a task, if the tree is visible and the session is current. Never throws: a failure
   * only means that the row is not shown.
   */
  async reveal(session: AgentsSession, { id, agentId }: Task): Promise<void> {
    if (agentId === undefined || session !== this.sessions.current || !this.view.visible) return;
    const agent = this.agentNode(session, agentId);
    await agent.children();
    const node = agent.taskNode(id);
    if (node) await this.view.reveal(node, { select: true, focus: true }).then(undefined, () => undefined);
  }

  async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
    if (node) return [...((await node.children?.()) ?? [])];
    const session = await this.sessions.ready();
    return session ? this.roots(session) : [];
  }

  dispose(): void {
    this.storeSubscription?.dispose();
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async roots(session: AgentsSession): Promise<ExplorerNode[]> {
    const { store } = session;
    // After a failure, `TaskWatch` or the user decides when to read again.
    if (!store.snapshot.agents.value && !store.snapshot.agents.problem)
      await Promise.all([store.refreshAgents(), store.refreshTasks()]);
    // The session changed meanwhile. VS Code asks for the rows of the new one separately.
    if (session !== this.sessions.current) return [];
    this.watch.visibilityChanged();
    const { agents, tasks } = store.snapshot;
    const problem = agents.problem ?? tasks.problem;
    const rows: ExplorerNode[] = problem
      ? [problemNode('problem', problem, agents.value && (agents.problem ? agents : tasks).confirmedAt)]
      : [];
    const unreadable = agents.unreadable + tasks.unreadable;
    if (unreadable > 0) {
      rows.push(
        new MessageNode(
          'unreadable',
          { label: say(TEXTS.couldNotBeRead, unreadable), description: say(TEXTS.showLog) },
          new vscode.ThemeIcon('warning'),
          { id: 'showLog', title: say(TEXTS.showLog) },
        ),
      );
    }
    if (agents.value?.length === 0) {
      rows.push(
        new MessageNode(
          'empty',
          { label: say(TEXTS.noAgents), description: say(TEXTS.createAgent) },
          new vscode.ThemeIcon('add'),
          { id: 'createAgent', title: say(TEXTS.createAgent) },
        ),
      );
    }
    const byName = [...(agents.value ?? [])]
      .sort((a, b) => a.name.localeCompare(b.name) || a.id - b.id)
      .map(({ id }) => id);
    const listed = new Set(byName);
    const unlisted = agents.value
      ? (tasks.value ?? []).flatMap(({ agentId }) => (agentId === undefined || listed.has(agentId) ? [] : [agentId]))
      : [];
    return [...rows, ...[...byName, ...new Set(unlisted)].map((id) => this.agentNode(session, id))];
  }

  private agentNode(session: AgentsSession, agentId: number): AgentNode {
    let node = this.agents.get(agentId);
    if (node?.session !== session) this.agents.set(agentId, (node = new AgentNode(session, agentId)));
    return node;
  }

  private follow(session: AgentsSession | undefined): void {
    this.storeSubscription?.dispose();
    this.agents = new Map();
    this.storeSubscription = session?.store.onDidChange((changes) => this.draw(session, changes));
    const name = session?.organization.name ?? '';
    const isSandbox = session?.account.kind === 'sandbox';
    this.view.describe({
      description: name,
      message: isSandbox ? say(TEXTS.sandbox, name) : '',
    });
    this.watch.sessionChanged();
    this.drawAgain.fire(undefined);
  }

  private draw({ store }: AgentsSession, changes: readonly OrganizationChange[]): void {
    // An unlisted agent has a row only while it has tasks, so its tasks can change the top level.
    if (
      changes.some((change) => change.kind === 'agents' || (change.kind === 'agent' && !store.agent(change.agentId)))
    ) {
      this.drawAgain.fire(undefined);
      return;
    }
    const nodes = new Set<ExplorerNode>();
    for (const change of changes) {
      const node = this.nodeOf(change);
      // A row without a node is new. Its parent changed too, and redrawing the parent creates it.
      if (node) nodes.add(node);
    }
    if (nodes.size > 0) this.drawAgain.fire([...nodes]);
  }

  private nodeOf(change: OrganizationChange): ExplorerNode | undefined {
    switch (change.kind) {
      case 'agents':
        return undefined;
      case 'agent':
        return this.agents.get(change.agentId);
      case 'task':
        return this.taskNode(change.taskId);
      case 'deployment':
        return this.taskNode(change.taskId)?.deploymentNode(change.deploymentId);
    }
  }

  private taskNode(taskId: number) {
    for (const agent of this.agents.values()) {
      const node = agent.taskNode(taskId);
      if (node) return node;
    }
    return undefined;
  }
}

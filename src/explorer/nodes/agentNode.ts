import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import type { Agent } from '../../core/api/model';
import { agentDescription } from '../../core/organization/describe';
import { MessageNode, problemNode } from './messageNode';
import type { ExplorerNode } from './node';
import { TaskNode } from './taskNode';
import { facts } from './tooltip';

/** An agent, or what is left of one that is not in the organization's list while its tasks still are. */
export class AgentNode implements ExplorerNode {
  readonly key: string;
  private readonly tasks = new Map<number, TaskNode>();

  constructor(readonly session: AgentsSession, readonly agentId: number) {
    this.key = `agent ${String(agentId)}`;
  }

  get agent(): Agent | undefined {
    return this.session.store.agent(this.agentId);
  }

  taskNode(taskId: number): TaskNode | undefined {
    return this.tasks.get(taskId);
  }

  item(): vscode.TreeItem {
    const { agent } = this;
    const tasks = this.session.store.tasksOf(this.agentId);
    const item = new vscode.TreeItem(agent?.name ?? `Agent ${String(this.agentId)}`, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = this.key;
    item.description = agent ? agentDescription(agent, tasks) : 'not in the list of agents';
    item.contextValue = agent ? 'agent' : 'unlistedAgent';
    item.iconPath = tasks.some(({ active }) => active.length > 0)
      ? new vscode.ThemeIcon('robot', new vscode.ThemeColor('charts.blue'))
      : new vscode.ThemeIcon(agent ? 'robot' : 'question');
    item.accessibilityInformation = { label: `Agent ${String(item.label)}, ${item.description}` };
    return item;
  }

  async children(): Promise<readonly ExplorerNode[]> {
    const { store } = this.session;
    if (!store.snapshot.tasks.value && !store.snapshot.tasks.problem) await store.refreshTasks();
    const { value, problem } = store.snapshot.tasks;
    if (!value && problem) return [problemNode(`${this.key} problem`, problem, undefined, this)];
    const tasks = [...store.tasksOf(this.agentId)].sort((a, b) => (b.created ?? 0) - (a.created ?? 0) || b.id - a.id);
    if (tasks.length === 0) {
      return [new MessageNode(`${this.key} empty`, { label: 'No tasks yet', description: 'Create Task' }, new vscode.ThemeIcon('add'), { id: 'createTask', title: 'Create Task', arguments: [this] }, this)];
    }
    return tasks.map(({ id }) => {
      let node = this.tasks.get(id);
      if (!node) this.tasks.set(id, node = new TaskNode(this.session, id, this));
      return node;
    });
  }

  tooltip(): vscode.MarkdownString {
    const { agent } = this;
    return facts(agent?.name ?? 'Agent', [
      ['Model', agent ? agent.model ?? "the organization's default" : undefined],
      ['Reasoning effort', agent?.reasoningEffort],
      ['Turns at most', agent?.maxTurns],
      ['Tools', agent?.tools?.length],
      ['Author', agent?.author?.name],
      ['Updated', agent?.updated],
      ['ID', this.agentId],
    ], agent?.description);
  }
}

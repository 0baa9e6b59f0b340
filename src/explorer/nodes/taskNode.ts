import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import type { Task } from '../../core/api/model';
import { statusLook, taskDescription } from '../../core/organization/describe';
import { DeploymentNode } from './deploymentNode';
import { MessageNode, problemNode } from './messageNode';
import type { ExplorerNode } from './node';
import { facts } from './tooltip';

export class TaskNode implements ExplorerNode {
  readonly key: string;
  private readonly deployments = new Map<string, DeploymentNode>();

  constructor(readonly session: AgentsSession, readonly taskId: number, readonly parent: ExplorerNode) {
    this.key = `task ${String(taskId)}`;
  }

  get task(): Task | undefined {
    return this.session.store.task(this.taskId);
  }

  /** The row of a deployment, if it is on screen. */
  deploymentNode(deploymentId: string): DeploymentNode | undefined {
    return this.deployments.get(deploymentId);
  }

  item(): vscode.TreeItem {
    const { task } = this;
    const item = new vscode.TreeItem(task?.name ?? `Task ${String(this.taskId)}`, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = this.key;
    if (!task) return item;
    item.description = taskDescription(task);
    item.contextValue = `task;${task.active.length > 0 ? 'active' : 'idle'}`;
    const [first] = task.active;
    if (first) {
      const look = statusLook((task.active.find(({ status }) => status.toLowerCase() === 'running') ?? first).status);
      item.iconPath = new vscode.ThemeIcon(look.icon, look.color === undefined ? undefined : new vscode.ThemeColor(look.color));
    } else {
      item.iconPath = new vscode.ThemeIcon(task.schedule ? 'calendar' : 'checklist');
    }
    item.accessibilityInformation = { label: `Task ${task.name}, ${item.description}` };
    return item;
  }

  async children(): Promise<readonly ExplorerNode[]> {
    const { store } = this.session;
    const held = store.deploymentsOf(this.taskId);
    if (!held.value && !held.problem) await store.refreshDeployments(this.taskId);
    const { value, problem, confirmedAt } = store.deploymentsOf(this.taskId);
    const rows: ExplorerNode[] = problem ? [problemNode(`${this.key} problem`, problem, value && confirmedAt, this)] : [];
    if (value?.length === 0) {
      rows.push(new MessageNode(`${this.key} empty`, { label: 'Never deployed', description: 'Deploy Task' }, new vscode.ThemeIcon('play'), { id: 'deployTask', title: 'Deploy Task', arguments: [this] }, this));
    }
    for (const { deploymentId } of value ?? []) {
      let node = this.deployments.get(deploymentId);
      if (!node) this.deployments.set(deploymentId, node = new DeploymentNode(this.session, deploymentId, this.taskId, this));
      rows.push(node);
    }
    return rows;
  }

  tooltip(): vscode.MarkdownString {
    const { task } = this;
    return facts(task?.name ?? 'Task', [
      ['Project', task?.projectId],
      ['Projects', task?.projectPreference],
      ['Schedule', task?.scheduleHuman ?? task?.schedule],
      ['Owner', task?.owner?.name],
      ['Created', task?.created],
      ['Last deployed', task?.lastDeploymentTime],
      ['ID', this.taskId],
    ], task?.prompt);
  }
}

import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import type { Task } from '../../core/api/model';
import { taskDescription } from '../../core/organization/describe';
import { DeploymentNode } from './deploymentNode';
import { MessageNode, problemNode } from './messageNode';
import type { ExplorerNode } from './node';
import { say, type Text } from '../../core/words/words';
import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';
import { instant } from './instants';
import { runIcon } from './runIcon';
import { TEXTS } from '../texts';

export class TaskNode implements ExplorerNode {
  readonly key: string;
  private readonly deployments = new Map<string, DeploymentNode>();

  constructor(
    readonly session: AgentsSession,
    readonly taskId: number,
    readonly parent: ExplorerNode,
  ) {
    this.key = `task ${String(taskId)}`;
  }

  get task(): Task | undefined {
    return this.session.store.task(this.taskId);
  }

  /** The row of a deployment, if this node has created it. */
  deploymentNode(deploymentId: string): DeploymentNode | undefined {
    return this.deployments.get(deploymentId);
  }

  row(): TreeRow {
    const { task } = this;
    const label: Text = task?.name ?? say(TEXTS.taskId, this.taskId);
    if (!task) return { id: this.key, label, isFoldable: true };
    const active = this.session.store.activeRuns(task);
    const description = taskDescription(task, active);
    const state = active.find(({ kind }) => kind === 'running') ?? active[0];
    return {
      id: this.key,
      label,
      description,
      isFoldable: true,
      contextValue: `task;${state ? 'active' : 'idle'}`,
      icon: state ? runIcon(state) : new vscode.ThemeIcon(task.schedule ? 'calendar' : 'checklist'),
      spoken: say(TEXTS.spokenTask, label, description),
    };
  }

  async children(): Promise<readonly ExplorerNode[]> {
    const { store } = this.session;
    const current = store.deploymentsOf(this.taskId);
    if (!current.value && !current.problem) await store.refreshDeployments(this.taskId);
    const { value, problem, confirmedAt } = store.deploymentsOf(this.taskId);
    const rows: ExplorerNode[] = problem
      ? [problemNode(`${this.key} problem`, problem, value && confirmedAt, this)]
      : [];
    if (value?.length === 0) {
      rows.push(
        new MessageNode(
          `${this.key} empty`,
          { label: say(TEXTS.neverDeployed), description: say(TEXTS.deployTask) },
          new vscode.ThemeIcon('play'),
          { id: 'deployTask', title: say(TEXTS.deployTask), arguments: [this] },
          this,
        ),
      );
    }
    for (const { deploymentId } of value ?? []) {
      let node = this.deployments.get(deploymentId);
      if (!node)
        this.deployments.set(deploymentId, (node = new DeploymentNode(this.session, deploymentId, this.taskId, this)));
      rows.push(node);
    }
    return rows;
  }

  facts(): Facts {
    const { task } = this;
    return {
      title: task?.name ?? say(TEXTS.task),
      text: task?.prompt,
      rows: [
        [say(TEXTS.project), task?.projectId],
        [say(TEXTS.projects), task?.projectPreference],
        [say(TEXTS.schedule), task?.scheduleHuman ?? task?.schedule],
        [say(TEXTS.owner), task?.owner?.name],
        [say(TEXTS.created), instant(task?.created)],
        [say(TEXTS.lastDeployed), instant(task?.lastDeploymentTime)],
        [say(TEXTS.id), this.taskId],
      ],
    };
  }
}

import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import type { Agent } from '../../core/api/model';
import { agentDescription } from '../../core/organization/describe';
import { MessageNode, problemNode } from './messageNode';
import type { ExplorerNode } from './node';
import { TaskNode } from './taskNode';
import { say, type Text } from '../../core/words/words';
import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';
import { instant } from './instants';
import { TEXTS } from '../texts';

/** The row of an agent. It also shows an agent that is missing from the list while its tasks are still there. */
export class AgentNode implements ExplorerNode {
  readonly key: string;
  private readonly tasks = new Map<number, TaskNode>();

  constructor(
    readonly session: AgentsSession,
    readonly agentId: number,
  ) {
    this.key = `agent ${String(agentId)}`;
  }

  get agent(): Agent | undefined {
    return this.session.store.agent(this.agentId);
  }

  taskNode(taskId: number): TaskNode | undefined {
    return this.tasks.get(taskId);
  }

  row(): TreeRow {
    const { agent } = this;
    const { store } = this.session;
    const tasks = store.tasksOf(this.agentId).length;
    const active = store.activeRunCount(this.agentId);
    const label: Text = agent?.name ?? say(TEXTS.agentId, this.agentId);
    const description: Text = agent ? agentDescription(agent, tasks, active) : say(TEXTS.notListed);
    return {
      id: this.key,
      label,
      description,
      isFoldable: true,
      contextValue: agent ? 'agent' : 'unlistedAgent',
      icon:
        active > 0
          ? new vscode.ThemeIcon('robot', new vscode.ThemeColor('charts.blue'))
          : new vscode.ThemeIcon(agent ? 'robot' : 'question'),
      spoken: say(TEXTS.spokenAgent, label, description),
    };
  }

  async children(): Promise<readonly ExplorerNode[]> {
    const { store } = this.session;
    if (!store.snapshot.tasks.value && !store.snapshot.tasks.problem) await store.refreshTasks();
    const { value, problem } = store.snapshot.tasks;
    if (!value && problem) return [problemNode(`${this.key} problem`, problem, undefined, this)];
    const tasks = [...store.tasksOf(this.agentId)].sort((a, b) => (b.created ?? 0) - (a.created ?? 0) || b.id - a.id);
    if (tasks.length === 0) {
      return [
        new MessageNode(
          `${this.key} empty`,
          { label: say(TEXTS.noTasks), description: say(TEXTS.createTask) },
          new vscode.ThemeIcon('add'),
          { id: 'createTask', title: say(TEXTS.createTask), arguments: [this] },
          this,
        ),
      ];
    }
    return tasks.map(({ id }) => {
      let node = this.tasks.get(id);
      if (!node) this.tasks.set(id, (node = new TaskNode(this.session, id, this)));
      return node;
    });
  }

  facts(): Facts {
    const { agent } = this;
    return {
      title: agent?.name ?? say(TEXTS.agent),
      text: agent?.description,
      rows: [
        [say(TEXTS.model), agent ? (agent.model ?? say(TEXTS.defaultModel)) : undefined],
        [say(TEXTS.reasoningEffort), agent?.reasoningEffort],
        [say(TEXTS.maxTurns), agent?.maxTurns],
        [say(TEXTS.tools), agent?.tools?.length],
        [say(TEXTS.author), agent?.author?.name],
        [say(TEXTS.updated), instant(agent?.updated)],
        [say(TEXTS.id), this.agentId],
      ],
    };
  }
}

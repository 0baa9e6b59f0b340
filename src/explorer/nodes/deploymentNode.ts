import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import { hasEnded, type Deployment, type EpochMs } from '../../core/api/model';
import { deploymentDescription, statusLook } from '../../core/organization/describe';
import { qualified } from '../../commands/commandIds';
import type { ExplorerNode } from './node';
import { facts } from './tooltip';

export class DeploymentNode implements ExplorerNode {
  readonly key: string;

  constructor(readonly session: AgentsSession, readonly deploymentId: string, readonly taskId: number, readonly parent: ExplorerNode) {
    this.key = `deployment ${deploymentId}`;
  }

  /** As the snapshot has it now; undefined once it was deleted. */
  get deployment(): Deployment | undefined {
    return this.session.store.deployment(this.deploymentId);
  }

  item(): vscode.TreeItem {
    const { deployment } = this;
    const item = new vscode.TreeItem(deployment?.created === undefined ? this.deploymentId : shortInstant(deployment.created));
    item.id = this.key;
    item.command = { command: qualified('openConversation'), title: 'Open Conversation', arguments: [this] };
    if (!deployment) return item;
    const look = statusLook(deployment.status);
    item.description = deploymentDescription(deployment);
    item.iconPath = new vscode.ThemeIcon(look.icon, look.color === undefined ? undefined : new vscode.ThemeColor(look.color));
    item.contextValue = `deployment;${hasEnded(deployment) ? 'ended' : 'active'}${this.session.account.kind === 'sandbox' ? '' : ';web'}`;
    item.accessibilityInformation = { label: `Deployment of ${String(item.label)}, ${item.description}` };
    return item;
  }

  tooltip(): vscode.MarkdownString {
    const { deployment } = this;
    return facts('Deployment', [
      ['Status', deployment?.status],
      ['Runtime error', deployment?.runtimeError],
      ['Model', deployment?.model],
      ['Created', deployment?.created],
      ['Started', deployment?.started],
      ['Ended', deployment?.ended],
      ['Project', deployment?.projectId],
      ['ID', this.deploymentId],
    ]);
  }
}

function shortInstant(instant: EpochMs): string {
  return new Date(instant).toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

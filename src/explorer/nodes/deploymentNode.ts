import * as vscode from 'vscode';
import type { AgentsSession } from '../../core/organization/session';
import { hasEnded, type Deployment, type EpochMs } from '../../core/api/model';
import { deploymentDescription, statusLook } from '../../core/organization/describe';
import { qualified } from '../../core/commandIds';
import type { ExplorerNode } from './node';
import { given, say, type Text } from '../../core/words/words';
import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';
import { instant } from './instants';

export class DeploymentNode implements ExplorerNode {
  readonly key: string;

  constructor(
    readonly session: AgentsSession,
    readonly deploymentId: string,
    readonly taskId: number,
    readonly parent: ExplorerNode,
  ) {
    this.key = `deployment ${deploymentId}`;
  }

  /** As the snapshot has it now; undefined once it was deleted. */
  get deployment(): Deployment | undefined {
    return this.session.store.deployment(this.deploymentId);
  }

  row(): TreeRow {
    const { deployment } = this;
    const label: Text = given(deployment?.created === undefined ? this.deploymentId : shortInstant(deployment.created));
    const command = { id: qualified('openConversation'), title: say('Open Conversation'), arguments: [this] };
    if (!deployment) return { id: this.key, label, command };
    const { icon, color } = statusLook(deployment.status);
    const description = deploymentDescription(deployment);
    return {
      id: this.key,
      label,
      command,
      description,
      icon: new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color)),
      contextValue: `deployment;${hasEnded(deployment) ? 'ended' : 'active'}${this.session.account.kind === 'sandbox' ? '' : ';web'}`,
      spoken: say('Deployment of {0}, {1}', label, description),
    };
  }

  facts(): Facts {
    const { deployment } = this;
    return {
      title: say('Deployment'),
      rows: [
        [say('Status'), deployment?.status],
        [say('Runtime error'), deployment?.runtimeError],
        [say('Model'), deployment?.model],
        [say('Created'), instant(deployment?.created)],
        [say('Started'), instant(deployment?.started)],
        [say('Ended'), instant(deployment?.ended)],
        [say('Project'), deployment?.projectId],
        [say('ID'), this.deploymentId],
      ],
    };
  }
}

function shortInstant(instant: EpochMs): string {
  return new Date(instant).toLocaleString([], { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
}

import type { AgentsSession } from '../../core/organization/session';
import type { Deployment } from '../../core/api/model';
import { deploymentDescription } from '../../core/organization/describe';
import { runStateOf } from '../../core/organization/status/runState';
import type { RunTime } from '../../core/organization/status/runTime';
import { runTimeWords } from '../../core/organization/status/runTimeWords';
import { qualified } from '../../core/commandIds';
import { formatDate } from '../../core/words/dates';
import type { ExplorerNode } from './node';
import { given, say, type Text } from '../../core/words/words';
import type { Facts } from '../../ui/markdown';
import type { TreeRow } from '../../ui/treeItems';
import { instant } from './instants';
import { runIcon } from './runIcon';
import { TEXTS } from '../texts';

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

  /** The deployment as the snapshot has it now. Undefined after it was deleted. */
  get deployment(): Deployment | undefined {
    return this.session.store.deployment(this.deploymentId);
  }

  row(): TreeRow {
    const { deployment } = this;
    const label: Text = given(
      deployment?.created === undefined ? this.deploymentId : formatDate(deployment.created, 'row'),
    );
    const command = { id: qualified('openConversation'), title: say(TEXTS.openConversation), arguments: [this] };
    if (!deployment) return { id: this.key, label, command };
    const state = runStateOf(deployment);
    const time = this.session.store.runTime(deployment);
    const description = deploymentDescription(deployment, time);
    return {
      id: this.key,
      label,
      command,
      description,
      icon: runIcon(state),
      contextValue: `deployment;${state.isOver ? 'ended' : 'active'}${this.session.account.kind === 'sandbox' ? '' : ';web'}`,
      spoken: say(TEXTS.spokenDeployment, label, description),
    };
  }

  facts(): Facts {
    const { deployment } = this;
    return {
      title: say(TEXTS.deployment),
      rows: [
        [say(TEXTS.status), deployment && runStateOf(deployment).word],
        [say(TEXTS.runtimeError), deployment?.runtimeError],
        [say(TEXTS.model), deployment?.model],
        [say(TEXTS.created), instant(deployment?.created)],
        [say(TEXTS.started), instant(deployment?.started)],
        [say(TEXTS.ended), instant(deployment?.ended)],
        [say(TEXTS.worked), workedWords(deployment && this.session.store.runTime(deployment))],
        [say(TEXTS.project), deployment?.projectId],
        [say(TEXTS.id), this.deploymentId],
      ],
    };
  }
}

/** Undefined while a turn is running, because the tooltip would show a time that does not count up. */
function workedWords(time: RunTime | undefined): Text | undefined {
  if (!time || time.since !== undefined) return undefined;
  const words = runTimeWords(time);
  return time.bound === 'atMost' ? say(TEXTS.includingPauses, words) : words;
}

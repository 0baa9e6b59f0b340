import type { Conversation, Deployment } from '../../core/api/model';
import type { DeploymentFacts } from '../../core/organization/status/deploymentFacts';
import type { AgentsSession } from '../../core/organization/session';
import { projectPage } from '../../core/organization/webPages';

/**
 * What the session knows of a deployment: the same for the panel's header, for exports and for comparisons.
 * @param conversation as the API answered it last, where it did.
 * @param before what was known earlier: a task or agent that was deleted keeps its name where its runs are shown.
 */
export function factsOf(
  { store, account }: AgentsSession,
  deploymentId: string,
  conversation: Conversation | undefined,
  before?: Pick<DeploymentFacts, 'taskName' | 'agentName'>,
): DeploymentFacts {
  const known = store.deployment(deploymentId);
  const deployment: Partial<Deployment> = known ?? {};
  const task = deployment.taskId === undefined ? undefined : store.task(deployment.taskId);
  const agentId = deployment.agentId ?? task?.agentId;
  const agent = agentId === undefined ? undefined : store.agent(agentId);
  const projectId = deployment.projectId ?? conversation?.projectId;
  const { created, started, ended, runtimeError } = deployment;
  return {
    deploymentId,
    taskName: task?.name ?? before?.taskName ?? 'Conversation',
    agentName: agent?.name ?? (before?.agentName || (agentId === undefined ? '' : `Agent ${String(agentId)}`)),
    status: deployment.status ?? '',
    sandbox: account.kind === 'sandbox',
    ...present({
      model: deployment.model ?? agent?.model,
      created,
      started,
      ended,
      runTime: known && store.runTime(known),
      runtimeError,
      projectId,
      inputTokens: conversation?.inputTokens,
      outputTokens: conversation?.outputTokens,
      projectUrl: account.kind === 'sandbox' || projectId === undefined ? undefined : projectPage(projectId),
    }),
  };
}

/** Left out rather than undefined, so that two readings of the same are the same text. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

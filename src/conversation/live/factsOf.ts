import type { Conversation, Deployment } from '../../core/api/model';
import type { DeploymentFacts } from '../../core/organization/status/deploymentFacts';
import type { AgentsSession } from '../../core/organization/session';
import { projectPage } from '../../core/organization/webPages';
import { render } from '../../core/words/render';
import { say } from '../../core/words/words';
import { TEXTS } from './texts';

/**
 * What the session knows about a deployment. Panel header, exports and comparisons use the same facts.
 * @param conversation the last answer of the API, if there is one.
 * @param before what was known earlier. A deleted task or agent keeps its name where its runs are shown.
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
    taskName: task?.name ?? before?.taskName ?? render(say(TEXTS.conversation), 'page'),
    agentName:
      agent?.name ?? (before?.agentName || (agentId === undefined ? '' : render(say(TEXTS.agentId, agentId), 'page'))),
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

/** Leaves the key out instead of setting undefined, so that equal facts have equal JSON. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

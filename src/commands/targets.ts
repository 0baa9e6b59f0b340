import type { Agent, Deployment, Task } from '../core/api/model';
import { Obstacle } from '../core/words/obstacle';
import { say, type Text } from '../core/words/words';
import type { AgentsSession } from '../core/organization/session';
import { AgentNode } from '../explorer/nodes/agentNode';
import { DeploymentNode } from '../explorer/nodes/deploymentNode';
import { TaskNode } from '../explorer/nodes/taskNode';
import type { CommandServices } from './command';
import { isDeploymentTarget } from '../core/commandIds';

/** What a command acts on: the row it was called on, else the one that the user picks. Undefined: the user gave up. */
export interface Target<T> {
  readonly session: AgentsSession;
  readonly on: T;
}

export async function targetAgent(
  services: CommandServices,
  node: unknown,
  title: Text,
): Promise<Target<Agent> | undefined> {
  const session = await services.sessions.require();
  if (!session) return undefined;
  const agent =
    node instanceof AgentNode
      ? held(session, node, node.agent, 'agent')
      : await services.pickers.pickAgent(session, { title });
  return agent && { session, on: agent };
}

export async function targetTask(
  services: CommandServices,
  node: unknown,
  title: Text,
): Promise<Target<Task> | undefined> {
  const session = await services.sessions.require();
  if (!session) return undefined;
  const task =
    node instanceof TaskNode
      ? held(session, node, node.task, 'task')
      : await services.pickers.pickTask(session, { title });
  return task && { session, on: task };
}

/** From the palette, the conversation that is in front is meant. */
export async function targetDeployment(
  services: CommandServices,
  node: unknown,
  title: Text,
  only: (deployment: Deployment) => boolean = () => true,
): Promise<Target<Deployment> | undefined> {
  const session = await services.sessions.require();
  if (!session) return undefined;
  if (node instanceof DeploymentNode) return { session, on: held(session, node, node.deployment, 'deployment') };
  if (isDeploymentTarget(node))
    return {
      session,
      on: session.store.deployment(node.deploymentId) ?? (await session.store.readDeployment(node.deploymentId)),
    };
  const inFront = node instanceof TaskNode ? undefined : services.conversations.current?.panels.inFront;
  if (inFront?.session === session && only(inFront.deployment)) return { session, on: inFront.deployment };
  const task =
    node instanceof TaskNode
      ? held(session, node, node.task, 'task')
      : await services.pickers.pickTask(session, { title });
  if (!task) return undefined;
  const deployment = await services.pickers.pickDeployment(session, task, { title, only });
  return deployment && { session, on: deployment };
}

/** What a row stands for, in the session that is active: a row of another one must not act in this. */
function held<T>(
  session: AgentsSession,
  row: { readonly session: AgentsSession },
  thing: T | undefined,
  noun: string,
): T {
  if (row.session !== session)
    throw new Obstacle(say('The account or organization was switched; this {0} belongs to the one before.', noun));
  if (thing === undefined)
    throw new Obstacle(say('This {0} is not in the organization any more. Refresh the view to see what is.', noun));
  return thing;
}

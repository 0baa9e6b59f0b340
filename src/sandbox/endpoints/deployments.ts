import { chooseScript } from '../agents/chooseScript';
import { castOf, DEFAULT_MODEL } from '../cast';
import type { Cloud } from '../cloud';
import { calledSubAgentsAt, endOf, messagesAt, subAgentMessagesAt, tokensAt } from '../playback';
import { apiDate } from '../dates';
import type { JsonObject } from '../json';
import { seedOf } from '../random';
import { Refusal } from '../refusal';
import type { StoredAgent, StoredDeployment, StoredTurn } from '../state';
import { agentAnswer } from './agents';
import type { Endpoint } from './endpoint';

const LEAN_VERSION = 17_214;
/** The time that the real service may need between the end of a run and the next start. */
const HANDOVER_MS = 400;

export const createDeployment: Endpoint = (cloud, fields) => {
  const task = cloud.task(fields.integer('taskId'));
  const agent = cloud.agent(task.agentId);
  const reused = task.projectPreference === 'project-for-task' ? task.projectId : null;
  const projectId = reused ?? cloud.number('project');
  if (task.projectPreference === 'project-for-task' && task.projectId === null) {
    cloud.change({ tasks: cloud.state.tasks.map((other) => (other === task ? { ...task, projectId } : other)) });
  }
  const number = cloud.number('deployment');
  const deploymentId = `A-${cloud.hex(`deployment ${String(number)}`, 32)}`;
  const cast = castOf(cloud.state.agents, agent);
  const deployment: StoredDeployment = {
    deploymentId,
    number,
    taskId: task.id,
    projectId,
    model: agent.model ?? DEFAULT_MODEL,
    tools: agent.tools,
    ...cast,
    turns: [
      newTurn(cloud, { deploymentId, prompt: task.prompt, role: cast.agent.role, index: 0, startedAt: cloud.now }),
    ],
  };
  cloud.change({ deployments: [...cloud.state.deployments, deployment] });
  return {
    deployment: deploymentAnswer(cloud, deployment),
    debug: { id: deploymentId, taskId: task.id, agent: agentAnswer(cloud, agent) },
  };
};

export const readDeployment: Endpoint = (cloud, fields) => ({
  deployment: deploymentAnswer(cloud, cloud.deployment(fields.text('deploymentId'))),
});

/** Oldest first. The real order is unpublished, so a client must sort. */
export const listDeployments: Endpoint = (cloud, fields) => {
  const { id } = cloud.task(fields.integer('taskId'));
  return { deployments: cloud.deploymentsOf(id).map((deployment) => deploymentAnswer(cloud, deployment)) };
};

export const promptDeployment: Endpoint = (cloud, fields) => {
  const deployment = cloud.deployment(fields.text('deploymentId'));
  const prompt = fields.text('prompt');
  const last = cloud.play(deployment).at(-1);
  const free = last ? endOf(last) : cloud.now;
  const waits = free > cloud.now;
  if (waits && cloud.options.promptWhileRunning === 'reject')
    throw new Refusal('The deployment is still running. Wait until it ends, or stop it first.');
  const turn = newTurn(cloud, {
    deploymentId: deployment.deploymentId,
    prompt,
    role: deployment.agent.role,
    index: deployment.turns.length,
    startedAt: waits ? free + HANDOVER_MS / cloud.options.speed : cloud.now,
  });
  cloud.put({ ...deployment, turns: [...deployment.turns, turn] });
  return { message: 'Prompt run started.' };
};

/** The run stays as it is now. Prompts that waited for its end appear in the conversation, unanswered. */
export const stopDeployment: Endpoint = (cloud, fields) => {
  const deployment = cloud.deployment(fields.text('deploymentId'));
  const { now } = cloud;
  const played = cloud.play(deployment);
  if (played.every((turn) => endOf(turn) <= now)) throw new Refusal('The deployment is not running.');
  const [first, ...later] = played.map((turn) => (endOf(turn) <= now ? turn.turn : stopped(turn.turn, now)));
  if (first) cloud.put({ ...deployment, turns: [first, ...later] });
  return {};
};

export const deleteDeployment: Endpoint = (cloud, fields) => {
  const { deploymentId } = cloud.deployment(fields.text('deploymentId'));
  cloud.change({ deployments: cloud.state.deployments.filter((other) => other.deploymentId !== deploymentId) });
  return {};
};

export const readConversation: Endpoint = (cloud, fields) => {
  const deployment = cloud.deployment(fields.text('deploymentId'));
  const callableId = fields.optionalText('callableId');
  const { now } = cloud;
  const played = cloud.play(deployment);
  const messages =
    callableId === undefined || callableId === ''
      ? messagesAt(deployment, played, now)
      : subAgentMessagesAt(played, callableId, now);
  if (!messages) throw new Refusal(`Conversation ${String(callableId)} was not found.`);
  const task = cloud.task(deployment.taskId);
  const taking = [deployment.agent, ...deployment.others];
  const called = calledSubAgentsAt(played, now);
  return {
    conversation: {
      id: deployment.deploymentId,
      userId: Number(cloud.options.userId),
      organizationId: task.organizationId,
      channel: `agents-${deployment.deploymentId}`,
      projectId: deployment.projectId,
      prompt: deployment.turns[0].prompt,
      agents: cloud.state.agents
        .filter(({ id }) => taking.some((member) => member.id === id))
        .map((agent) => agentAnswer(cloud, agent)),
      notificationTargets: [],
      messages,
      // An empty map arrives as an empty list in this API family.
      agentProperties:
        called.length === 0
          ? []
          : Object.fromEntries(called.map(({ callableId: id, agentId, name }) => [id, { agentId, name }])),
      chatMessages: [],
      ...tokensAt(played, now),
      aggregateStatus: cloud.runState(deployment).status,
    },
  };
};

function deploymentAnswer(cloud: Cloud, deployment: StoredDeployment): JsonObject {
  const { deploymentId, agent, taskId, model, tools, projectId } = deployment;
  const [{ prompt, promptedAt }] = deployment.turns;
  const { status, started, ended, runtimeError } = cloud.runState(deployment);
  return {
    deploymentId,
    agentId: agent.id,
    status,
    taskId,
    model,
    created: apiDate(promptedAt),
    started: started === undefined ? null : apiDate(started),
    ended: ended === undefined ? null : apiDate(ended),
    machine: started === undefined ? null : 'A-8',
    mcpTools: tools,
    hostName: started === undefined ? null : `agents-${deploymentId.slice(2, 10)}`,
    prompt,
    projectId,
    versionId: LEAN_VERSION,
    runtimeError: runtimeError ?? null,
  };
}

function newTurn(
  cloud: Cloud,
  {
    deploymentId,
    prompt,
    role,
    index,
    startedAt,
  }: {
    deploymentId: string;
    prompt: string;
    role: StoredAgent['role'];
    index: number;
    startedAt: number;
  },
): StoredTurn {
  return {
    prompt,
    scriptId: chooseScript(prompt, role, index > 0),
    seed: seedOf(`${String(cloud.state.seed)} ${deploymentId} ${String(index)}`),
    promptedAt: cloud.now,
    startedAt,
    speed: cloud.options.speed,
  };
}

function stopped(turn: StoredTurn, now: number): StoredTurn {
  return { ...turn, startedAt: Math.min(turn.startedAt, now), stoppedAt: now };
}

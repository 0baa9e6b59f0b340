import type { Cloud } from '../cloud';
import { apiDate } from '../dates';
import type { JsonObject } from '../json';
import { Refusal } from '../refusal';
import type { StoredTask } from '../state';
import { OWNER, type Endpoint } from './endpoint';

const PROJECT_PREFERENCES = ['project-each-task-deployment', 'project-for-task'];

export const listTasks: Endpoint = (cloud, fields) => {
  const { id } = cloud.organization(fields.text('organizationId'));
  return {
    tasks: cloud.state.tasks
      .filter(({ organizationId }) => organizationId === id)
      .map((task) => taskAnswer(cloud, task)),
  };
};

export const createTask: Endpoint = (cloud, fields) => {
  const { id: organizationId } = cloud.organization(fields.text('organizationId'));
  const agent = cloud.agent(fields.integer('agentId'));
  if (agent.organizationId !== organizationId)
    throw new Refusal(`Agent ${String(agent.id)} does not belong to this organization.`);
  const name = fields.text('name');
  const prompt = fields.text('prompt');
  const projectPreference = fields.oneOf('projectPreference', PROJECT_PREFERENCES);
  const task: StoredTask = {
    id: cloud.number('task'),
    organizationId,
    agentId: agent.id,
    name: name.trim(),
    prompt,
    projectPreference,
    projectId: null,
    schedule: null,
    scheduleHuman: null,
    created: cloud.now,
    updated: cloud.now,
  };
  cloud.change({ tasks: [...cloud.state.tasks, task] });
  return { task: taskAnswer(cloud, task) };
};

export const readTask: Endpoint = (cloud, fields) => ({
  task: taskAnswer(cloud, cloud.task(fields.integer('taskId'))),
});

/** Only the name can be changed. Other fields are ignored without a message, and the answer has no task. */
export const updateTask: Endpoint = (cloud, fields) => {
  const before = cloud.task(fields.integer('taskId'));
  const after = { ...before, name: fields.has('name') ? fields.text('name').trim() : before.name, updated: cloud.now };
  cloud.change({ tasks: cloud.state.tasks.map((task) => (task === before ? after : task)) });
  return {};
};

/** Also deletes the task's deployments. */
export const deleteTask: Endpoint = (cloud, fields) => {
  const { id } = cloud.task(fields.integer('taskId'));
  cloud.change({
    tasks: cloud.state.tasks.filter((task) => task.id !== id),
    deployments: cloud.state.deployments.filter(({ taskId }) => taskId !== id),
  });
  return {};
};

function taskAnswer(cloud: Cloud, task: StoredTask): JsonObject {
  const { id, name, organizationId, agentId, prompt, projectId, schedule, scheduleHuman, projectPreference } = task;
  const deployments = cloud.deploymentsOf(id);
  const last = deployments.reduce<(typeof deployments)[number] | undefined>(
    (latest, one) => (!latest || one.turns[0].promptedAt >= latest.turns[0].promptedAt ? one : latest),
    undefined,
  );
  const status = deployments
    .map((deployment) => ({ deploymentId: deployment.deploymentId, status: cloud.runState(deployment).status }))
    .filter((entry) => entry.status === 'InQueue' || entry.status === 'Running');
  return {
    id,
    name,
    organizationId,
    agentId,
    prompt,
    deployments: deployments.length,
    lastDeploymentId: last?.number ?? null,
    lastDeploymentTime: last ? apiDate(last.turns[0].promptedAt) : null,
    created: apiDate(task.created),
    updated: apiDate(task.updated),
    projectId,
    owner: OWNER,
    upcomingDeployments: schedule === null ? null : [],
    status,
    schedule,
    scheduleHuman,
    projectPreference,
    notifications: [],
  };
}

import type { Cloud } from '../cloud';
import { apiDate } from '../dates';
import type { Fields } from '../fields';
import type { JsonObject } from '../json';
import { Refusal } from '../refusal';
import type { StoredAgent } from '../state';
import { OWNER, QUANTCONNECT, type Endpoint } from './endpoint';

export const listAgents: Endpoint = (cloud, fields) => {
  const { id } = cloud.organization(fields.text('organizationId'));
  return {
    agents: cloud.state.agents
      .filter(({ organizationId }) => organizationId === id)
      .map((agent) => agentAnswer(cloud, agent)),
  };
};

export const createAgent: Endpoint = (cloud, fields) => {
  const { id: organizationId } = cloud.organization(fields.text('organizationId'));
  const blank: StoredAgent = {
    id: 0,
    organizationId,
    role: 'backtest',
    predefined: false,
    name: fields.text('name'),
    description: '',
    profileImage: 'default-agent.png',
    systemPrompt: '',
    reasoningEffort: 'medium',
    maxTurns: 100,
    toolChoice: 'auto',
    tools: [],
    public: false,
    model: null,
    pipeline: null,
    outputSchema: null,
    chainedAgents: [],
    subAgents: [],
    useQCC: true,
    token: null,
    created: cloud.now,
    updated: cloud.now,
  };
  const agent = changed(cloud, blank, fields);
  const created = { ...agent, id: cloud.number('agent') };
  cloud.change({ agents: [...cloud.state.agents, created] });
  return { agent: agentAnswer(cloud, created) };
};

export const readAgent: Endpoint = (cloud, fields) => ({
  agent: expandedAgentAnswer(cloud, cloud.agent(fields.integer('agentId'))),
});

export const updateAgent: Endpoint = (cloud, fields) => {
  const before = cloud.agent(fields.integer('agentId'));
  const after = { ...changed(cloud, before, fields), updated: cloud.now };
  cloud.change({ agents: cloud.state.agents.map((agent) => (agent === before ? after : agent)) });
  return {};
};

/** Also deletes the agent's tasks and their deployments. */
export const deleteAgent: Endpoint = (cloud, fields) => {
  const { id } = cloud.agent(fields.integer('agentId'));
  const { agents, tasks, deployments } = cloud.state;
  const gone = new Set(tasks.filter(({ agentId }) => agentId === id).map((task) => task.id));
  cloud.change({
    agents: agents.filter((agent) => agent.id !== id),
    tasks: tasks.filter((task) => !gone.has(task.id)),
    deployments: deployments.filter(({ taskId }) => !gone.has(taskId)),
  });
  return {};
};

/** An agent as the API answers it, with the user's own key, as the specification says. */
export function agentAnswer(cloud: Cloud, agent: StoredAgent): JsonObject {
  const {
    id,
    name,
    description,
    profileImage,
    systemPrompt,
    reasoningEffort,
    maxTurns,
    toolChoice,
    tools,
    model,
    pipeline,
    outputSchema,
    chainedAgents,
    subAgents,
    token,
    useQCC,
  } = agent;
  const organization = cloud.organization(agent.organizationId);
  return {
    id,
    name,
    description,
    profileImage,
    systemPrompt,
    reasoningEffort,
    maxTurns,
    toolChoice,
    tools,
    public: agent.public,
    model,
    pipeline,
    outputSchema,
    created: apiDate(agent.created),
    updated: apiDate(agent.updated),
    author: agent.predefined ? QUANTCONNECT : OWNER,
    organization: { id: organization.id, name: organization.name, profile: 'default-organization.png' },
    chainedAgents,
    subAgents,
    token,
    useQCC,
    node: { id: 0, sku: 'A-8' },
  };
}

/** As a single read answers it: with the agents of its chain. */
function expandedAgentAnswer(cloud: Cloud, agent: StoredAgent): JsonObject {
  const chainedAgents = agent.chainedAgents.map((link) => {
    const linked = cloud.state.agents.find(({ id }) => id === link.agentId);
    return linked ? { ...link, agent: agentAnswer(cloud, linked) } : link;
  });
  return { ...agentAnswer(cloud, agent), chainedAgents };
}

function changed(cloud: Cloud, agent: StoredAgent, fields: Fields): StoredAgent {
  const maxTurns = fields.optionalInteger('maxTurns') ?? agent.maxTurns;
  if (maxTurns < 1) throw new Refusal('maxTurns must be at least 1.');
  const token = newToken(fields);
  const useQCC = fields.optionalBoolean('useQCC') ?? (token ? false : agent.useQCC);
  const kept = token ?? agent.token;
  if (!useQCC && !kept) throw new Refusal('token is required when useQCC is false.');
  return {
    ...agent,
    name: fields.has('name') ? fields.text('name') : agent.name,
    description: fields.optionalText('description') ?? agent.description,
    profileImage: fields.optionalText('profileImage') ?? agent.profileImage,
    systemPrompt: fields.optionalText('systemPrompt') ?? agent.systemPrompt,
    reasoningEffort: fields.optionalOneOf('reasoningEffort', ['low', 'medium', 'high']) ?? agent.reasoningEffort,
    maxTurns,
    toolChoice: fields.optionalText('toolChoice') ?? agent.toolChoice,
    tools: fields.optionalTexts('tools') ?? agent.tools,
    public: fields.optionalBoolean('public') ?? agent.public,
    model: fields.optionalText('model') ?? agent.model,
    pipeline: fields.optionalText('pipeline') ?? agent.pipeline,
    chainedAgents:
      fields.optionalEntries('chainedAgents')?.map((entry) => ({
        agentId: cloud.agent(entry.integer('agentId')).id,
        step: entry.integer('step'),
      })) ?? agent.chainedAgents,
    subAgents:
      fields.optionalEntries('subAgents')?.map((entry) => {
        const callableCount = entry.optionalInteger('callableCount');
        return {
          agentId: cloud.agent(entry.integer('agentId')).id,
          ...(callableCount === undefined ? {} : { callableCount }),
        };
      }) ?? agent.subAgents,
    useQCC,
    token: useQCC ? null : kept,
  };
}

function newToken(fields: Fields): StoredAgent['token'] | undefined {
  const entry = fields.optionalEntry('token');
  return entry && { llmProviderApi: entry.text('llmProviderApi'), llmApiTokenUser: entry.text('llmApiTokenUser') };
}

import { describe, expect, it } from 'vitest';
import { EngineUnderTest, NOON, slipIn } from './engines';

interface Task {
  id: number;
  agentId: number;
  name: string;
  prompt: string;
  deployments: number;
  status: { deploymentId: string; status: string }[];
}
interface Deployment {
  deploymentId: string;
  status: string;
  created: string;
  ended: string | null;
  runtimeError: string | null;
}

describe('The first organization', () => {
  const cloud = new EngineUnderTest({ seed: 47 });
  const { organizationId } = cloud;
  const { organizations } = cloud.call<{ organizations: { id: string; name: string; preferred: boolean }[] }>(
    '/organizations/list',
  );
  const { agents } = cloud.call<{
    agents: {
      id: number;
      name: string;
      token: object | null;
      chainedAgents: object[];
      subAgents: object[];
      author: { name: string };
      systemPrompt: string;
    }[];
  }>('/agents/list', { organizationId });
  const { tasks } = cloud.call<{ tasks: Task[] }>('/agents/tasks/list', { organizationId });
  const deployments = tasks.flatMap(
    ({ id }) => cloud.call<{ deployments: Deployment[] }>('/agents/deployments/list', { taskId: id }).deployments,
  );

  it('is one of two', () => {
    expect(organizations).toHaveLength(2);
    expect(organizations.filter(({ preferred }) => preferred).map(({ id }) => id)).toEqual([organizationId]);
    const other = organizations.find(({ id }) => id !== organizationId)?.id ?? '';
    const there = cloud.call<{ agents: { id: number }[] }>('/agents/list', { organizationId: other }).agents;
    expect(there.length).toBe(8);
    expect(there.some(({ id }) => agents.some((agent) => agent.id === id))).toBe(false);
    expect(cloud.call<{ tasks: Task[] }>('/agents/tasks/list', { organizationId: other }).tasks.length).toBeGreaterThan(
      0,
    );
  });

  it('has the predefined agents, one of them with id 47, and some of its own', () => {
    expect(agents.find(({ id }) => id === 47)?.name).toBe('Backtest Agent');
    for (const name of [
      'Conductor',
      'Ideas',
      'Research',
      'Research Validation',
      'Backtest',
      'Paper Testing',
      'Live Monitoring',
      'Mia',
    ]) {
      expect(
        agents.some((agent) => agent.name.startsWith(name) && agent.author.name === 'QuantConnect'),
        name,
      ).toBe(true);
    }
    const own = agents.filter(({ author }) => author.name !== 'QuantConnect');
    expect(own.length).toBeGreaterThanOrEqual(3);
    expect(own.some(({ token }) => token !== null)).toBe(true);
    expect(own.some(({ chainedAgents }) => chainedAgents.length > 1)).toBe(true);
    expect(own.some(({ subAgents }) => subAgents.length > 1)).toBe(true);
  });

  it('has tasks for every agent and some dozens of runs in all states', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(12);
    expect(new Set(tasks.map(({ agentId }) => agentId))).toEqual(new Set(agents.map(({ id }) => id)));
    expect(tasks.reduce((sum, task) => sum + task.deployments, 0)).toBe(deployments.length);
    expect(deployments.length).toBeGreaterThanOrEqual(36);
    const statuses = deployments.map(({ status }) => status);
    for (const status of ['Completed', 'Failed', 'Stopped', 'Running']) expect(statuses).toContain(status);
    expect(statuses.filter((status) => status === 'Running')).toHaveLength(1);
    expect(
      deployments.filter(({ status }) => status === 'Failed').every(({ runtimeError }) => (runtimeError ?? '') !== ''),
    ).toBe(true);
    expect(deployments.every(({ created }) => Date.parse(`${created.replace(' ', 'T')}Z`) <= NOON)).toBe(true);
  });

  it('has one active run, which ends by itself', () => {
    const [active] = tasks.flatMap(({ status }) => status);
    expect(active?.status).toBe('Running');
    const seconds = cloud.finish(active?.deploymentId ?? '');
    expect(seconds).toBeGreaterThan(240);
    expect(cloud.status(active?.deploymentId ?? '')).toBe('Completed');
  });

  it('has a conversation of more than sixty messages, and Python as well as C#', () => {
    const conversations = deployments.map(({ deploymentId }) => cloud.messages(deploymentId));
    expect(Math.max(...conversations.map((messages) => messages.length))).toBeGreaterThan(60);
    const text = JSON.stringify(conversations);
    for (const part of ['main.py', 'Main.cs', 'research.ipynb', 'create_optimization', 'output-error'])
      expect(text).toContain(part);
    expect(slipIn(conversations)).toBeUndefined();
  });

  it.each([1, 2, 3, 1234])('differs with the seed: %d', (seed) => {
    const other = new EngineUnderTest({ seed });
    expect(other.organizationId).not.toBe(organizationId);
    for (const { deploymentId } of other.engine.state.deployments)
      expect(other.messages(deploymentId).length).toBeGreaterThan(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { TestClock } from './engines';
import { signedHeaders } from './signing';

const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

describe('A client that was written for the real API', () => {
  let cloud: RunningSandbox;
  const clock = new TestClock();
  beforeAll(async () => {
    cloud = await startSandbox({ clock });
  });
  afterAll(() => cloud.stop());

  async function call(
    path: string,
    body?: unknown,
  ): Promise<Record<string, never> & { success: boolean; errors: string[] }> {
    const response = await fetch(`${cloud.url}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...signedHeaders(cloud, clock.now()) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return response.json() as never;
  }

  async function succeeds(path: string, body?: unknown): Promise<Record<string, never>> {
    const answer = await call(path, body);
    expect(answer, path).toMatchObject({ success: true, errors: [] });
    return answer;
  }

  async function untilEnded(deploymentId: string): Promise<{ status: string; ended: string }> {
    for (;;) {
      const { deployment } = (await succeeds('/agents/deployments/read', { deploymentId })) as unknown as {
        deployment: { status: string; ended: string };
      };
      if (!['InQueue', 'Running'].includes(deployment.status)) return deployment;
      clock.passSeconds(5);
    }
  }

  it('walks through every endpoint', async () => {
    const { organizationId } = cloud;
    await succeeds('/authenticate');
    const { organizations } = (await succeeds('/organizations/list', {})) as unknown as {
      organizations: { id: string }[];
    };
    expect(organizations.map(({ id }) => id)).toContain(organizationId);

    const { agents } = (await succeeds('/agents/list', { organizationId })) as unknown as { agents: { id: number }[] };
    expect(agents.map(({ id }) => id)).toContain(47);
    const { agent } = (await succeeds('/agents/create', {
      organizationId,
      name: 'Walker',
      description: 'Walks',
      systemPrompt: 'Walk.',
      reasoningEffort: 'low',
      maxTurns: 7,
      toolChoice: 'auto',
      tools: ['create_file'],
      public: true,
      model: 'claude-opus-4-7',
      chainedAgents: [{ agentId: 42, step: 1 }],
      subAgents: [{ agentId: 43, callableCount: 2 }],
      useQCC: false,
      token: { llmProviderApi: 'anthropic', llmApiTokenUser: 'not-a-key' },
      pipeline: 'walk',
      profileImage: 'walker.png',
    })) as unknown as { agent: Record<string, unknown> & { id: number } };
    expect(agent).toMatchObject({
      id: expect.any(Number) as number,
      name: 'Walker',
      description: 'Walks',
      systemPrompt: 'Walk.',
      reasoningEffort: 'low',
      maxTurns: 7,
      toolChoice: 'auto',
      tools: ['create_file'],
      public: true,
      model: 'claude-opus-4-7',
      pipeline: 'walk',
      profileImage: 'walker.png',
      outputSchema: null,
      chainedAgents: [{ agentId: 42, step: 1 }],
      subAgents: [{ agentId: 43, callableCount: 2 }],
      useQCC: false,
      token: { llmProviderApi: 'anthropic', llmApiTokenUser: 'not-a-key' },
      author: { name: expect.any(String) as string },
      organization: { id: organizationId },
      created: expect.stringMatching(DATE) as string,
      updated: expect.stringMatching(DATE) as string,
      node: { id: 0, sku: 'A-8' },
    });
    expect(
      Object.keys(
        await succeeds('/agents/update', { agentId: agent.id, name: 'Runner', useQCC: true, chainedAgents: [] }),
      ),
    ).toEqual(['success', 'errors']);
    const { agent: updated } = (await succeeds('/agents/read', { agentId: agent.id })) as unknown as { agent: object };
    expect(updated).toMatchObject({
      name: 'Runner',
      systemPrompt: 'Walk.',
      useQCC: true,
      token: null,
      chainedAgents: [],
    });

    const { task } = (await succeeds('/agents/tasks/create', {
      organizationId,
      agentId: 47,
      name: 'Walk',
      prompt: 'Momentum on QQQ, monthly.',
      projectPreference: 'project-for-task',
    })) as unknown as { task: { id: number } };
    expect(task).toMatchObject({
      organizationId,
      agentId: 47,
      name: 'Walk',
      prompt: 'Momentum on QQQ, monthly.',
      deployments: 0,
      lastDeploymentId: null,
      lastDeploymentTime: null,
      projectId: null,
      status: [],
      schedule: null,
      scheduleHuman: null,
      upcomingDeployments: null,
      notifications: [],
      projectPreference: 'project-for-task',
    });
    await succeeds('/agents/tasks/read', { taskId: task.id });
    await succeeds('/agents/tasks/update', { taskId: task.id, name: 'Walk on' });

    const { deployment, debug } = (await succeeds('/agents/deployments/create', { taskId: task.id })) as unknown as {
      deployment: Record<string, unknown> & { deploymentId: string };
      debug: { id: string };
    };
    const { deploymentId } = deployment;
    expect(deploymentId).toMatch(/^A-[0-9a-f]{32}$/);
    expect(debug.id).toBe(deploymentId);
    expect(deployment).toMatchObject({
      agentId: 47,
      taskId: task.id,
      created: expect.stringMatching(DATE) as string,
      ended: null,
      runtimeError: null,
      prompt: 'Momentum on QQQ, monthly.',
    });

    const { tasks } = (await succeeds('/agents/tasks/list', { organizationId })) as unknown as {
      tasks: { id: number; status: unknown }[];
    };
    const listed = tasks.find(({ id }) => id === task.id);
    expect(listed).toMatchObject({
      name: 'Walk on',
      deployments: 1,
      lastDeploymentId: expect.any(Number) as number,
      lastDeploymentTime: expect.stringMatching(DATE) as string,
      projectId: expect.any(Number) as number,
    });
    expect(listed?.status).toEqual([{ deploymentId, status: expect.stringMatching(/InQueue|Running/) as string }]);

    expect(await untilEnded(deploymentId)).toMatchObject({
      status: 'Completed',
      ended: expect.stringMatching(DATE) as string,
    });
    const { deployments } = (await succeeds('/agents/deployments/list', { taskId: task.id })) as unknown as {
      deployments: { deploymentId: string }[];
    };
    expect(deployments.map((one) => one.deploymentId)).toEqual([deploymentId]);

    expect(
      await succeeds('/agents/deployments/prompt', { deploymentId, prompt: 'Add a trailing stop.' }),
    ).toMatchObject({ message: 'Prompt run started.' });
    await untilEnded(deploymentId);
    const { conversation } = (await succeeds('/agents/deployments/conversation/read', { deploymentId })) as unknown as {
      conversation: { messages: { role: string; parts: unknown[]; time: string; id: string }[] };
    };
    expect(conversation).toMatchObject({
      id: deploymentId,
      organizationId,
      userId: Number(cloud.userId),
      prompt: 'Momentum on QQQ, monthly.',
      aggregateStatus: 'Completed',
      inputTokens: expect.any(Number) as number,
      outputTokens: expect.any(Number) as number,
      agents: [expect.objectContaining({ id: 47 })],
      notificationTargets: [],
      chatMessages: [],
      channel: expect.any(String) as string,
    });
    expect(conversation.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(conversation.messages[2]?.parts).toEqual([{ type: 'text', text: 'Add a trailing stop.' }]);
    expect(conversation.messages.every(({ time, id }) => DATE.test(time) && id !== '')).toBe(true);

    const again = (await succeeds('/agents/deployments/create', { taskId: task.id })) as unknown as {
      deployment: { deploymentId: string; projectId: number };
    };
    await succeeds('/agents/deployments/stop', { deploymentId: again.deployment.deploymentId });
    expect(await untilEnded(again.deployment.deploymentId)).toMatchObject({
      status: 'Stopped',
      projectId: deployment['projectId'],
    });

    await succeeds('/agents/deployments/delete', { deploymentId });
    expect(await call('/agents/deployments/read', { deploymentId })).toMatchObject({ success: false });
    await succeeds('/agents/tasks/delete', { taskId: task.id });
    expect(await call('/agents/tasks/read', { taskId: task.id })).toMatchObject({ success: false });
    expect(await call('/agents/deployments/list', { taskId: task.id })).toMatchObject({ success: false });
    await succeeds('/agents/delete', { agentId: agent.id });
    expect(await call('/agents/read', { agentId: agent.id })).toMatchObject({ success: false });
  });

  it('may write doubled slashes', async () => {
    expect(await succeeds('//agents/list', { organizationId: cloud.organizationId })).toHaveProperty('agents');
  });

  it('is counted, path by path', async () => {
    const before = cloud.count('/agents/list');
    await call('/agents/list', { organizationId: cloud.organizationId });
    expect(cloud.count('/agents/list')).toBe(before + 1);
    expect(cloud.requests.at(-1)).toEqual({ path: '/agents/list', body: { organizationId: cloud.organizationId } });
  });
});

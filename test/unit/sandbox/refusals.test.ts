import { describe, expect, it } from 'vitest';
import { EngineUnderTest, NOON, TestClock } from './engines';
import { signedHeaders } from './signing';

describe('Credentials', () => {
  const cloud = new EngineUnderTest();
  const ask = (headers: Record<string, string>) =>
    cloud.engine.handle({ path: '/authenticate', headers, body: undefined });
  const good = cloud.engine.credentials;

  it('are good when user, token and time are right, whatever the case of the headers', () => {
    expect(ask(signedHeaders(good, NOON))).toMatchObject({ status: 200, body: '{"success":true,"errors":[]}' });
    const { Timestamp = '', Authorization = '' } = signedHeaders(good, NOON);
    expect(ask({ timestamp: Timestamp, AUTHORIZATION: Authorization }).status).toBe(200);
  });

  it.each([
    ['a wrong token', () => signedHeaders({ ...good, apiToken: 'wrong' }, NOON), /^Hash doesn't match/],
    ['another user', () => signedHeaders({ ...good, userId: '1' }, NOON), /^UserID not valid/],
    ['a timestamp older than two hours', () => signedHeaders(good, NOON - 7201_000), /^Hash doesn't match/],
    ['a timestamp more than two hours ahead', () => signedHeaders(good, NOON + 7202_000), /^Hash doesn't match/],
    [
      'no timestamp',
      () => ({ Authorization: signedHeaders(good, NOON)['Authorization'] ?? '' }),
      /^Hash doesn't match/,
    ],
    ['no authorization', () => ({ Timestamp: String(NOON / 1000) }), /missing/],
    [
      'something that is not base64',
      () => ({ ...signedHeaders(good, NOON), Authorization: 'Basic ???' }),
      /^UserID not valid/,
    ],
  ])('are refused with HTTP 401 for %s', (_what, headers, message) => {
    const answer = ask(headers());
    expect(answer.status).toBe(401);
    const body = JSON.parse(answer.body) as { success: boolean; errors: string[] };
    expect(body.success).toBe(false);
    expect(body.errors[0]).toMatch(message);
    expect(answer.headers['date']).toBe(new Date(NOON).toUTCString());
  });

  it.each([-7200, -7000, 7200])('are accepted with a timestamp %d seconds off', (seconds) => {
    expect(ask(signedHeaders(good, NOON + seconds * 1000)).status).toBe(200);
  });
});

describe('A request that makes no sense', () => {
  const cloud = new EngineUnderTest();
  const { organizationId } = cloud;
  const task = { organizationId, agentId: 47, name: 'T', prompt: 'P', projectPreference: 'project-for-task' };

  it.each<[path: string, body: unknown, message: RegExp]>([
    ['/agents/list', {}, /^organizationId is required\./],
    ['/agents/list', undefined, /^organizationId is required\./],
    ['/agents/list', { organizationId: '0'.repeat(32) }, /^Organization 0+ was not found\./],
    ['/agents/read', { agentId: 99_999 }, /^Agent 99999 was not found\./],
    ['/agents/read', { agentId: 'abc' }, /^agentId must be an integer\./],
    ['/agents/read', [1], /^The request body must be a JSON object\./],
    ['/agents/create', { organizationId }, /^name is required\./],
    ['/agents/create', { organizationId, name: '  ' }, /^name is required\./],
    [
      '/agents/create',
      { organizationId, name: 'A', reasoningEffort: 'extreme' },
      /^reasoningEffort must be one of: low, medium, high\./,
    ],
    ['/agents/create', { organizationId, name: 'A', useQCC: false }, /^token is required when useQCC is false\./],
    [
      '/agents/create',
      { organizationId, name: 'A', token: { llmProviderApi: 'anthropic' } },
      /^llmApiTokenUser is required\./,
    ],
    ['/agents/create', { organizationId, name: 'A', subAgents: [{ agentId: 99_999 }] }, /^Agent 99999 was not found\./],
    ['/agents/create', { organizationId, name: 'A', tools: 'create_file' }, /^tools must be a list of strings\./],
    ['/agents/update', { agentId: 47, maxTurns: 0 }, /^maxTurns must be at least 1\./],
    ['/agents/tasks/create', { ...task, projectPreference: 'project-somewhere' }, /^projectPreference must be one of/],
    ['/agents/tasks/create', { ...task, prompt: undefined }, /^prompt is required\./],
    ['/agents/tasks/read', { taskId: 1 }, /^Task 1 was not found\./],
    ['/agents/deployments/read', { deploymentId: 'A-0' }, /^Deployment A-0 was not found\./],
    ['/agents/deployments/prompt', { deploymentId: 'A-0' }, /^Deployment A-0 was not found\./],
  ])('is refused with HTTP 200: %s %j', (path, body, message) => {
    const before = cloud.engine.state;
    const answer = cloud.call(path, body);
    expect(answer).toMatchObject({ success: false, errors: [expect.stringMatching(message)] });
    expect(answer.errors[0]).toMatch(/ REF #[0-9A-F]{8}$/);
    expect(cloud.engine.state).toBe(before);
  });

  it('is refused when it is not JSON, not a POST, or for no endpoint', () => {
    const headers = signedHeaders(cloud.engine.credentials, NOON);
    expect(cloud.engine.handle({ path: '/agents/list', headers, body: '{' })).toMatchObject({
      status: 200,
      body: expect.stringContaining('not valid JSON') as string,
    });
    expect(cloud.engine.handle({ path: '/agents/list', method: 'GET', headers, body: undefined }).status).toBe(405);
    expect(cloud.engine.handle({ path: '/agents/unknown', headers, body: '{}' }).status).toBe(404);
  });

  it('is understood if a server would accept it: numbers as text, null for a missing field, an empty list for an empty map', () => {
    expect(cloud.call('/agents/read', { agentId: '47' })).toMatchObject({ success: true });
    expect(cloud.call('/agents/update', { agentId: 47, model: null, description: null })).toMatchObject({
      success: true,
    });
    expect(cloud.call('/agents/read', { agentId: 47 })).toMatchObject({ agent: { model: 'claude-opus-4-7' } });
    expect(cloud.call('/organizations/list', [])).toMatchObject({ success: true });
  });
});

describe('What the contract leaves open', () => {
  it('stopping a run that has ended is refused', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('hello');
    cloud.finish(deploymentId);
    expect(cloud.call('/agents/deployments/stop', { deploymentId })).toMatchObject({
      success: false,
      errors: [expect.stringMatching(/^The deployment is not running\./)],
    });
  });

  it('a prompt for a running deployment can be set to be refused', () => {
    const cloud = new EngineUnderTest({ promptWhileRunning: 'reject', clock: new TestClock() });
    const deploymentId = cloud.deploy('Momentum on QQQ');
    expect(cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Faster' })).toMatchObject({
      success: false,
      errors: [expect.stringMatching(/still running/)],
    });
    cloud.finish(deploymentId);
    expect(cloud.call('/agents/deployments/prompt', { deploymentId, prompt: 'Faster' })).toMatchObject({
      success: true,
    });
  });

  it('deleting an agent deletes its tasks and their deployments', () => {
    const cloud = new EngineUnderTest();
    const deploymentId = cloud.deploy('Momentum on QQQ', 43);
    cloud.call('/agents/delete', { agentId: 43 });
    expect(cloud.call('/agents/deployments/read', { deploymentId })).toMatchObject({ success: false });
    expect(
      cloud
        .call<{ tasks: { agentId: number }[] }>('/agents/tasks/list', { organizationId: cloud.organizationId })
        .tasks.some(({ agentId }) => agentId === 43),
    ).toBe(false);
  });
});

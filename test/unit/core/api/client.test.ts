import { describe, expect, it } from 'vitest';
import { QuantConnectClient } from '../../../../src/core/api/client';
import type { Agent } from '../../../../src/core/api/model';
import { Secret } from '../../../../src/core/base/secret';
import { html, ok, refused } from '../../../support/faults';
import { DEPLOYMENT, ENDPOINTS, errorOf, NEW_AGENT, ORGANIZATION, PROVIDER_KEY, setUpWorld, TOKEN } from './world';

const world = setUpWorld();

describe('every endpoint', () => {
  it('is in the table', () => {
    const methods = Object.getOwnPropertyNames(QuantConnectClient.prototype).filter(
      (name) => !['constructor', 'newestDeployment'].includes(name),
    );
    expect(ENDPOINTS.map(({ name }) => name).sort()).toEqual(methods.sort());
    expect(new Set(ENDPOINTS.map(({ path }) => path)).size).toBe(19);
  });

  it.each(ENDPOINTS)('$name posts signed JSON to $path', async ({ path, answer, call }) => {
    world.server.answer(path, ok(answer));
    await call(world.client());
    const [arrival, ...more] = world.server.arrivals;
    expect(more).toEqual([]);
    expect(arrival).toMatchObject({
      path,
      headers: {
        'content-type': 'application/json',
        authorization: expect.stringMatching(/^Basic /) as string,
        timestamp: expect.stringMatching(/^\d{10}$/) as string,
      },
    });
    expect(arrival!.text).not.toContain('null');
  });

  it.each(ENDPOINTS)(
    '$name fails when the answer does not say that it succeeded',
    async ({ path, repeatability, call }) => {
      world.server.answer(path, ok({ success: undefined }));
      expect(await errorOf(call(world.client()))).toMatchObject({
        kind: 'contract',
        path,
        mayHaveHappened: repeatability !== 'read',
      });
    },
  );

  it('tolerates a slash at the end of the base URL', async () => {
    world.server.answer('/agents/list', ok({ agents: [] }));
    await world.client({ baseUrl: `${world.server.url}//` }).listAgents(ORGANIZATION);
    expect(world.server.arrivals.map(({ path }) => path)).toEqual(['/agents/list']);
  });
});

describe('what is sent', () => {
  it('is what the caller set, and nothing else', async () => {
    world.server.answer('/agents/update', ok());
    // An agent as read from the API: with fields that a client may not set, embedded agents and a null.
    const read = {
      id: 47,
      name: 'A',
      description: undefined,
      model: null,
      created: 1,
      author: { name: 'N' },
      outputSchema: {},
      token: { hasKey: true },
      chainedAgents: [{ agentId: 1, step: 1, agent: { id: 1 } }],
      subAgents: [{ agentId: 2, agent: { id: 2 } }],
      tools: [],
      public: false,
    } as unknown as Agent;
    await world.client().updateAgent(47, read as object);
    expect(world.server.arrivals[0]?.body).toEqual({
      agentId: 47,
      name: 'A',
      chainedAgents: [{ agentId: 1, step: 1 }],
      subAgents: [{ agentId: 2 }],
      tools: [],
      public: false,
    });
  });

  it('has the provider token only if one is set', async () => {
    world.server.answer(
      '/agents/create',
      ok({ agent: { id: 1, name: 'Momentum', token: { llmProviderApi: 'anthropic', llmApiTokenUser: PROVIDER_KEY } } }),
    );
    const client = world.client();
    const agent = await client.createAgent(ORGANIZATION, NEW_AGENT, {
      llmProviderApi: 'anthropic',
      llmApiTokenUser: new Secret(PROVIDER_KEY),
    });
    await client.createAgent(ORGANIZATION, NEW_AGENT);
    expect(world.server.arrivals.map(({ body }) => body)).toEqual([
      {
        organizationId: ORGANIZATION,
        name: 'Momentum',
        token: { llmProviderApi: 'anthropic', llmApiTokenUser: PROVIDER_KEY },
      },
      { organizationId: ORGANIZATION, name: 'Momentum' },
    ]);
    expect(agent.token).toEqual({ llmProviderApi: 'anthropic', hasKey: true });
  });

  it('never has the API token', async () => {
    world.server.answer('/authenticate', ok());
    await world.client().authenticate();
    expect(JSON.stringify(world.server.arrivals)).not.toContain(TOKEN);
  });
});

describe('a new deployment', () => {
  const created = '/agents/deployments/create';
  const list = '/agents/deployments/list';

  it('is the one in the answer', async () => {
    world.server.answer(
      created,
      ok({ deployment: { deploymentId: DEPLOYMENT, status: 'InQueue' }, debug: { id: 'A-other' } }),
    );
    expect(await world.client().createDeployment(332)).toEqual({
      deploymentId: DEPLOYMENT,
      status: 'InQueue',
      taskId: 332,
    });
    expect(world.server.arrivals).toHaveLength(1);
  });

  it('can have its id in the debug field', async () => {
    world.server.answer(
      created,
      ok({ deployment: { status: 'InQueue' }, debug: { id: DEPLOYMENT, token: { llmApiTokenUser: PROVIDER_KEY } } }),
    );
    expect(await world.client().createDeployment(332)).toEqual({
      deploymentId: DEPLOYMENT,
      status: 'InQueue',
      taskId: 332,
    });
  });

  it.each([[{}], [{ deployment: null, debug: { id: 991 } }], [{ deployment: [], debug: [] }]])(
    'is the newest of the task when the answer is %j',
    async (answer) => {
      world.server.answer(created, ok(answer));
      world.server.answer(
        list,
        ok({
          deployments: [
            { deploymentId: 'A-old', status: 'Completed', created: '2026-05-11 10:00:00' },
            { deploymentId: 'A-new', status: 'InQueue', created: '2026-05-12 10:00:00' },
            { deploymentId: 'A-odd', status: 'Completed' },
          ],
        }),
      );
      expect(await world.client().createDeployment(332)).toMatchObject({ deploymentId: 'A-new' });
      expect(world.server.arrivalsAt(created)).toHaveLength(1);
    },
  );

  it.each([
    ['the list is empty', ok({ deployments: [] }), 'contract'],
    ['the list is refused', refused('No.'), 'rejected'],
    ['the list fails', html(502), 'server'],
  ])('may have been made although %s', async (_, answer, kind) => {
    world.server.answer(created, ok());
    world.server.answer(list, answer);
    expect(await errorOf(world.client().createDeployment(332))).toMatchObject({
      kind,
      path: created,
      mayHaveHappened: true,
    });
    expect(world.server.arrivalsAt(created)).toHaveLength(1);
  });
});

describe('other answers', () => {
  it('a prompt gives the remark of the server, if there is one', async () => {
    world.server.answer('/agents/deployments/prompt', ok({ message: 'Prompt run started.' }), ok());
    expect(await world.client().promptDeployment(DEPLOYMENT, 'x')).toBe('Prompt run started.');
    expect(await world.client().promptDeployment(DEPLOYMENT, 'x')).toBeUndefined();
  });

  it('a renamed task comes back if the server sends it', async () => {
    world.server.answer('/agents/tasks/update', ok({ task: { id: 332, name: 'New' } }), ok(), ok({ task: 'odd' }));
    const rename = () => world.client().updateTask(332, { name: 'New' });
    expect([await rename(), await rename(), await rename()]).toEqual([
      { id: 332, name: 'New', active: [] },
      undefined,
      undefined,
    ]);
  });

  it('a listed deployment knows its task', async () => {
    world.server.answer('/agents/deployments/list', ok({ deployments: [{ deploymentId: 'A-1', status: 'Running' }] }));
    expect((await world.client().listDeployments(332)).items).toEqual([
      { deploymentId: 'A-1', status: 'Running', taskId: 332 },
    ]);
  });
});

describe('reading a conversation again', () => {
  const path = '/agents/deployments/conversation/read';
  const conversation = (text: string) =>
    ok({ conversation: { messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text }] }] } });

  it('gives the same object for the same answer, and a new one otherwise', async () => {
    world.server.answer(path, conversation('a'), conversation('a'), conversation('b'));
    const client = world.client();
    const first = await client.readConversation(DEPLOYMENT);
    const second = await client.readConversation(DEPLOYMENT, { previous: first });
    const third = await client.readConversation(DEPLOYMENT, { previous: second });
    expect(second).toBe(first);
    expect(third).not.toBe(first);
    expect(third.text).not.toBe(first.text);
    expect(third.conversation.messages[0]?.parts).toEqual([{ type: 'text', text: 'b' }]);
  });

  it('asks for the conversation of a sub-agent only when one is named', async () => {
    world.server.answer(path, conversation('a'));
    await world.client().readConversation(DEPLOYMENT);
    await world.client().readConversation(DEPLOYMENT, { callableId: 'c1' });
    expect(world.server.arrivals.map(({ body }) => body)).toEqual([
      { deploymentId: DEPLOYMENT },
      { deploymentId: DEPLOYMENT, callableId: 'c1' },
    ]);
  });

  it('keeps no provider key, wherever the conversation embeds one', async () => {
    world.server.answer(
      path,
      ok({
        conversation: {
          messages: [
            {
              role: 'assistant',
              parts: [{ type: 'dynamic-tool', output: { text: `{"llmApiTokenUser":"${PROVIDER_KEY}"}` } }],
            },
          ],
          agents: [{ id: 1, token: { LlmApiTokenUser: PROVIDER_KEY } }],
        },
      }),
    );
    const answer = await world.client().readConversation(DEPLOYMENT);
    expect(JSON.stringify(answer)).toContain('***');
    expect(JSON.stringify(answer)).not.toContain(PROVIDER_KEY);
  });
});

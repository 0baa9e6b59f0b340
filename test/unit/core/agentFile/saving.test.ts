import { describe, expect, it } from 'vitest';
import type { QuantConnectApi } from '../../../../src/core/api/api';
import { agentFieldsOf } from '../../../../src/core/agentFile/changes';
import { AgentCreation, newAgentFrom, saveAgent } from '../../../../src/core/agentFile/saving';
import { OrganizationStore } from '../../../../src/core/organization/store';
import { wallClock } from '../../../support/clocks';
import { AgentCloud, refused, timeout } from '../../../support/agentCloud';

const mia = { id: 47, name: 'Mia', model: 'm1', maxTurns: 5, systemPrompt: 'Help.', updated: 5000 };
const base = agentFieldsOf(mia);

function world(agents = [mia]) {
  const cloud = new AgentCloud(agents);
  const store = new OrganizationStore(
    '0123456789abcdef0123456789abcdef',
    cloud as unknown as QuantConnectApi,
    wallClock(() => 0),
    new AbortController().signal,
  );
  return { cloud, store };
}

describe('saving an agent', () => {
  it('sends only what changed and gives the agent as it was read afterwards', async () => {
    const { cloud, store } = world();
    cloud.normalize = (changes) => ({ ...changes, ...(changes.name && { name: changes.name.trim() }) });
    const outcome = await saveAgent(store, 47, base, { ...base, name: 'Mia II ' });
    expect(cloud.sent('updateAgent')).toEqual([{ name: 'Mia II ' }]);
    expect(outcome).toMatchObject({ kind: 'saved', agent: { name: 'Mia II', model: 'm1' } });
  });

  it('sends nothing when nothing changed', async () => {
    const { cloud, store } = world();
    expect(await saveAgent(store, 47, base, { ...base })).toMatchObject({ kind: 'saved' });
    expect(cloud.sent('updateAgent')).toEqual([]);
  });

  it('overwrites nothing when someone else changed the agent, even in another field', async () => {
    const { cloud, store } = world();
    cloud.change(47, { model: 'm2' });
    expect(await saveAgent(store, 47, base, { ...base, systemPrompt: 'Help!' })).toMatchObject({
      kind: 'conflict',
      fields: ['model'],
      theirs: { model: 'm2' },
    });
    expect(cloud.sent('updateAgent')).toEqual([]);
  });

  it('can be repeated after an update whose answer was lost', async () => {
    const { cloud, store } = world();
    cloud.failNext('updateAgent', timeout('/agents/update'), 'after');
    await expect(saveAgent(store, 47, base, { ...base, maxTurns: 9 })).rejects.toMatchObject({ kind: 'offline' });
    expect(await saveAgent(store, 47, base, { ...base, maxTurns: 9, systemPrompt: 'Help!' })).toMatchObject({
      kind: 'saved',
      agent: { maxTurns: 9, systemPrompt: 'Help!' },
    });
    expect(cloud.sent('updateAgent')).toEqual([{ maxTurns: 9 }, { systemPrompt: 'Help!' }]);
  });

  it('notices that the agent was deleted', async () => {
    const { cloud, store } = world();
    await cloud.deleteAgent(47);
    expect(await saveAgent(store, 47, base, { ...base, maxTurns: 9 })).toEqual({ kind: 'deleted' });
  });

  it('does not take a refused read for a deletion while the agent is listed', async () => {
    const { cloud, store } = world();
    cloud.failNext('readAgent', refused('/agents/read'));
    await expect(saveAgent(store, 47, base, { ...base, maxTurns: 9 })).rejects.toMatchObject({ kind: 'rejected' });
    expect(cloud.sent('updateAgent')).toEqual([]);
  });
});

describe('creating an agent', () => {
  const fields = { name: 'Mia', systemPrompt: 'New.' };

  it('sends what the document contains, and nothing for what it leaves out', async () => {
    const { cloud, store } = world();
    const outcome = await new AgentCreation().create(
      store,
      newAgentFrom({ name: 'New', systemPrompt: '', tools: [], maxTurns: 5 }),
    );
    expect(outcome).toMatchObject({ kind: 'done', value: { id: 100, name: 'New' } });
    expect(cloud.sent('createAgent')).toEqual([{ name: 'New', tools: [], maxTurns: 5 }]);
  });

  it('finds the agent that an unanswered request did create, among others of its name', async () => {
    const { cloud, store } = world();
    cloud.failNext('createAgent', timeout('/agents/create'), 'after');
    expect(await new AgentCreation().create(store, newAgentFrom(fields))).toMatchObject({
      kind: 'done',
      value: { id: 100, systemPrompt: 'New.' },
    });
    expect(cloud.sent('createAgent')).toHaveLength(1);
    expect(cloud.agents.size).toBe(2);
  });

  it('says so when the request was not carried out, and creates at the next attempt', async () => {
    const { cloud, store } = world();
    const creation = new AgentCreation();
    cloud.failNext('createAgent', timeout('/agents/create'));
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'absent' });
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'done' });
    expect(cloud.agents.size).toBe(2);
  });

  it('does not create again while it cannot look', async () => {
    const { cloud, store } = world();
    await store.refreshAgents();
    const creation = new AgentCreation();
    cloud.failNext('createAgent', timeout('/agents/create'), 'after');
    for (let times = 0; times < 2; times++) cloud.failNext('listAgents', timeout('/agents/list'));
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'unclear' });
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'unclear' });
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'done', value: { id: 100 } });
    expect(cloud.sent('createAgent')).toHaveLength(1);
  });

  it('still looks for the agent of the lost answer after a later request was refused', async () => {
    const { cloud, store } = world();
    const creation = new AgentCreation();
    cloud.failNext('createAgent', timeout('/agents/create'));
    expect(await creation.create(store, newAgentFrom(fields))).toMatchObject({ kind: 'absent' });
    cloud.failNext('createAgent', refused('/agents/create'));
    await expect(creation.create(store, { name: 'Refused' })).rejects.toMatchObject({ kind: 'rejected' });
    // The server was only slow: the first request is carried out now.
    const late = await cloud.createAgent('o', newAgentFrom(fields));
    expect(await creation.create(store, newAgentFrom({ name: 'Third' }))).toMatchObject({
      kind: 'done',
      value: { id: late.id, name: 'Mia' },
    });
  });

  it('passes a refusal on', async () => {
    const { cloud, store } = world();
    cloud.failNext('createAgent', refused('/agents/create'));
    await expect(new AgentCreation().create(store, newAgentFrom(fields))).rejects.toMatchObject({ kind: 'rejected' });
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { signedHeaders } from './signing';

describe('A fault', () => {
  let cloud: RunningSandbox | undefined;
  afterEach(() => cloud?.stop());

  async function ask(running: RunningSandbox, path = '/authenticate', body?: unknown): Promise<Response> {
    return fetch(`${running.url}${path}`, {
      method: 'POST',
      headers: signedHeaders(running, Date.now()),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  it('happens at its path as often as given, and then no more', async () => {
    cloud = await startSandbox({
      faults: [{ path: '/authenticate', kind: 'status', status: 429, headers: { 'retry-after': '3' }, times: 2 }],
    });
    expect((await ask(cloud, '/organizations/list')).status).toBe(200);
    const limited = await ask(cloud);
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    expect((await ask(cloud)).status).toBe(429);
    expect((await ask(cloud)).status).toBe(200);
  });

  it('can be a page of HTML, a reset, a body that breaks off, or another body', async () => {
    cloud = await startSandbox();
    cloud.faults.add({ kind: 'html', times: 1 });
    const html = await ask(cloud);
    expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
    cloud.faults.add({ kind: 'reset', times: 1 });
    await expect(ask(cloud)).rejects.toThrow();
    cloud.faults.add({ kind: 'cut', times: 1 });
    await expect(ask(cloud).then((response) => response.text())).rejects.toThrow();
    cloud.faults.add({ kind: 'body', change: (body) => body.replace('true', '"yes"'), times: 1 });
    expect(await (await ask(cloud)).json()).toEqual({ success: 'yes', errors: [] });
  });

  it('can happen before or after the cloud has done its work', async () => {
    cloud = await startSandbox();
    const body = { organizationId: cloud.organizationId, name: 'Twice?' };
    const made = (): number => cloud?.engine.state.agents.filter(({ name }) => name === 'Twice?').length ?? -1;
    cloud.faults.add({ path: '/agents/create', kind: 'reset', times: 1 });
    await expect(ask(cloud, '/agents/create', body)).rejects.toThrow();
    expect(made()).toBe(0);
    cloud.faults.add({ path: '/agents/create', kind: 'reset', times: 1, carriedOut: true });
    await expect(ask(cloud, '/agents/create', body)).rejects.toThrow();
    expect(made()).toBe(1);
  });

  it('is not needed for a path outside the API: the server refuses it', async () => {
    cloud = await startSandbox();
    expect((await fetch(cloud.url.replace('/api/v2', '/'))).status).toBe(404);
    expect((await fetch(`${cloud.url}/agents/list`)).status).toBe(405);
  });
});

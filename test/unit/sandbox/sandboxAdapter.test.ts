import axios from 'axios';
import { describe, expect, it } from 'vitest';
import { SANDBOX_BASE_URL, SANDBOX_CREDENTIALS } from '../../../src/sandbox/credentials';
import { SandboxEngine } from '../../../src/sandbox/engine';
import { FaultPlan } from '../../../src/sandbox/faults';
import { createSandboxAdapter, type SandboxAdapterOptions } from '../../../src/sandbox/sandboxAdapter';
import { startSandbox } from '../../support/sandboxServer';
import { signedHeaders } from './signing';

function client(options: SandboxAdapterOptions = {}) {
  const engine = new SandboxEngine({ clock: { now: () => Date.now() } });
  return axios.create({
    baseURL: SANDBOX_BASE_URL,
    adapter: createSandboxAdapter(engine, options),
    headers: signedHeaders(SANDBOX_CREDENTIALS, Date.now()),
    validateStatus: () => true,
  });
}

describe('axios over the sandbox adapter', () => {
  it('gets the answers that it gets over HTTP', async () => {
    const clock = { now: () => Date.UTC(2026, 4, 12) };
    const credentials = { ...SANDBOX_CREDENTIALS };
    const cloud = await startSandbox({ clock, credentials, seed: 3 });
    const headers = signedHeaders(credentials, clock.now());
    const engine = new SandboxEngine({ clock, seed: 3 });
    const inside = axios.create({ baseURL: SANDBOX_BASE_URL, adapter: createSandboxAdapter(engine), headers });
    const outside = axios.create({ baseURL: cloud.url, adapter: 'http', proxy: false, headers });
    try {
      for (const [path, body] of [
        ['/agents/list', { organizationId: cloud.organizationId }],
        ['/agents/read', { agentId: 47 }],
        ['/authenticate', undefined],
      ] as const) {
        const [one, other] = await Promise.all([inside.post<unknown>(path, body), outside.post<unknown>(path, body)]);
        expect(one.data).toEqual(other.data);
        expect(one.status).toBe(other.status);
        expect(one.headers['content-type']).toBe(other.headers['content-type']);
        expect(one.headers['date']).toBe(other.headers['date']);
      }
    } finally {
      await cloud.stop();
    }
  });

  it('gets the body as text if it asks for text', async () => {
    const { data } = await client().post<string>('/authenticate', undefined, {
      responseType: 'text',
      transformResponse: (body: string) => body,
    });
    expect(data).toBe('{"success":true,"errors":[]}');
  });

  it('rejects a status unless it accepts every status', async () => {
    const wrong = { headers: signedHeaders({ ...SANDBOX_CREDENTIALS, apiToken: 'wrong' }, Date.now()) };
    expect((await client().post('/authenticate', undefined, wrong)).status).toBe(401);
    const failing = client().post('/authenticate', undefined, { ...wrong, validateStatus: (status) => status < 300 });
    await expect(failing).rejects.toMatchObject({
      isAxiosError: true,
      code: 'ERR_BAD_REQUEST',
      response: { status: 401 },
    });
  });

  it('can cancel, before and during a request', async () => {
    const controller = new AbortController();
    const running = client({ latencyMs: 60_000 }).post('/authenticate', undefined, { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toSatisfy((error) => axios.isCancel(error));
    await expect(client().post('/authenticate', undefined, { signal: AbortSignal.abort() })).rejects.toSatisfy(
      (error) => axios.isCancel(error),
    );
  });

  it('runs into its timeout when no answer comes', async () => {
    const silent = client({ faults: new FaultPlan([{ kind: 'silence' }]) });
    await expect(silent.post('/authenticate', undefined, { timeout: 10 })).rejects.toMatchObject({
      code: 'ECONNABORTED',
      isAxiosError: true,
    });
  });

  it('sees a reset as a reset', async () => {
    const faults = new FaultPlan([{ kind: 'reset', times: 1 }]);
    const resetOnce = client({ faults });
    await expect(resetOnce.post('/authenticate')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await resetOnce.post('/authenticate')).status).toBe(200);
  });
});

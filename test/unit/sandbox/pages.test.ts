import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { signedHeaders } from './signing';

interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

describe('The sandbox over HTTP', () => {
  let cloud: RunningSandbox;
  beforeAll(async () => {
    cloud = await startSandbox();
  });
  afterAll(() => cloud.stop());

  /**
   * A request with credentials, because a page can know those in the extension. `fetch` would not send another Host or
   * Origin.
   */
  function ask(headers: Record<string, string>, path = '/agents/list', method = 'POST'): Promise<Answer> {
    const url = new URL(`${cloud.url}${path}`);
    return new Promise((resolve, reject) => {
      const signed = signedHeaders(cloud, Date.now());
      http
        .request(
          { host: url.hostname, port: url.port, path: url.pathname, method, headers: { ...signed, ...headers } },
          (response) => {
            let text = '';
            response.on('data', (chunk: Buffer) => {
              text += chunk.toString();
            });
            response.on('end', () => {
              resolve({ status: response.statusCode, headers: response.headers, text });
            });
          },
        )
        .once('error', reject)
        .end(method === 'POST' ? JSON.stringify({ organizationId: cloud.organizationId }) : undefined);
    });
  }
  const port = (): string => new URL(cloud.url).port;

  it('answers programs, by whichever name of this machine and through a tunnel with another port', async () => {
    for (const host of [
      `127.0.0.1:${port()}`,
      `localhost:${port()}`,
      `LocalHost:${port()}`,
      '[::1]:8123',
      '127.0.0.1',
    ]) {
      expect(JSON.parse((await ask({ host })).text), host).toMatchObject({ success: true });
    }
    expect((await ask({ host: '127.0.0.1:8123', origin: 'http://127.0.0.1:8123' })).status).toBe(200);
  });

  it.each([
    'attacker.example',
    'attacker.example:80',
    '127.0.0.1.attacker.example',
    'localhost.attacker.example',
    '127.0.0.1@attacker.example',
    '0.0.0.0',
    '10.0.0.1',
    'x-localhost',
  ])('refuses a page whose name “%s” was pointed at 127.0.0.1, and carries nothing out', async (host) => {
    const before = cloud.requests.length;
    const { status, text } = await ask({ host });
    expect(status).toBe(403);
    expect(JSON.parse(text)).toMatchObject({
      success: false,
      errors: [expect.stringContaining('does not answer web pages') as string],
    });
    expect(cloud.requests.length).toBe(before);
  });

  it.each(['https://attacker.example', 'null', 'http://127.0.0.1:1', 'http://localhost', 'vscode-webview://0123'])(
    'refuses a page from %s',
    async (origin) => {
      const before = cloud.requests.length;
      for (const [path, method] of [
        ['/agents/list', 'POST'],
        ['/agents/list', 'OPTIONS'],
        ['/agents/list', 'GET'],
      ] as const) {
        const { status, headers } = await ask({ origin, 'access-control-request-method': 'POST' }, path, method);
        expect(status).toBe(403);
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
      expect(cloud.requests.length).toBe(before);
    },
  );
});

import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGate } from '../../support/vscode/gate.mjs';
import { writeOpeningPage } from '../../../scripts/lib/desktop.mjs';

type Gate = Awaited<ReturnType<typeof openGate>>;
interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** What VS Code serves: the page, its files, files of the machine, its health, its key, its WebSocket. */
const PATHS = [
  '/',
  '/?folder=/etc',
  '/healthz',
  '/_static/out/browser/serviceWorker.js',
  '/stable-0123/static/out/vs/workbench/workbench.js',
  '/vscode-remote-resource?path=%2Fetc%2Fpasswd',
  '/mint-key',
  '/manifest.json',
  '/proxy/22/',
  '/login',
  '/..%2f/',
  '//',
  '/%2e%2e/',
];

describe('The gate of VS Code in the browser', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'gate-test-'));
  const socketFile = path.join(folder, 'server');
  /** The requests that reached the server behind the gate. */
  const arrived: { url: string | undefined; headers: http.IncomingHttpHeaders }[] = [];
  const behind = http.createServer((request, response) => {
    arrived.push({ url: request.url, headers: request.headers });
    request.pipe(response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }));
  });
  let gate: Gate;
  let port: number;
  let secret: string;

  beforeAll(async () => {
    behind.on('upgrade', (request, socket, head) => {
      arrived.push({ url: request.url, headers: request.headers });
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.write(head);
      socket.pipe(socket);
    });
    behind.listen(socketFile);
    await once(behind, 'listening');
    gate = await openGate({ socketFile });
    port = Number(gate.host.split(':')[1]);
    secret = new URL(gate.base).pathname.slice(1);
  });
  afterAll(async () => {
    await gate.close();
    behind.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** A request exactly as given. `fetch` would clean up the path and set its own Host. */
  function ask(
    target: string,
    headers: http.OutgoingHttpHeaders = {},
    { method = 'GET', body = '' } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      http
        .request({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          response.on('end', () => {
            resolve({ status: response.statusCode, headers: response.headers, text });
          });
        })
        .once('error', reject)
        .end(body);
    });
  }

  /** The gate's first line in answer to a WebSocket's handshake, and what comes back after "hello". */
  async function handshake(target: string, headers: Record<string, string> = {}): Promise<string> {
    const socket = net.connect(port, '127.0.0.1');
    const sent = { Host: gate.host, Connection: 'Upgrade', Upgrade: 'websocket', ...headers };
    const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('')}\r\nhello`);
    let text = '';
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      text += chunk.toString();
      if (text.endsWith('hello')) break;
    }
    socket.destroy();
    return text;
  }

  const refused = async (asked: Promise<Answer>): Promise<void> => {
    const before = arrived.length;
    expect((await asked).status).toBe(403);
    expect(arrived.length).toBe(before);
  };

  it('listens only on 127.0.0.1, with a secret of 256 bits that is new each time', async () => {
    expect(gate.host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    const another = await openGate({ socketFile });
    expect(new URL(another.base).pathname.slice(1)).not.toBe(secret);
    await another.close();
  });

  it.each(PATHS)('refuses %s without the secret, with a wrong one and with a part of it', async (target) => {
    await refused(ask(target));
    await refused(ask(target, { cookie: `secret=${secret}`, authorization: `Bearer ${secret}` }));
    await refused(ask(`/${'0'.repeat(64)}${target}`));
    await refused(ask(`/${secret.slice(0, -1)}${target}`));
    await refused(ask(`/${secret}0${target}`));
    await refused(ask(`//${secret}${target}`));
    await refused(ask(target, {}, { method: 'POST', body: 'x' }));
  });

  it.each(PATHS)('passes %s on unchanged with the secret', async (target) => {
    expect((await ask(`/${secret}${target}`)).status).toBe(200);
    expect(arrived.at(-1)?.url).toBe(target);
  });

  it('refuses a page whose name points to 127.0.0.1, whatever it knows', async () => {
    const names = ['attacker.example', '127.0.0.1.attacker.example', '[::1]', '0.0.0.0'].map(
      (name) => `${name}:${String(port)}`,
    );
    for (const host of [...names, 'attacker.example', '127.0.0.1', '127.0.0.1:1']) {
      await refused(ask(`/${secret}/`, { host }));
      expect(await handshake(`/${secret}/`, { Host: host })).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(await handshake(`/${secret}/`, { Host: '' })).toMatch(/^HTTP\/1\.1 403 /);
    expect((await ask(`/${secret}/`, { host: `LOCALHOST:${String(port)}` })).status).toBe(200);
  });

  it('refuses another page by its Origin', async () => {
    for (const origin of [
      'http://attacker.example',
      'null',
      'http://127.0.0.1:1',
      `https://${gate.host}`,
      `http://localhost:${String(port)}`,
    ]) {
      await refused(ask(`/${secret}/`, { origin }));
      expect(await handshake(`/${secret}/`, { Origin: origin })).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect((await ask(`/${secret}/`, { origin: `http://${gate.host}` })).status).toBe(200);
  });

  it('refuses a WebSocket without the secret, and passes on what one with it says', async () => {
    const before = arrived.length;
    const own = { Origin: `http://${gate.host}` };
    for (const target of ['/', '/stable-0123?reconnectionToken=1', `/${secret}0/`]) {
      expect(await handshake(target, own)).toMatch(/^HTTP\/1\.1 403 /);
    }
    expect(arrived.length).toBe(before);
    expect(await handshake(`/${secret}/stable-0123?reconnectionToken=1`, own)).toMatch(/^HTTP\/1\.1 101 [^]*hello$/);
    expect(arrived.at(-1)?.url).toBe('/stable-0123?reconnectionToken=1');
  });

  it('passes on bodies, cookies and answers, but not what only a proxy may say, and not the secret', async () => {
    const headersSent = {
      'x-forwarded-host': 'attacker.example',
      forwarded: 'host=attacker.example',
      cookie: 'kept=1',
    };
    const answer = await ask(`/${secret}/mint-key`, headersSent, { method: 'POST', body: 'a body' });
    expect(answer.text).toBe('a body');
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(answer.headers['referrer-policy']).toBe('same-origin');
    const headers = arrived.at(-1)?.headers ?? {};
    expect(headers.host).toBe(gate.host);
    expect(headers.cookie).toBe('kept=1');
    expect(Object.keys(headers).filter((name) => name.includes('forwarded'))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain(secret);
  });

  it('says that the server does not answer, and that a port is taken', async () => {
    const alone = await openGate({ socketFile: path.join(folder, 'nobody') });
    expect((await fetch(`${alone.base}/`)).status).toBe(502);
    await alone.close();
    await expect(openGate({ socketFile, port })).rejects.toThrow(`Port ${String(port)} is taken.`);
  });

  it('opens a browser through a file that other users cannot read, even where an older file could be', () => {
    fs.writeFileSync(path.join(folder, 'open.html'), '', { mode: 0o644 });
    const file = writeOpeningPage('http://127.0.0.1:1/secret/?folder=/a"&b', folder);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(fs.readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:1/secret/?folder=/a&quot;&amp;b"');
  });
});

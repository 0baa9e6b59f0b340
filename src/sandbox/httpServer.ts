import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { timerMs } from '../core/base/timers';
import type { SandboxEngine, SandboxRequest } from './engine';
import { FaultPlan } from './faults';

export interface SandboxHttpOptions {
  readonly engine: SandboxEngine;
  /** Added to every answer. */
  readonly latencyMs?: number | undefined;
  readonly faults?: FaultPlan | undefined;
  /** Called for every request before it is answered. */
  readonly onRequest?: ((request: SandboxRequest) => void) | undefined;
}

export const API_PREFIX = '/api/v2';
const BODY_LIMIT = 4 * 1024 * 1024;

/** The sandbox over HTTP, with the real API's paths under `/api/v2`. The server does not listen yet. */
export function createSandboxServer(options: SandboxHttpOptions): Server {
  const { faults = new FaultPlan(), latencyMs = 0 } = options;
  const server = createServer((incoming, outgoing) => {
    // A failure here is a broken connection, so nobody is left to answer.
    serve(incoming, outgoing, { ...options, faults, latencyMs }).catch(() => outgoing.destroy());
  });
  return server;
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { engine, faults, latencyMs, onRequest }: SandboxHttpOptions & { faults: FaultPlan; latencyMs: number },
): Promise<void> {
  if (mayComeFromPage(incoming.headers)) {
    const errors = [
      'The sandbox answers programs on this machine at 127.0.0.1 or localhost. It does not answer web pages.',
    ];
    outgoing
      .writeHead(403, { 'content-type': 'application/json', connection: 'close' })
      .end(JSON.stringify({ success: false, errors }));
    return;
  }
  const path = pathBelowPrefix(incoming.url ?? '/');
  if (path === undefined) {
    outgoing.writeHead(404, { 'content-type': 'text/plain' }).end(`The sandbox answers below ${API_PREFIX}.\n`);
    return;
  }
  const body = await bodyOf(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const request: SandboxRequest = {
    path,
    method: incoming.method,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body: body === '' ? undefined : body,
  };
  onRequest?.(request);
  const delivery = await faults.deliver(path, () => engine.handle(request));
  if (delivery.kind === 'reset') {
    incoming.socket.resetAndDestroy();
    return;
  }
  if (delivery.kind === 'silence') return;
  const wait = latencyMs + delivery.delayMs;
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, timerMs(wait)));
  const { status, headers, body: text } = delivery.response;
  outgoing.sendDate = headers['date'] === undefined;
  if (!delivery.cut) {
    outgoing.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) }).end(text);
    return;
  }
  outgoing.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) });
  outgoing.write(text.slice(0, Math.ceil(text.length / 2)), () => incoming.socket.destroy());
}

/**
 * True if a web page may have sent this. A page whose name points to 127.0.0.1 (DNS rebinding) sends that name as Host.
 * Any other page sends its address as Origin. The port does not count, because a tunnel can listen on another one.
 */
function mayComeFromPage({ host = '', origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>): boolean {
  if (!/^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(host)) return true;
  return origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`;
}

/** `/agents/list` for `/api/v2/agents/list` and `/api/v2//agents/list`. Undefined for other paths. */
export function pathBelowPrefix(url: string): string | undefined {
  const path = (url.split('?')[0] ?? '').replaceAll(/\/+/g, '/');
  return path.startsWith(`${API_PREFIX}/`) ? path.slice(API_PREFIX.length) : undefined;
}

async function bodyOf(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

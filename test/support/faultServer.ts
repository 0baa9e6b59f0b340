/** A server with answers set by the test, over real HTTP on 127.0.0.1. It counts the requests. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Arrival {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export type Fault = (response: ServerResponse, arrival: Arrival) => void;

export interface FaultServer {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  arrivalsAt(path: string): readonly Arrival[];
  /** The answers for a path, in order; the last one repeats. A path without answers returns 404. */
  answer(path: string, ...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

const BASE = '/api/v2';

export async function startFaultServer(): Promise<FaultServer> {
  const answers = new Map<string, Fault[]>();
  const arrivals: Arrival[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const path = (request.url ?? '').replace(BASE, '');
      const arrival = {
        path,
        headers: request.headers,
        text,
        body: JSON.parse(text || '{}') as Record<string, unknown>,
      };
      arrivals.push(arrival);
      const queue = answers.get(path);
      const fault = queue && queue.length > 1 ? queue.shift() : queue?.[0];
      if (fault) fault(response, arrival);
      else response.writeHead(404).end(`no answer for ${path}`);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}${BASE}`,
    arrivals,
    arrivalsAt: (path) => arrivals.filter((arrival) => arrival.path === path),
    answer: (path, ...faults) => void answers.set(path, [...faults]),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

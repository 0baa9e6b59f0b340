import type { AddressInfo } from 'node:net';
import { systemClock, type WallClock } from '../../src/core/base/clock';
import { SandboxEngine, type SandboxEngineOptions } from '../../src/sandbox/engine';
import { FaultPlan, type Fault } from '../../src/sandbox/faults';
import { API_PREFIX, createSandboxServer } from '../../src/sandbox/httpServer';
import { hexOf } from '../../src/sandbox/random';

export interface SandboxOptions extends Partial<Omit<SandboxEngineOptions, 'clock'>> {
  readonly clock?: WallClock;
  readonly latencyMs?: number;
  readonly faults?: readonly Fault[];
  /** 0, the default, uses a free port. */
  readonly port?: number;
}

/** A request that reached the sandbox. */
interface SeenRequest {
  /** The path below `/api/v2`, such as `/agents/list`. */
  readonly path: string;
  readonly body: unknown;
}

export interface RunningSandbox {
  /** The base URL, with `/api/v2`. */
  readonly url: string;
  readonly userId: string;
  readonly apiToken: string;
  readonly organizationId: string;
  readonly engine: SandboxEngine;
  /** All requests, in order. */
  readonly requests: readonly SeenRequest[];
  /** Tests can add and remove faults while it runs. */
  readonly faults: FaultPlan;
  /** The number of requests for a path, such as `/agents/create`. */
  count(path: string): number;
  /** It can be called more than once. */
  stop(): Promise<void>;
}

/**
 * The sandbox over real HTTP on 127.0.0.1, in this process. Its API token differs from the one of the extension's own
 * sandbox.
 */
export async function startSandbox({
  clock = systemClock,
  latencyMs = 0,
  faults: planned = [],
  port = 0,
  ...options
}: SandboxOptions = {}): Promise<RunningSandbox> {
  const credentials = options.credentials ?? { userId: '1000047', apiToken: hexOf('a token for tests', 64) };
  const engine = new SandboxEngine({ ...options, clock, credentials });
  const requests: SeenRequest[] = [];
  const faults = new FaultPlan(planned);
  const server = createSandboxServer({
    engine,
    latencyMs,
    faults,
    onRequest: ({ path, body }) => requests.push({ path, body: parsed(body) }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  let stopping: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${API_PREFIX}`,
    ...credentials,
    organizationId: engine.preferredOrganizationId,
    engine,
    requests,
    faults,
    count: (path) => requests.filter((request) => request.path === path).length,
    stop: () => {
      stopping ??= new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
      return stopping;
    },
  };
}

function parsed(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : (JSON.parse(body) as unknown);
  } catch {
    return body;
  }
}

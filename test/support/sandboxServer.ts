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
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

/** A request as it reached the sandbox. */
interface SeenRequest {
  /** Below `/api/v2`, e.g. `/agents/list`. */
  readonly path: string;
  readonly body: unknown;
}

export interface RunningSandbox {
  /** Base URL, `/api/v2` included. */
  readonly url: string;
  readonly userId: string;
  readonly apiToken: string;
  readonly organizationId: string;
  readonly engine: SandboxEngine;
  /** Everything that reached it, in order. */
  readonly requests: readonly SeenRequest[];
  /** Faults may be added and cleared while it runs. */
  readonly faults: FaultPlan;
  /** How many requests reached a path, e.g. `/agents/create`. */
  count(path: string): number;
  /** May be called more than once. */
  stop(): Promise<void>;
}

/**
 * The sandbox over real HTTP on 127.0.0.1, in this process. Its API token is not the one that the extension holds for
 * its own sandbox.
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

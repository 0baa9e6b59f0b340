import { afterEach, beforeEach } from 'vitest';
import type { CallOptions, NewAgent, RequestLogEntry } from '../../../../src/core/api/api';
import { QuantConnectClient, type QuantConnectClientOptions } from '../../../../src/core/api/client';
import { ApiError } from '../../../../src/core/api/errors';
import { Secret } from '../../../../src/core/base/secret';
import { startFaultServer, type FaultServer } from '../../../support/faultServer';

export const USER_ID = '12345';
export const TOKEN = 'canary-3f9c51e0a7';
export const PROVIDER_KEY = 'sk-canary-77d0b2';
export const ORGANIZATION = '5cad178b20a1d52567b534553413b691';
export const DEPLOYMENT = 'A-a5d782221843ac9aa99211e3b1949c01';

/** A client with a new fault server for each test. It records waits between attempts instead of waiting. */
export interface World {
  server: FaultServer;
  records: RequestLogEntry[];
  waits: number[];
  skews: number[];
  client(options?: Partial<QuantConnectClientOptions>): QuantConnectClient;
}

export function setUpWorld(): World {
  const world = {} as World;
  beforeEach(async () => {
    const server = await startFaultServer();
    Object.assign(world, {
      server,
      records: [],
      waits: [],
      skews: [],
      client: (options: Partial<QuantConnectClientOptions> = {}) =>
        new QuantConnectClient({
          baseUrl: server.url,
          userId: USER_ID,
          token: new Secret(TOKEN),
          random: () => 0.5,
          sleep: (ms) => {
            world.waits.push(ms);
            return Promise.resolve();
          },
          log: (record) => world.records.push(record),
          onClockSkew: (offset) => world.skews.push(offset),
          ...options,
        }),
    } satisfies World);
  });
  afterEach(() => world.server.close());
  return world;
}

/** The error of a call. A call that succeeds fails the test. */
export async function errorOf(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!('error' in outcome)) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof ApiError)) throw new Error(`expected an ApiError, got ${String(outcome.error)}`);
  return outcome.error;
}

export const NEW_AGENT: NewAgent = { name: 'Momentum' };

export interface EndpointCall {
  readonly name: string;
  readonly path: string;
  readonly repeatability: 'read' | 'idempotent' | 'once';
  /** The fields of a good answer besides `success`. */
  readonly answer: object;
  readonly call: (client: QuantConnectClient, options?: CallOptions) => Promise<unknown>;
}

const agent = { id: 47, name: 'Backtest Agent' };
const task = { id: 332, name: 'Momentum', status: [] };
const deployment = { deploymentId: DEPLOYMENT, status: 'InQueue', created: '2026-05-12 17:08:53' };

/** Every endpoint with one call. */
export const ENDPOINTS: readonly EndpointCall[] = [
  { name: 'authenticate', path: '/authenticate', repeatability: 'read', answer: {}, call: (c, o) => c.authenticate(o) },
  {
    name: 'listOrganizations',
    path: '/organizations/list',
    repeatability: 'read',
    answer: { organizations: [] },
    call: (c, o) => c.listOrganizations(o),
  },
  {
    name: 'listAgents',
    path: '/agents/list',
    repeatability: 'read',
    answer: { agents: [agent] },
    call: (c, o) => c.listAgents(ORGANIZATION, o),
  },
  {
    name: 'createAgent',
    path: '/agents/create',
    repeatability: 'once',
    answer: { agent },
    call: (c, o) => c.createAgent(ORGANIZATION, NEW_AGENT, undefined, o),
  },
  {
    name: 'readAgent',
    path: '/agents/read',
    repeatability: 'read',
    answer: { agent },
    call: (c, o) => c.readAgent(47, o),
  },
  {
    name: 'updateAgent',
    path: '/agents/update',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.updateAgent(47, { name: 'New' }, undefined, o),
  },
  {
    name: 'deleteAgent',
    path: '/agents/delete',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.deleteAgent(47, o),
  },
  {
    name: 'listTasks',
    path: '/agents/tasks/list',
    repeatability: 'read',
    answer: { tasks: [task] },
    call: (c, o) => c.listTasks(ORGANIZATION, o),
  },
  {
    name: 'createTask',
    path: '/agents/tasks/create',
    repeatability: 'once',
    answer: { task },
    call: (c, o) =>
      c.createTask(
        {
          organizationId: ORGANIZATION,
          agentId: 47,
          name: 'Momentum',
          prompt: 'Go',
          projectPreference: 'project-for-task',
        },
        o,
      ),
  },
  {
    name: 'readTask',
    path: '/agents/tasks/read',
    repeatability: 'read',
    answer: { task },
    call: (c, o) => c.readTask(332, o),
  },
  {
    name: 'updateTask',
    path: '/agents/tasks/update',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.updateTask(332, { name: 'New' }, o),
  },
  {
    name: 'deleteTask',
    path: '/agents/tasks/delete',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.deleteTask(332, o),
  },
  {
    name: 'createDeployment',
    path: '/agents/deployments/create',
    repeatability: 'once',
    answer: { deployment },
    call: (c, o) => c.createDeployment(332, o),
  },
  {
    name: 'readDeployment',
    path: '/agents/deployments/read',
    repeatability: 'read',
    answer: { deployment },
    call: (c, o) => c.readDeployment(DEPLOYMENT, o),
  },
  {
    name: 'listDeployments',
    path: '/agents/deployments/list',
    repeatability: 'read',
    answer: { deployments: [deployment] },
    call: (c, o) => c.listDeployments(332, o),
  },
  {
    name: 'promptDeployment',
    path: '/agents/deployments/prompt',
    repeatability: 'once',
    answer: { message: 'Prompt run started.' },
    call: (c, o) => c.promptDeployment(DEPLOYMENT, 'And on SPY?', o),
  },
  {
    name: 'stopDeployment',
    path: '/agents/deployments/stop',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.stopDeployment(DEPLOYMENT, o),
  },
  {
    name: 'deleteDeployment',
    path: '/agents/deployments/delete',
    repeatability: 'idempotent',
    answer: {},
    call: (c, o) => c.deleteDeployment(DEPLOYMENT, o),
  },
  {
    name: 'readConversation',
    path: '/agents/deployments/conversation/read',
    repeatability: 'read',
    answer: { conversation: { messages: [] } },
    call: (c, o) => c.readConversation(DEPLOYMENT, o),
  },
];

import type { EpochMs } from '../core/api/model';
import type { CastMember, Role } from './agents/behaviors/behavior';
import { isObject, type JsonObject } from './json';

/**
 * The sandbox's stored state: small, plain JSON. What agents say is not in it, because it follows from a turn's script,
 * seed and start.
 */
export interface SandboxState {
  readonly version: typeof STATE_VERSION;
  readonly seed: number;
  readonly createdAt: EpochMs;
  readonly organizations: readonly StoredOrganization[];
  readonly agents: readonly StoredAgent[];
  readonly tasks: readonly StoredTask[];
  readonly deployments: readonly StoredDeployment[];
  /** The next free number of each kind. The numbers of deleted things are never used again. */
  readonly next: Readonly<Record<'agent' | 'task' | 'deployment' | 'project', number>>;
}

export const STATE_VERSION = 1;

export interface StoredOrganization {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly members: number;
  readonly preferred: boolean;
}

export interface StoredAgent {
  readonly id: number;
  readonly organizationId: string;
  readonly role: Role;
  readonly predefined: boolean;
  readonly name: string;
  readonly description: string;
  readonly profileImage: string;
  readonly systemPrompt: string;
  readonly reasoningEffort: string;
  readonly maxTurns: number;
  readonly toolChoice: string;
  readonly tools: readonly string[];
  readonly public: boolean;
  readonly model: string | null;
  readonly pipeline: string | null;
  readonly outputSchema: JsonObject | null;
  readonly chainedAgents: readonly { readonly agentId: number; readonly step: number }[];
  readonly subAgents: readonly { readonly agentId: number; readonly callableCount?: number }[];
  readonly useQCC: boolean;
  readonly token: { readonly llmProviderApi: string; readonly llmApiTokenUser: string } | null;
  readonly created: EpochMs;
  readonly updated: EpochMs;
}

export interface StoredTask {
  readonly id: number;
  readonly organizationId: string;
  readonly agentId: number;
  readonly name: string;
  readonly prompt: string;
  readonly projectPreference: string;
  readonly projectId: number | null;
  readonly schedule: string | null;
  readonly scheduleHuman: string | null;
  readonly created: EpochMs;
  readonly updated: EpochMs;
}

export interface StoredDeployment {
  readonly deploymentId: string;
  /** The number from another ID space that a task answers as `lastDeploymentId`. */
  readonly number: number;
  readonly taskId: number;
  readonly projectId: number;
  readonly model: string;
  readonly tools: readonly string[];
  /** The agents as they were when the run started. Later changes of an agent do not change what was said. */
  readonly agent: CastMember;
  readonly others: readonly CastMember[];
  readonly turns: readonly [StoredTurn, ...StoredTurn[]];
}

/** One prompt and the turn that answers it. */
export interface StoredTurn {
  readonly prompt: string;
  /** `<behavior>/<details>`, such as `build/pairs/repaired`. */
  readonly scriptId: string;
  readonly seed: number;
  readonly promptedAt: EpochMs;
  /** Later than `promptedAt` if the prompt had to wait for the run before it. */
  readonly startedAt: EpochMs;
  /** All durations of the script are divided by this. */
  readonly speed: number;
  readonly stoppedAt?: EpochMs;
}

export type StoredState =
  { readonly ok: true; readonly state: SandboxState } | { readonly ok: false; readonly problem: string };

/** Reads a stored state. An inconsistent one is refused as a whole, with the reason. */
export function readState(stored: unknown): StoredState {
  if (!isObject(stored)) return { ok: false, problem: 'it is not an object' };
  if (stored['version'] !== STATE_VERSION)
    return { ok: false, problem: `its version is ${String(stored['version'])} instead of ${String(STATE_VERSION)}` };
  for (const [key, shape] of Object.entries(LISTS)) {
    const list = stored[key];
    if (!Array.isArray(list)) return { ok: false, problem: `“${key}” is not a list` };
    const broken = list.findIndex(
      (item) => !isObject(item) || Object.entries(shape).some(([field, type]) => !hasType(item[field], type)),
    );
    if (broken >= 0) return { ok: false, problem: `“${key}” holds something else at position ${String(broken)}` };
  }
  const next = stored['next'];
  if (!isObject(next) || ['agent', 'task', 'deployment', 'project'].some((key) => typeof next[key] !== 'number'))
    return { ok: false, problem: '“next” is broken' };
  if (typeof stored['seed'] !== 'number' || typeof stored['createdAt'] !== 'number')
    return { ok: false, problem: 'seed or time of creation is missing' };
  const state = stored as unknown as SandboxState;
  const turnsHold = state.deployments.every(
    ({ turns }) =>
      turns.length > 0 &&
      turns.every(
        (turn: unknown) =>
          isObject(turn) &&
          typeof turn['prompt'] === 'string' &&
          typeof turn['scriptId'] === 'string' &&
          ['seed', 'promptedAt', 'startedAt', 'speed'].every((key) => Number.isFinite(turn[key])),
      ),
  );
  return turnsHold ? { ok: true, state } : { ok: false, problem: 'a deployment holds a broken turn' };
}

type FieldType = 'string' | 'number' | 'boolean' | 'list' | 'object';

const LISTS: Readonly<Record<string, Readonly<Record<string, FieldType>>>> = {
  organizations: { id: 'string', name: 'string' },
  agents: {
    id: 'number',
    organizationId: 'string',
    role: 'string',
    name: 'string',
    tools: 'list',
    chainedAgents: 'list',
    subAgents: 'list',
    created: 'number',
    updated: 'number',
  },
  tasks: {
    id: 'number',
    organizationId: 'string',
    agentId: 'number',
    name: 'string',
    prompt: 'string',
    created: 'number',
    updated: 'number',
  },
  deployments: {
    deploymentId: 'string',
    number: 'number',
    taskId: 'number',
    agent: 'object',
    others: 'list',
    turns: 'list',
    tools: 'list',
  },
};

function hasType(value: unknown, type: FieldType): boolean {
  if (type === 'list') return Array.isArray(value);
  return type === 'object' ? isObject(value) : typeof value === type;
}

/**
 * What is known of an organization, and what changed between two states of that knowledge. Pure: the store around it
 * reads and fires.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ApiError } from '../api/errors';
import type { Agent, Deployment, EpochMs, Task } from '../api/model';
import { hasEnded } from './status/runState';
import { NO_TURNS, type KnownTurns, type TurnTimes } from './status/runTime';

/** A list with how fresh it is. A failed read keeps the last good value and says why it could not be renewed. */
export interface Loadable<T> {
  readonly value?: T;
  /** When the server last confirmed the value. */
  readonly confirmedAt?: EpochMs;
  /** The same on the monotonic clock, to tell how old it is. */
  readonly confirmedMonotonicMs?: number;
  readonly problem?: ApiError;
  readonly loading: boolean;
  /** How many items of the last answer could not be read. */
  readonly unreadable: number;
}

export interface OrganizationSnapshot {
  readonly agents: Loadable<readonly Agent[]>;
  readonly tasks: Loadable<readonly Task[]>;
  /** By task id; only for tasks whose deployments were asked for. */
  readonly deployments: ReadonlyMap<number, Loadable<readonly Deployment[]>>;
  /** By deployment id: what a conversation panel has read of deployments whose task's list nobody asked for. */
  readonly observed: ReadonlyMap<string, Deployment>;
  /** By deployment id: what was learned of the turns of runs, the latest at the end. */
  readonly turns: ReadonlyMap<string, KnownTurns>;
}

/** How many runs keep their turns, how many turns a run may have for that, and how many of its ends are kept. */
const MAX_RUNS = 500;
const MAX_TURNS = 2_000;
const MAX_ENDS = 200;

/** What a view has to draw again; anything not named is as it was. */
export type OrganizationChange =
  /** The set or order of agents, or how fresh it is. */
  | { readonly kind: 'agents' }
  /** An agent's own fields, or the set of its tasks. */
  | { readonly kind: 'agent'; readonly agentId: number }
  /** A task's own fields, or the set of its deployments. */
  | { readonly kind: 'task'; readonly taskId: number }
  | { readonly kind: 'deployment'; readonly deploymentId: string; readonly taskId: number };

const UNKNOWN: Loadable<never> = { loading: false, unreadable: 0 };

export const EMPTY_SNAPSHOT: OrganizationSnapshot = {
  agents: UNKNOWN,
  tasks: UNKNOWN,
  deployments: new Map(),
  observed: new Map(),
  turns: new Map(),
};

export const deploymentsOf = (snapshot: OrganizationSnapshot, taskId: number): Loadable<readonly Deployment[]> =>
  snapshot.deployments.get(taskId) ?? UNKNOWN;

export const withDeployments = (
  snapshot: OrganizationSnapshot,
  taskId: number,
  list: Loadable<readonly Deployment[]> | undefined,
): OrganizationSnapshot => {
  const deployments = new Map(snapshot.deployments);
  if (list) deployments.set(taskId, list);
  else deployments.delete(taskId);
  return { ...snapshot, deployments };
};

export function findDeployment(snapshot: OrganizationSnapshot, deploymentId: string): Deployment | undefined {
  for (const { value } of snapshot.deployments.values()) {
    const found = value?.find((deployment) => deployment.deploymentId === deploymentId);
    if (found) return found;
  }
  return snapshot.observed.get(deploymentId);
}

/**
 * Takes over what a single deployment's own read told, for its row, its panel and its task's `active` alike: they must
 * never disagree.
 */
export function withObserved(snapshot: OrganizationSnapshot, deployment: Deployment): OrganizationSnapshot {
  const { deploymentId } = deployment;
  const known = findDeployment(snapshot, deploymentId);
  // The answer to a single read may leave out where the deployment belongs.
  const taskId = deployment.taskId ?? known?.taskId;
  const told = taskId === deployment.taskId ? deployment : { ...deployment, taskId };
  const kept = known !== undefined && isDeepStrictEqual(known, told) ? known : told;
  let next = withActive(snapshot, kept);
  const held = taskId === undefined ? undefined : snapshot.deployments.get(taskId);
  if (taskId !== undefined && held?.value) {
    const others = held.value.filter((other) => other.deploymentId !== deploymentId);
    const value = keepIdentity(held.value, newestFirst([...others, kept]), (item) => item.deploymentId);
    if (value !== held.value) next = withDeployments(next, taskId, { ...held, value });
  } else if (kept !== known) {
    next = { ...next, observed: new Map([...snapshot.observed, [deploymentId, kept]]) };
  }
  return next;
}

/** Takes over when the messages of a conversation were written: how long a run took follows from that. */
export function withTurns(
  snapshot: OrganizationSnapshot,
  deploymentId: string,
  turns: readonly TurnTimes[],
): OrganizationSnapshot {
  const known = snapshot.turns.get(deploymentId) ?? NO_TURNS;
  const readEnded = findDeployment(snapshot, deploymentId)?.ended;
  return withKnownTurns(
    snapshot,
    deploymentId,
    turns.length > MAX_TURNS ? { ends: known.ends } : { ...known, turns, readEnded },
  );
}

/** Remembers the ends that runs had in `before` and have no longer: each was the end of a turn. */
export function withPastEnds(before: OrganizationSnapshot, after: OrganizationSnapshot): OrganizationSnapshot {
  if (before.deployments === after.deployments && before.observed === after.observed) return after;
  const lists = [...after.deployments].flatMap(([taskId, list]) =>
    list === before.deployments.get(taskId) ? [] : (list.value ?? []),
  );
  const observed = before.observed === after.observed ? [] : after.observed.values();
  let next = after;
  for (const { deploymentId, ended } of [...lists, ...observed]) {
    const past = findDeployment(before, deploymentId)?.ended;
    const known = next.turns.get(deploymentId) ?? NO_TURNS;
    if (past === undefined || past === ended || known.ends.includes(past)) continue;
    const ends = [...known.ends, past].sort((a, b) => a - b).slice(-MAX_ENDS);
    next = withKnownTurns(next, deploymentId, { ...known, ends });
  }
  return next;
}

function withKnownTurns(snapshot: OrganizationSnapshot, deploymentId: string, known: KnownTurns): OrganizationSnapshot {
  if (isDeepStrictEqual(snapshot.turns.get(deploymentId), known)) return snapshot;
  const turns = new Map(snapshot.turns);
  turns.delete(deploymentId);
  turns.set(deploymentId, known);
  const [oldest] = turns.keys();
  if (turns.size > MAX_RUNS && oldest !== undefined) turns.delete(oldest);
  return { ...snapshot, turns };
}

/** A task's `active` in step with one of its deployments. */
function withActive(snapshot: OrganizationSnapshot, deployment: Deployment): OrganizationSnapshot {
  const { tasks } = snapshot;
  const task = tasks.value?.find(({ id }) => id === deployment.taskId);
  if (!tasks.value || !task) return snapshot;
  const { deploymentId, status } = deployment;
  const listed = task.active.find((entry) => entry.deploymentId === deploymentId);
  if (hasEnded(deployment) ? !listed : listed?.status === status) return snapshot;
  const others = task.active.filter((entry) => entry !== listed);
  const active = hasEnded(deployment) ? others : [...others, { deploymentId, status }];
  const value = tasks.value.map((other) => (other === task ? { ...task, active } : other));
  return { ...snapshot, tasks: { ...tasks, value } };
}

/** Forgets a deployment that was deleted. */
export function withoutDeployment(snapshot: OrganizationSnapshot, deploymentId: string): OrganizationSnapshot {
  let next = snapshot;
  for (const [taskId, held] of snapshot.deployments) {
    const value = held.value?.filter((deployment) => deployment.deploymentId !== deploymentId);
    if (value && value.length !== held.value?.length) next = withDeployments(next, taskId, { ...held, value });
  }
  return { ...next, observed: without(next.observed, deploymentId), turns: without(next.turns, deploymentId) };
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Newest first, by `created`: the order of the API's lists is unpublished. */
export function newestFirst(deployments: readonly Deployment[]): readonly Deployment[] {
  return [...deployments].sort(
    (a, b) => (b.created ?? 0) - (a.created ?? 0) || (a.deploymentId < b.deploymentId ? 1 : -1),
  );
}

/** Takes over a new list but keeps each unchanged item's identity, so that an unchanged answer is visibly unchanged. */
export function keepIdentity<T>(
  before: readonly T[] | undefined,
  after: readonly T[],
  idOf: (item: T) => unknown,
): readonly T[] {
  if (!before) return after;
  const known = new Map(before.map((item) => [idOf(item), item]));
  const merged = after.map((item) => {
    const old = known.get(idOf(item));
    return old !== undefined && isDeepStrictEqual(old, item) ? old : item;
  });
  return merged.length === before.length && merged.every((item, index) => item === before[index]) ? before : merged;
}

/**
 * Brings held deployments in step with a newer `tasks/list`, whose `status` array names what is active now
 * (contract.md).
 * @returns the snapshot, and the tasks whose deployments must be read because one ended (how is not in the task) or a
 * new one appeared.
 */
export function reconcileActive(snapshot: OrganizationSnapshot): {
  snapshot: OrganizationSnapshot;
  outdated: readonly number[];
} {
  let next = snapshot;
  const outdated: number[] = [];
  for (const task of snapshot.tasks.value ?? []) {
    const held = snapshot.deployments.get(task.id);
    if (!held?.value) continue;
    const active = new Map(task.active.map((entry) => [entry.deploymentId, entry.status]));
    const known = new Set(held.value.map((deployment) => deployment.deploymentId));
    let isOutdated = [...active.keys()].some((id) => !known.has(id));
    const value = held.value.map((deployment) => {
      const status = active.get(deployment.deploymentId);
      if (status === undefined) {
        isOutdated ||= !hasEnded(deployment);
        return deployment;
      }
      if (status === deployment.status) return deployment;
      isOutdated = true;
      // It is active again, so its earlier end says nothing any more.
      const { ended: _, runtimeError: __, ...rest } = deployment;
      return { ...rest, status };
    });
    if (value.some((deployment, index) => deployment !== held.value?.[index]))
      next = withDeployments(next, task.id, { ...held, value });
    if (isOutdated) outdated.push(task.id);
  }
  return { snapshot: next, outdated };
}

/** Everything that differs between two snapshots, as the views need to hear it. */
export function changesBetween(
  before: OrganizationSnapshot,
  after: OrganizationSnapshot,
): readonly OrganizationChange[] {
  const changes: OrganizationChange[] = [];
  const agentIds = new Set<number>();
  const taskIds = new Set<number>();

  if (before.agents !== after.agents) {
    if (!sameOrder(before.agents, after.agents, (agent) => agent.id)) changes.push({ kind: 'agents' });
    for (const agent of changedItems(before.agents.value, after.agents.value, (item) => item.id))
      agentIds.add(agent.id);
  }
  if (before.tasks !== after.tasks) {
    if (!sameFreshness(before.tasks, after.tasks)) changes.push({ kind: 'agents' });
    for (const task of changedItems(before.tasks.value, after.tasks.value, (item) => item.id)) {
      taskIds.add(task.id);
      if (task.agentId !== undefined) agentIds.add(task.agentId);
    }
  }
  for (const taskId of new Set([...before.deployments.keys(), ...after.deployments.keys()])) {
    const old = deploymentsOf(before, taskId);
    const now = deploymentsOf(after, taskId);
    if (old === now) continue;
    if (!sameOrder(old, now, (deployment) => deployment.deploymentId)) taskIds.add(taskId);
    for (const { deploymentId } of changedItems(old.value, now.value, (item) => item.deploymentId)) {
      changes.push({ kind: 'deployment', deploymentId, taskId });
      // Whether one of its active runs has ended shows in the task's row, and in its agent's.
      const task = after.tasks.value?.find(({ id }) => id === taskId);
      if (!task?.active.some((entry) => entry.deploymentId === deploymentId)) continue;
      taskIds.add(taskId);
      if (task.agentId !== undefined) agentIds.add(task.agentId);
    }
  }
  if (before.observed !== after.observed) {
    for (const { deploymentId, taskId = 0 } of changedItems(
      [...before.observed.values()],
      [...after.observed.values()],
      (item) => item.deploymentId,
    )) {
      changes.push({ kind: 'deployment', deploymentId, taskId });
    }
  }
  if (before.turns !== after.turns) {
    for (const [deploymentId, known] of after.turns)
      if (before.turns.get(deploymentId) !== known)
        changes.push({ kind: 'deployment', deploymentId, taskId: findDeployment(after, deploymentId)?.taskId ?? 0 });
  }
  for (const agentId of agentIds) changes.push({ kind: 'agent', agentId });
  for (const taskId of taskIds) changes.push({ kind: 'task', taskId });
  return changes;
}

function sameFreshness<T>(a: Loadable<T>, b: Loadable<T>): boolean {
  return (
    a.problem?.kind === b.problem?.kind &&
    a.unreadable === b.unreadable &&
    (a.value === undefined) === (b.value === undefined) &&
    (a.value !== undefined || a.loading === b.loading)
  );
}

function sameOrder<T>(a: Loadable<readonly T[]>, b: Loadable<readonly T[]>, idOf: (item: T) => unknown): boolean {
  return sameFreshness(a, b) && isDeepStrictEqual(a.value?.map(idOf), b.value?.map(idOf));
}

/** Items that are new, gone or not the same object any more. */
function changedItems<T>(
  before: readonly T[] = [],
  after: readonly T[] = [],
  idOf: (item: T) => unknown,
): readonly T[] {
  if (before === after) return [];
  const old = new Map(before.map((item) => [idOf(item), item]));
  const now = new Set(after.map(idOf));
  return [...after.filter((item) => old.get(idOf(item)) !== item), ...before.filter((item) => !now.has(idOf(item)))];
}

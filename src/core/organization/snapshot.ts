/**
 * The snapshot of an organization, and the changes between two snapshots. These are pure functions. The store reads
 * from the server and notifies the views.
 */
import { isDeepStrictEqual } from 'node:util';
import type { ApiError } from '../api/errors';
import type { Agent, Deployment, EpochMs, Task } from '../api/model';
import { hasEnded } from './status/runState';
import { NO_TURNS, type KnownTurns, type TurnTimes } from './status/runTime';

/** A list and its age. After a failed read, it has the last good value and the problem. */
export interface Loadable<T> {
  readonly value?: T;
  /** When the server last confirmed the value. */
  readonly confirmedAt?: EpochMs;
  /** The same moment on the monotonic clock, to compute the age. */
  readonly confirmedMonotonicMs?: number;
  readonly problem?: ApiError;
  readonly loading: boolean;
  /** How many items of the last answer could not be read. */
  readonly unreadable: number;
}

export interface OrganizationSnapshot {
  readonly agents: Loadable<readonly Agent[]>;
  readonly tasks: Loadable<readonly Task[]>;
  /** By task id. Contains only tasks whose deployments were read. */
  readonly deployments: ReadonlyMap<number, Loadable<readonly Deployment[]>>;
  /** By deployment id: deployments that a panel has read, and whose task's list nobody has read. */
  readonly unlisted: ReadonlyMap<string, Deployment>;
  /** By deployment id: what is known of the turns of runs. The latest change is at the end. */
  readonly turns: ReadonlyMap<string, KnownTurns>;
}

/** Limits for remembered turns: runs in all, turns per run, and ends per run. */
const MAX_RUNS = 500;
const MAX_TURNS = 2_000;
const MAX_ENDS = 200;

/** What a view must redraw. Everything else is unchanged. */
export type OrganizationChange =
  /** Which agents there are, their order, or the age of the list. */
  | { readonly kind: 'agents' }
  /** An agent's own fields, or which tasks it has. */
  | { readonly kind: 'agent'; readonly agentId: number }
  /** A task's own fields, or which deployments it has. */
  | { readonly kind: 'task'; readonly taskId: number }
  | { readonly kind: 'deployment'; readonly deploymentId: string; readonly taskId: number };

const UNKNOWN: Loadable<never> = { loading: false, unreadable: 0 };

export const EMPTY_SNAPSHOT: OrganizationSnapshot = {
  agents: UNKNOWN,
  tasks: UNKNOWN,
  deployments: new Map(),
  unlisted: new Map(),
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
  return snapshot.unlisted.get(deploymentId);
}

/**
 * Adds the answer to a read of one deployment. The deployment's row, its panel and its task's `active` change together,
 * so that they never disagree.
 */
export function withDeployment(snapshot: OrganizationSnapshot, deployment: Deployment): OrganizationSnapshot {
  const { deploymentId } = deployment;
  const known = findDeployment(snapshot, deploymentId);
  // This answer may leave out the task.
  const taskId = deployment.taskId ?? known?.taskId;
  const updated = taskId === deployment.taskId ? deployment : { ...deployment, taskId };
  const current = known !== undefined && isDeepStrictEqual(known, updated) ? known : updated;
  let next = withActive(snapshot, current);
  const list = taskId === undefined ? undefined : snapshot.deployments.get(taskId);
  if (taskId !== undefined && list?.value) {
    const others = list.value.filter((other) => other.deploymentId !== deploymentId);
    const value = keepIdentity(list.value, newestFirst([...others, current]), (item) => item.deploymentId);
    if (value !== list.value) next = withDeployments(next, taskId, { ...list, value });
  } else if (current !== known) {
    next = { ...next, unlisted: new Map([...snapshot.unlisted, [deploymentId, current]]) };
  }
  return next;
}

/** Adds the times of a conversation's turns. The run time is computed from them. */
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

/** Remembers each run's end that is in `before` but no longer in `after`. Each was the end of a turn. */
export function withPastEnds(before: OrganizationSnapshot, after: OrganizationSnapshot): OrganizationSnapshot {
  if (before.deployments === after.deployments && before.unlisted === after.unlisted) return after;
  const lists = [...after.deployments].flatMap(([taskId, list]) =>
    list === before.deployments.get(taskId) ? [] : (list.value ?? []),
  );
  const unlisted = before.unlisted === after.unlisted ? [] : after.unlisted.values();
  let next = after;
  for (const { deploymentId, ended } of [...lists, ...unlisted]) {
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

/** Makes a task's `active` agree with one of its deployments. */
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

/** Removes a deleted deployment. */
export function withoutDeployment(snapshot: OrganizationSnapshot, deploymentId: string): OrganizationSnapshot {
  let next = snapshot;
  for (const [taskId, list] of snapshot.deployments) {
    const value = list.value?.filter((deployment) => deployment.deploymentId !== deploymentId);
    if (value && value.length !== list.value?.length) next = withDeployments(next, taskId, { ...list, value });
  }
  return { ...next, unlisted: without(next.unlisted, deploymentId), turns: without(next.turns, deploymentId) };
}

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const rest = new Map(map);
  rest.delete(key);
  return rest;
}

/** Sorts by `created`, newest first. The API does not publish the order of its lists. */
export function newestFirst(deployments: readonly Deployment[]): readonly Deployment[] {
  return [...deployments].sort(
    (a, b) => (b.created ?? 0) - (a.created ?? 0) || (a.deploymentId < b.deploymentId ? 1 : -1),
  );
}

/** The new list, with the old object for each unchanged item. If nothing changed, it is the old list itself. */
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
 * Updates the known deployments from a newer `tasks/list`. Its `status` array lists the active runs (contract.md).
 * @returns the snapshot, and the tasks whose deployments must be read: one ended, has another status or is new. The
 * list of tasks does not say how a run ended.
 */
export function reconcileActive(snapshot: OrganizationSnapshot): {
  snapshot: OrganizationSnapshot;
  outdated: readonly number[];
} {
  let next = snapshot;
  const outdated: number[] = [];
  for (const task of snapshot.tasks.value ?? []) {
    const list = snapshot.deployments.get(task.id);
    if (!list?.value) continue;
    const active = new Map(task.active.map((entry) => [entry.deploymentId, entry.status]));
    const known = new Set(list.value.map((deployment) => deployment.deploymentId));
    let isOutdated = [...active.keys()].some((id) => !known.has(id));
    const value = list.value.map((deployment) => {
      const status = active.get(deployment.deploymentId);
      if (status === undefined) {
        isOutdated ||= !hasEnded(deployment);
        return deployment;
      }
      if (status === deployment.status) return deployment;
      isOutdated = true;
      // The run is active again, so its earlier end no longer applies.
      const { ended: _, runtimeError: __, ...rest } = deployment;
      return { ...rest, status };
    });
    if (value.some((deployment, index) => deployment !== list.value?.[index]))
      next = withDeployments(next, task.id, { ...list, value });
    if (isOutdated) outdated.push(task.id);
  }
  return { snapshot: next, outdated };
}

/** All differences between two snapshots, in the form that views need. */
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
      // The rows of task and agent show whether an active run has ended.
      const task = after.tasks.value?.find(({ id }) => id === taskId);
      if (!task?.active.some((entry) => entry.deploymentId === deploymentId)) continue;
      taskIds.add(taskId);
      if (task.agentId !== undefined) agentIds.add(task.agentId);
    }
  }
  if (before.unlisted !== after.unlisted) {
    for (const { deploymentId, taskId = 0 } of changedItems(
      [...before.unlisted.values()],
      [...after.unlisted.values()],
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

/** Items that are new, removed or replaced by another object. */
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment, Task } from '../../../../src/core/api/model';
import {
  changesBetween,
  EMPTY_SNAPSHOT,
  findDeployment,
  keepIdentity,
  newestFirst,
  reconcileActive,
  withDeployments,
  withDeployment,
  withoutDeployment,
  type OrganizationSnapshot,
} from '../../../../src/core/organization/snapshot';

const task = (id: number, over: Partial<Task> = {}): Task => ({
  id,
  name: `Task ${String(id)}`,
  agentId: 47,
  active: [],
  ...over,
});
const deployment = (deploymentId: string, over: Partial<Deployment> = {}): Deployment => ({
  deploymentId,
  status: 'Running',
  taskId: 1,
  created: 1,
  ...over,
});
const loaded = <T>(value: readonly T[]) => ({ value, confirmedAt: 1, loading: false, unreadable: 0 });
const snapshot = (over: Partial<OrganizationSnapshot>): OrganizationSnapshot => ({ ...EMPTY_SNAPSHOT, ...over });

describe('changesBetween', () => {
  it('is empty after a read of an equal list', () => {
    const before = snapshot({ tasks: loaded([task(1), task(2)]) });
    const again = keepIdentity(before.tasks.value, [task(1), task(2)], ({ id }) => id);
    expect(again).toBe(before.tasks.value);
    expect(changesBetween(before, snapshot({ tasks: { ...loaded(again), confirmedAt: 99 } }))).toEqual([]);
  });

  it('names a renamed task and its agent, and no other row', () => {
    const before = snapshot({ tasks: loaded([task(1), task(2)]) });
    const after = snapshot({
      tasks: loaded(keepIdentity(before.tasks.value, [task(1), task(2, { name: 'New' })], ({ id }) => id)),
    });
    expect(changesBetween(before, after)).toEqual([
      { kind: 'agent', agentId: 47 },
      { kind: 'task', taskId: 2 },
    ]);
  });

  it('puts a deployment whose own read leaves out its task into the list that it is in', () => {
    const before = snapshot({
      tasks: loaded([task(1, { active: [{ deploymentId: 'A-1', status: 'Running' }] })]),
      deployments: new Map([[1, loaded([deployment('A-1')])]]),
    });
    const after = withDeployment(before, deployment('A-1', { status: 'Completed', ended: 5, taskId: undefined }));
    expect(findDeployment(after, 'A-1')).toMatchObject({ status: 'Completed', taskId: 1 });
    expect(after.tasks.value?.[0]?.active).toEqual([]);
  });

  it("names a deployment with another status, but not its task's list", () => {
    const before = withDeployments(EMPTY_SNAPSHOT, 1, loaded([deployment('A-2'), deployment('A-1')]));
    const after = withDeployment(before, deployment('A-2', { status: 'Completed', ended: 5 }));
    expect(changesBetween(before, after)).toEqual([{ kind: 'deployment', deploymentId: 'A-2', taskId: 1 }]);
  });
});

describe('withDeployment: a deployment that was read by itself', () => {
  const before = withDeployments(
    snapshot({ tasks: loaded([task(1, { active: [{ deploymentId: 'A-1', status: 'Running' }] })]) }),
    1,
    loaded([deployment('A-1')]),
  );

  it("ends in its row and in its task's active entries at the same time", () => {
    const after = withDeployment(before, deployment('A-1', { status: 'Completed' }));
    expect(findDeployment(after, 'A-1')?.status).toBe('Completed');
    expect(after.tasks.value?.[0]?.active).toEqual([]);
  });

  it('starts again in both after a follow-up prompt', () => {
    const ended = withDeployment(before, deployment('A-1', { status: 'Completed' }));
    expect(withDeployment(ended, deployment('A-1', { status: 'Running' })).tasks.value?.[0]?.active).toEqual([
      { deploymentId: 'A-1', status: 'Running' },
    ]);
  });

  it('returns the same snapshot if nothing is new', () => {
    expect(withDeployment(before, deployment('A-1'))).toBe(before);
  });

  it("is known although nobody read its task's list, and removed when deleted", () => {
    const observed = withDeployment(EMPTY_SNAPSHOT, deployment('A-9', { taskId: 9 }));
    expect(findDeployment(observed, 'A-9')).toBeDefined();
    expect(changesBetween(EMPTY_SNAPSHOT, observed)).toEqual([{ kind: 'deployment', deploymentId: 'A-9', taskId: 9 }]);
    expect(findDeployment(withoutDeployment(observed, 'A-9'), 'A-9')).toBeUndefined();
  });
});

describe('reconcileActive', () => {
  it('updates known deployments, and asks for the list of a task whose run ended', () => {
    const known = withDeployments(
      snapshot({ tasks: loaded([task(1, { active: [{ deploymentId: 'A-1', status: 'Running' }] })]) }),
      1,
      loaded([
        deployment('A-1', { status: 'InQueue' }),
        deployment('A-2', { status: 'Running' }),
        deployment('A-3', { status: 'Failed' }),
      ]),
    );
    const { snapshot: after, outdated } = reconcileActive(known);
    expect(findDeployment(after, 'A-1')?.status).toBe('Running');
    expect(findDeployment(after, 'A-2')?.status).toBe('Running');
    expect(outdated).toEqual([1]);
  });

  it('asks for nothing when everything agrees', () => {
    const known = withDeployments(
      snapshot({ tasks: loaded([task(1)]) }),
      1,
      loaded([deployment('A-1', { status: 'Completed' })]),
    );
    const { snapshot: after, outdated } = reconcileActive(known);
    expect(after).toBe(known);
    expect(outdated).toEqual([]);
  });
});

describe('newestFirst', () => {
  it('sorts deployments newest first, in any order of the API', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ deploymentId: fc.uuid(), created: fc.integer({ min: 0, max: 50 }) })),
        (items) => {
          const sorted = newestFirst(items.map((item) => deployment(item.deploymentId, item)));
          expect(
            sorted.every((item, index) => index === 0 || (sorted[index - 1]?.created ?? 0) >= (item.created ?? 0)),
          ).toBe(true);
          expect(newestFirst([...sorted].reverse())).toEqual(sorted);
        },
      ),
    );
  });
});

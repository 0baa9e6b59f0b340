import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/api/model';
import { agentDescription, deploymentDescription, taskDescription } from '../../../../src/core/organization/describe';
import { runStateOf } from '../../../../src/core/organization/status/runState';

const task = (change: Partial<Task>): Task => ({ id: 1, name: 'T', active: [], ...change });

describe('describe', () => {
  it('says first how many runs of an agent are active', () => {
    expect(agentDescription({ id: 1, name: 'A', model: 'm1' }, 2, 3)).toBe('3 active · 2 tasks · m1');
    expect(agentDescription({ id: 1, name: 'A' }, 0, 0)).toBe('default model');
  });

  it('says which runs of a task are active, how many it had, and whether it is scheduled', () => {
    expect(taskDescription(task({}), [])).toBe('never run');
    const active = ['Running', 'Running', 'InQueue'].map((status) => runStateOf({ status }));
    expect(taskDescription(task({ deploymentCount: 1, schedule: '0 9 * * *' }), active)).toBe(
      '2 running · in queue · 1 run · scheduled',
    );
  });

  it('says of a deployment how long it took once it has ended', () => {
    const deployment = { deploymentId: 'A', status: 'Completed', started: 0 };
    expect(deploymentDescription(deployment, undefined)).toBe('Completed');
    expect(deploymentDescription(deployment, { ms: 180_000, bound: 'atMost' })).toBe('Completed · up to 3 m');
    const running = { ...deployment, status: 'Running' };
    expect(deploymentDescription(running, { ms: 180_000, bound: 'exact', since: 5 })).toBe('Running');
  });
});

import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/core/api/model';
import {
  agentDescription,
  counted,
  deploymentDescription,
  roughDuration,
  statusLook,
  taskDescription,
} from '../../../../src/core/organization/describe';

const running = (deploymentId: string, status = 'Running') => ({ deploymentId, status });
const task = (change: Partial<Task>): Task => ({ id: 1, name: 'T', active: [], ...change });

describe('describe', () => {
  it('says of a status its word and shape, of an unknown one its own word', () => {
    expect(statusLook('RUNNING')).toMatchObject({ word: 'Running', icon: 'loading~spin' });
    expect(statusLook('Paused')).toEqual({ word: 'Paused', icon: 'question' });
  });

  it('says of an agent what moves first', () => {
    const tasks = [task({ active: [running('a'), running('b')] }), task({ active: [running('c')] })];
    expect(agentDescription({ id: 1, name: 'A', model: 'm1' }, tasks)).toBe('3 active · 2 tasks · m1');
    expect(agentDescription({ id: 1, name: 'A' }, [])).toBe('default model');
  });

  it('says of a task what runs, how often it ran and whether it is scheduled', () => {
    expect(taskDescription(task({}))).toBe('never run');
    expect(
      taskDescription(
        task({
          active: [running('a'), running('b'), running('c', 'InQueue')],
          deploymentCount: 1,
          schedule: '0 9 * * *',
        }),
      ),
    ).toBe('2 running · in queue · 1 run · scheduled');
  });

  it('says of a deployment how long it took once it has ended', () => {
    const deployment = { deploymentId: 'A', status: 'Completed', started: 0 };
    expect(deploymentDescription(deployment)).toBe('Completed');
    expect(deploymentDescription({ ...deployment, ended: 180_000 })).toBe('Completed · 3 min');
  });

  it.each([
    [-1, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [3_540_000, '59 min'],
    [3_600_000, '1 h'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
  ])('%i ms are about %s', (ms, words) => {
    expect(roughDuration(ms)).toBe(words);
  });

  it('counts one and many', () => {
    expect([counted(0, 'run'), counted(1, 'run'), counted(2, 'run')]).toEqual(['0 runs', '1 run', '2 runs']);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandServices } from '../../../src/commands/command';
import { duplicateTask } from '../../../src/commands/duplicateTask';
import type { Task } from '../../../src/core/api/model';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';

const user = vi.hoisted(() => ({ names: (value: string | undefined): string | undefined => value }));
vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/inputs', () => ({
  askForName: ({ value }: { readonly value?: string }) => Promise.resolve(user.names(value)),
}));

const CREATE = '/agents/tasks/create';
let cloud: RunningSandbox;
let session: TestSession;
let task: Task;
let revealed: Task[];
const services = {
  explorer: {
    reveal: (_session: unknown, shown: Task) => {
      revealed.push(shown);
      return Promise.resolve();
    },
  },
} as unknown as CommandServices;

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  await session.store.refreshTasks();
  const [first] = session.store.snapshot.tasks.value ?? [];
  if (!first) throw new Error('The sandbox has no task.');
  task = first;
  revealed = [];
  user.names = (value) => value;
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

describe('duplicateTask', () => {
  it('creates a task with the same agent, prompt and project preference, and shows it in the tree', async () => {
    const original = await session.client.readTask(task.id);
    await duplicateTask.run(services, { session, task });
    expect(cloud.count(CREATE)).toBe(1);
    const copy = await session.client.readTask(revealed[0]?.id ?? 0);
    expect(copy.name).toBe(`Copy of ${task.name}`);
    expect([copy.agentId, copy.prompt, copy.projectPreference]).toEqual([
      original.agentId,
      original.prompt,
      original.projectPreference,
    ]);
  });

  it('creates nothing if the user gives up', async () => {
    user.names = () => undefined;
    await duplicateTask.run(services, { session, task });
    expect([cloud.count(CREATE), revealed]).toEqual([0, []]);
  });

  it('creates nothing if the server leaves out what the copy needs', async () => {
    const body = JSON.stringify({ success: true, task: { id: task.id, name: task.name } });
    cloud.faults.add({ path: '/agents/tasks/read', kind: 'status', status: 200, body });
    await expect(duplicateTask.run(services, { session, task })).rejects.toThrow('QuantConnect did not send');
    expect(cloud.count(CREATE)).toBe(0);
  });
});

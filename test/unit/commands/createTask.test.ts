import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandServices } from '../../../src/commands/command';
import { createTask } from '../../../src/commands/createTask';
import type { Agent, Task } from '../../../src/core/api/model';
import type { TextQuestion } from '../../../src/ui/inputs';
import { loaded } from '../../support/loaded';
import { startSandbox, type RunningSandbox } from '../../support/sandboxServer';
import { beginSession, type TestSession } from '../../support/session';

const user = vi.hoisted(() => ({ answersPrompt: (_question: TextQuestion): string | undefined => undefined }));
vi.mock('vscode', () => import('../../support/vscodeStub'));
vi.mock('../../../src/ui/inputs', () => ({
  askForName: () => Promise.resolve('Momentum'),
  askForText: (question: TextQuestion) => Promise.resolve(user.answersPrompt(question)),
}));

const CREATE = '/agents/tasks/create';
let cloud: RunningSandbox;
let session: TestSession;
let services: CommandServices;
let agent: Agent;
let written: { task?: string; prompt?: string }[];
let revealed: Task[];

beforeEach(async () => {
  cloud = await startSandbox();
  session = beginSession(cloud);
  await session.store.refreshAll();
  agent = session.store.agent(47)!;
  written = [];
  revealed = [];
  user.answersPrompt = () => 'Trade momentum on QQQ.';
  services = {
    explorer: {
      reveal: (_session: unknown, task: Task) => {
        revealed.push(task);
        return Promise.resolve();
      },
    },
    promptFiles: loaded({
      openNew: (file: { task?: string; prompt?: string }) => {
        written.push(file);
        return Promise.resolve();
      },
    }),
    pickers: {
      pickProjectPreference: () => Promise.resolve('project-for-task'),
    },
  } as unknown as CommandServices;
});
afterEach(async () => {
  session.end();
  await cloud.stop();
});

describe('Creating a task', () => {
  it('sends it once and shows it in the tree', async () => {
    await createTask.run(services, { session, agent });
    expect(cloud.count(CREATE)).toBe(1);
    expect(revealed).toMatchObject([{ name: 'Momentum', prompt: 'Trade momentum on QQQ.' }]);
    expect(written).toEqual([]);
  });

  it('that is refused loses nothing that was typed', async () => {
    cloud.faults.add({ path: CREATE, kind: 'status', status: 200, body: '{"success":false,"errors":["No. REF #1"]}' });
    await expect(createTask.run(services, { session, agent })).rejects.toMatchObject({ kind: 'rejected' });
    expect(written).toMatchObject([{ task: 'Momentum', prompt: 'Trade momentum on QQQ.' }]);
  });

  it('goes on in an editor with what was typed so far', async () => {
    user.answersPrompt = ({ buttons: [button] = [] }) => {
      button?.run('Trade mom');
      return undefined;
    };
    await createTask.run(services, { session, agent });
    expect(written).toMatchObject([{ task: 'Momentum', prompt: 'Trade mom' }]);
    expect(cloud.count(CREATE)).toBe(0);
  });

  it('is not begun where the user gives up', async () => {
    user.answersPrompt = () => undefined;
    await createTask.run(services, { session, agent });
    expect([cloud.count(CREATE), written, revealed]).toEqual([0, [], []]);
  });
});

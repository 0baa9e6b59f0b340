import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearEditor, shown } from '../../support/editorStub';
import { CREATE, DEPLOY, promptWorld, SETTINGS, type PromptWorld } from './promptWorld';

vi.mock('vscode', () => import('../../support/editorStub'));

let world: PromptWorld;
beforeEach(async () => {
  clearEditor();
  world = await promptWorld();
});
afterEach(() => world.dispose());

const NO_AGENT = '---\nquantconnect:\n  project: project-for-task\n---\nGo';
const runs = () => [world.cloud.count(CREATE), world.cloud.count(DEPLOY)];
const taskOf = (deployment: { readonly taskId?: number | undefined } | undefined) => deployment?.taskId;

describe('deployPromptFile: requests whose answers get lost', () => {
  it('finds the task and the run that were made after all, and makes no second', async () => {
    world.cloud.faults.add({ path: CREATE, kind: 'reset', carriedOut: true, times: 1 });
    world.cloud.faults.add({ path: DEPLOY, kind: 'reset', carriedOut: true, times: 1 });
    expect(await world.deploy(world.write('a.md', `${SETTINGS}Go`))).toBeDefined();
    expect(runs()).toEqual([1, 1]);
    expect(shown.messages).toEqual([]);
  });

  it('sends a run that is not there again only when the user says so', async () => {
    const file = world.write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.add({ path: DEPLOY, kind: 'reset', times: 2 });
    expect(await world.deploy(file)).toBeUndefined();
    expect(shown.messages).toEqual(['It is not known whether “a” was deployed. | Send Again | Check Again']);
    expect(runs()).toEqual([1, 1]);
    shown.presses.push('Send Again');
    expect(await world.deploy(file)).toBeDefined();
    expect(runs()).toEqual([1, 3]);
  });

  it('deploys the task that was made with the next try, after its run was refused', async () => {
    const file = world.write('a.md', `${SETTINGS}Go`);
    world.cloud.faults.add({ path: DEPLOY, kind: 'status', status: 200, times: 1 });
    expect(await world.deploy(file)).toBeUndefined();
    expect(world.failures).toEqual([expect.stringMatching(/^deploy “a\.md”/)]);
    expect(await world.deploy(file)).toBeDefined();
    expect(runs()).toEqual([1, 2]);
  });
});

describe('deployPromptFile: the task', () => {
  it('is the one of this very text: another text makes another, and the first text finds its own again', async () => {
    const tasks: unknown[] = [];
    for (const text of ['One', 'Two', 'One']) {
      tasks.push(taskOf(await world.deploy(world.write('a.md', SETTINGS + text))));
    }
    expect(world.sent()).toEqual(['One', 'Two']);
    expect(tasks[2]).toBe(tasks[0]);
    expect(tasks[1]).not.toBe(tasks[0]);
  });

  it('is another one for another agent', async () => {
    const [, other] = await world.session.store
      .refreshAgents()
      .then(() => world.session.store.snapshot.agents.value ?? []);
    await world.deploy(world.write('a.md', `${SETTINGS}Go`));
    await world.deploy(world.write('a.md', `${SETTINGS.replace('47', String(other?.id))}Go`));
    const agents = world.cloud.requests.filter(({ path }) => path === CREATE).map(({ body }) => body);
    expect(agents).toMatchObject([{ agentId: 47 }, { agentId: other?.id }]);
  });
});

describe('deployPromptFile: nothing is sent', () => {
  it.each<[string, () => void]>([
    ['while nobody is signed in', () => (world.user.session = undefined)],
    ['where the user names no agent', () => (world.user.agent = () => undefined)],
    [
      'where the account is switched while the question stands',
      () => {
        const { agent } = world.user;
        world.user.agent = () => {
          world.session.end();
          return agent();
        };
      },
    ],
  ])('%s', async (_when, happens) => {
    happens();
    expect(await world.deploy(world.write('a.md', NO_AGENT))).toBeUndefined();
    expect([runs(), world.failures]).toEqual([[0, 0], []]);
    expect(world.memento.entries()).toEqual({});
  });

  it('where the user does not say where the agent works', async () => {
    world.user.project = () => undefined;
    await world.deploy(world.write('a.md', '---\nquantconnect:\n  agent: 47\n---\nGo'));
    expect([runs(), world.asked]).toEqual([[0, 0], ['Project for “a.md”']]);
  });

  it('where the file is meant for another organization', async () => {
    await world.deploy(world.write('a.md', `${SETTINGS.replace('agent:', 'organization: Elsewhere\n  agent:')}Go`));
    expect(runs()).toEqual([0, 0]);
    expect(shown.messages).toEqual([expect.stringContaining('meant for the organization “Elsewhere”')]);
  });

  it('where the file has a fault, which is underlined and said', async () => {
    await world.deploy(world.write('a.md', SETTINGS));
    expect(runs()).toEqual([0, 0]);
    expect(shown.problems).toHaveLength(1);
    expect(shown.messages).toEqual([expect.stringContaining('| Show')]);
  });

  it('where the tasks cannot be read, for it might be there already', async () => {
    world.cloud.faults.add({ path: '/agents/tasks/list', kind: 'status', status: 500 });
    await world.deploy(world.write('a.md', `${SETTINGS}Go`));
    expect(runs()).toEqual([0, 0]);
    expect(world.failures).toHaveLength(1);
  });
});

describe('deployPromptFile: what the file does not say', () => {
  it('is asked once, remembered, and offered to be written into the file once', async () => {
    const file = world.write('a.md', 'Go');
    await world.deploy(file);
    expect(world.asked).toEqual(['Agent for “a.md”', 'Project for “a.md”']);
    await expect.poll(() => shown.messages).toEqual([expect.stringContaining('Write to File | Not Now')]);
    await world.deploy(file);
    expect(world.asked).toHaveLength(2);
    expect(shown.messages).toHaveLength(1);
    expect(runs()).toEqual([1, 2]);
    expect(file.getText()).toBe('Go');
  });

  it('is not asked again where the task could not be made', async () => {
    const file = world.write('a.md', 'Go');
    world.cloud.faults.add({ path: CREATE, kind: 'status', status: 200, times: 1 });
    expect(await world.deploy(file)).toBeUndefined();
    expect(await world.deploy(file)).toBeDefined();
    expect(world.asked).toHaveLength(2);
  });

  it('is written before the prompt, which stays as it is, where the user says so', async () => {
    const file = world.write('a.md', 'Go\nand *stay*');
    shown.presses.push('Write to File');
    await world.deploy(file);
    await expect
      .poll(() => file.getText())
      .toMatch(/^---\nquantconnect:\n[^]*project: project-for-task\n---\n+Go\nand \*stay\*$/);
  });
});

it('deployPromptFile: a panel that does not open does not look like a run that failed', async () => {
  world.user.opensPanel = () => Promise.reject(new Error('No room'));
  expect(await world.deploy(world.write('a.md', `${SETTINGS}Go`))).toBeDefined();
  expect(world.failures).toEqual(['open the conversation: No room']);
});
